import { readdirSync, readFileSync } from 'node:fs'
import { parseAst } from 'rolldown/parseAst'
import { afterAll, describe, expect, it } from 'vitest'
import { buildExample, buildSurroundings, buildWheel } from '../fixtures/build.js'
import { RULES } from '../rules/registry/index.js'
import { configOf } from '../src/config/config.js'
import { renderWith } from '../src/description/render.js'
import { audit, bytesSource } from '../src/index.js'
import { givenBytes } from '../src/library.js'
import { projectOf } from '../src/project/project.js'
import { allFindings, type Report } from '../src/report/report.js'
import type { Topic } from '../src/rule.js'
import { run } from '../src/run.js'
import { browserChunks, startBrowserRealm } from './support/browser-bundle.js'

const chunks = await browserChunks()
const realm = startBrowserRealm(chunks)
afterAll(() => realm.end())

const inputs = (files: readonly { readonly name: string; readonly bytes: Uint8Array }[]) =>
  files.map(({ name, bytes }) => ({ name, source: bytesSource(bytes) }))

const readAll = (folder: string) =>
  readdirSync(folder)
    .filter(name => /\.(?:whl|gz|zip)$/.test(name))
    .map(name => ({ name: `${folder}/${name}`, bytes: new Uint8Array(readFileSync(`${folder}/${name}`)) }))

/** The names that code uses, without those of properties. */
function* identifiersIn(tree: unknown): Generator<string> {
  if (typeof tree !== 'object' || tree === null) return
  const node = tree as Readonly<Record<string, unknown>>
  if (node.type === 'Identifier') yield String(node.name)
  const isNamed = node.computed === false
  for (const [key, value] of Object.entries(node))
    if (!(isNamed && (key === 'property' || key === 'key'))) yield* identifiersIn(value)
}

describe('the bundle', () => {
  it('imports nothing but its own files', () => {
    const own = chunks.map(chunk => chunk.fileName)
    expect(own).toContain('browser.js')
    for (const { fileName, imports, dynamicImports } of chunks)
      expect(
        [...imports, ...dynamicImports].filter(name => !own.includes(name)),
        fileName,
      ).toEqual([])
  })

  it('names nothing that only Node has', () => {
    const names = new Set(['process', 'Buffer', 'require', 'module', 'exports', 'global', '__dirname', '__filename'])
    for (const { code, fileName } of chunks) {
      const found = [...identifiersIn(parseAst(code))].filter(name => names.has(name))
      expect(found, fileName).toEqual([])
    }
  })
})

/** Descriptions that only docutils can judge are not checked by a browser alone. */
const withoutDocutils = renderWith(() => Promise.reject(new Error('docutils does not run here')))

type Job = Parameters<typeof realm.audit>[0]

/** The same on Node, with nothing to render with. */
async function onNode({
  files,
  baseline,
  project,
  config,
  options: { ignores, expected, topLevel, atMost, ...choice } = {},
}: Job) {
  const { report, notes } = await run(inputs(files).map(givenBytes), {
    rules: RULES,
    render: withoutDocutils,
    choice,
    ignores,
    demands: { ...(expected && { expected }), ...(topLevel && { topLevel }), ...(atMost && { atMost }) },
    config: config && configOf(config.name, config.text),
    baseline: baseline && inputs(baseline).map(givenBytes),
    project: project && { ...projectOf(project.files), tracked: project.tracked },
  })
  return { json: JSON.stringify(report), notes }
}

async function compare(job: Job) {
  const [here, there] = await Promise.all([onNode(job), realm.audit(job)])
  expect(there.notes).toEqual(here.notes)
  if (there.json !== here.json) expect(there.report).toEqual(JSON.parse(here.json))
  expect(there.json).toBe(here.json)
  expect(there.report.internalErrors).toBeUndefined()
  return there
}

describe('the report is that of the library on Node', () => {
  it('of real files', async () => {
    const files = readAll('fixtures/real')
    // Docutils refuses the description of this one.
    const sure = files.filter(({ name }) => !name.endsWith('toml-0.9.6.tar.gz'))
    expect(sure).toHaveLength(files.length - 1)
    const { json } = await realm.audit({ files: sure })
    expect(json).toBe(JSON.stringify(await audit(sure.map(({ name }) => name))))
    await compare({ files, options: { profile: 'strict', preview: true } })
  })

  const cases = JSON.parse(readFileSync('fixtures/regressions/cases.json', 'utf8')) as Record<string, { as: string }>
  it.each(readAll('fixtures/regressions'))('of $name', async ({ name, bytes }) => {
    const filename = cases[name.replace(/^.*\//, '')]?.as ?? name
    await compare({ files: [{ name: `in/${filename}`, bytes }], options: { profile: 'strict', preview: true } })
  })

  // All that read bytes, and some of the rules that only think.
  const bytewise = new Set<Topic>(['archive', 'native', 'record', 'sbom'])
  const sample = RULES.filter(({ topic }, i) => bytewise.has(topic) || i % 8 === 0)
  const examples = sample.flatMap(({ id, bad }) =>
    [bad]
      .flat()
      .slice(0, 1)
      .map(example => [id, example] as const),
  )
  it.each(examples)('of an example of %s', async (_, example) => {
    const files = (await buildExample(example)).map(({ filename, bytes }) => ({ name: filename, bytes }))
    const { baseline, tracked, demands } = await buildSurroundings(example)
    await compare({
      files,
      baseline: baseline.map(({ filename, bytes }) => ({ name: `before/${filename}`, bytes })),
      project: { files: new Map(), tracked },
      options: { profile: 'strict', preview: true, ...demands },
    })
  })

  it('with a project, a configuration and an earlier release', async () => {
    const text = `[project]
name = "demo"
version = "2.0"
license = "Nobody's" # distaudit: ignore[license-expression-invalid] decided by the lawyers
description = "UNKNOWN"

[tool.distaudit]
profile = "strict"
ignore = ["name-stdlib"]
per-file-ignores."never-*" = ["classifier-unknown"]
`
    const metadata = { 'License-Expression': "Nobody's", Summary: 'UNKNOWN', Classifier: 'Nonsense :: a' }
    const current = await buildWheel({ version: '2.0', metadata })
    const before = await buildWheel({ entryPoints: '[console_scripts]\ndemo = demo:main\n' })
    const job: Job = {
      files: [{ name: `dist/${current.filename}`, bytes: current.bytes }],
      baseline: [{ name: before.filename, bytes: before.bytes }],
      project: { files: new Map([['pyproject.toml', text]]) },
      config: { name: 'pyproject.toml', text },
    }
    const { report, notes } = await compare(job)
    const findings = [...allFindings(report)]
    const found = findings.map(({ rule }) => rule)
    expect(found).toEqual(expect.arrayContaining(['classifier-unknown', 'baseline-entry-points-changed']))
    expect(found).not.toContain('license-expression-invalid')
    expect(findings.some(({ location }) => location.source?.path === 'pyproject.toml')).toBe(true)
    expect(report.distributions[0]).toMatchObject({ path: `dist/${current.filename}`, filename: current.filename })
    expect(report.summary.ignored).toBe(1)
    expect(notes).toEqual([expect.stringContaining('per-file-ignores "never-*" matched nothing')])

    const { report: whole } = await compare({ ...job, options: { ignores: false } })
    expect([...allFindings(whole)].map(({ rule }) => rule)).toContain('license-expression-invalid')
  })
})

describe('a description that only docutils can judge', () => {
  const described = async () => {
    const { filename, bytes } = await buildWheel({
      metadata: { 'Description-Content-Type': 'text/x-rst' },
      description: 'Title\n=====\n\n*unclosed\n',
    })
    return [{ name: filename, bytes }]
  }
  const about = (report: Report) =>
    [...allFindings(report)].filter(({ rule }) => rule.startsWith('description-')).map(({ rule }) => rule)

  it('is not checked', async () => {
    const { report } = await realm.audit({ files: await described() })
    expect(about(report)).toEqual(['description-not-checked'])
  })

  it('is what the renderer says that the page has', async () => {
    const renderer = { outcome: 'failed' as const, messages: [{ line: 4, text: 'No end.' }] }
    const { report } = await realm.audit({ files: await described(), renderer })
    expect(about(report)).toEqual(['description-rst-invalid'])
    expect([...allFindings(report)][0]?.message).toContain("'No end'")
  })
})

it('rejects what the caller has to change', async () => {
  const files = readAll('fixtures/real')
  await expect(realm.audit({ files, options: { select: ['licence-file-missing'] } })).rejects.toThrow(
    /^usage: There is no rule/,
  )
  await expect(realm.audit({ files, config: { name: 'distaudit.toml', text: 'profile = 1\n' } })).rejects.toThrow(
    /^usage: distaudit\.toml:1:/,
  )
})
