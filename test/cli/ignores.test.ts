import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildExample, buildSurroundings, buildWheel } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { configOf } from '../../src/config/config.js'
import { applyIgnores, ignoreComments } from '../../src/config/ignores.js'
import type { Example } from '../../src/example.js'
import type { Finding } from '../../src/finding.js'
import { ignoreForm } from '../../src/report/explain.js'
import type { Report } from '../../src/report/report.js'
import { coreField } from '../../src/standards/core-metadata.js'
import { auditBuilt } from '../support/audit-built.js'
import { run } from '../support/run-command.js'

const root = mkdtempSync(join(tmpdir(), 'distaudit-ignores-'))
afterAll(() => rmSync(root, { recursive: true }))

let count = 0
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, String(++count))
  mkdirSync(folder)
  const { filename, bytes } = await buildWheel({ metadata: { Summary: null } })
  writeFileSync(join(folder, filename), bytes)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
const audit = (cwd: string, ...args: readonly string[]) =>
  run([join(cwd, 'demo-1.0-py3-none-any.whl'), ...args], { cwd })

it('an ignore is said to match nothing only where its rule has run', async () => {
  const folder = await project({
    'pyproject.toml':
      '[project]\nname = "demo" # distaudit: ignore[classifier-unknown] none\nversion = "1.0"\n\n[[tool.distaudit.ignore-finding]]\nrule = "classifier-unknown"\nreason = "none"\n',
  })
  expect((await audit(folder)).stderr.match(/matched nothing/g)?.length).toBe(2)
  expect((await audit(folder, '--select', 'tags')).stderr).not.toContain('matched nothing')
})

describe('a misspelled rule is told with its place, and stops the run', () => {
  const WORD = "There is no rule or topic 'sumary-missing'. Did you mean 'summary-missing'?"
  it.each([
    ['select = ["sumary-missing"]', '1:12'],
    ['ignore = ["summary-missing", "sumary-missing"]', '1:31'],
    ['extend-select = ["sumary-missing"]', '1:19'],
    ['[severity]\nsumary-missing = "info"', '2:1'],
    ['[per-file-ignores]\n"*.whl" = ["sumary-missing"]', '2:13'],
    ['[per-file-ignores]\n"*.whl" = { rules = ["sumary-missing"], reason = "x" }', '2:23'],
    ['[[ignore-finding]]\nrule = "sumary-missing"\nreason = "x"', '2:9'],
  ])('in the configuration: %j', async (text, place) => {
    const folder = await project({ 'distaudit.toml': `${text}\n` })
    const { status, stderr } = await audit(folder)
    expect(stderr).toContain(`${join(folder, 'distaudit.toml')}:${place}: ${WORD}\n`)
    expect(status).toBe(2)
  })

  it('in a comment, unless ignores are turned off', async () => {
    const folder = await project({
      'pyproject.toml': '[project] # distaudit: ignore[sumary-missing] later\nname = "demo"\n',
    })
    const told = await audit(folder)
    expect(told).toMatchObject({ status: 2 })
    expect(told.stderr).toContain(`pyproject.toml:1: ${WORD}`)
    expect((await audit(folder, '--no-ignores')).status).toBe(0)
  })

  it.each([['--ignore'], ['--select']])('after %s', async option => {
    const { status, stderr } = await audit(await project({}), option, 'sumary-missing')
    expect({ status, stderr: stderr.split('\n')[0] }).toEqual({ status: 2, stderr: `distaudit: ${WORD}` })
  })
})

describe('an ignore', () => {
  it('that is over says so, and one that has no rule', async () => {
    const folder = await project({
      'distaudit.toml': '[[ignore-finding]]\nrule = "summary-missing"\nreason = "x"\nuntil = 2020-01-01\n',
      'pyproject.toml': '[project] # distaudit: ignore\nname = "demo"\n',
    })
    const { stdout, stderr } = await audit(folder)
    expect(stderr).toContain('ignore-finding of summary-missing expired on 2020-01-01: remove it')
    expect(stderr).toContain('pyproject.toml:1: The comment ignores nothing, because it names no rule')
    expect(stdout).toContain('summary-missing')
  })

  it('on the line of [project] covers keys that are missing there', async () => {
    const text = '[project] # distaudit: ignore[summary-missing]\nname = "demo"\n'
    expect((await audit(await project({ 'pyproject.toml': text }))).stdout).toContain('1 ignored')
  })

  it('[tool.distaudit] in distaudit.toml is explained', async () => {
    const { status, stderr } = await audit(await project({ 'distaudit.toml': '[tool.distaudit]\nprofile = "pypi"\n' }))
    expect(status).toBe(2)
    expect(stderr).toMatch(/distaudit\.toml:1:7: The table \[tool\.distaudit\] belongs in pyproject\.toml/)
  })
})

it('is a comment for those rules whose findings have a line in the project', async () => {
  const without: string[] = []
  for (const rule of RULES) {
    // The lines of source trees have tests of their own.
    if (rule.applies.includes('source-tree') || !ignoreForm(rule).text.startsWith('#')) continue
    const [example] = [rule.bad].flat() as Example[]
    if (!example) continue
    const files = await buildExample(example)
    const { findings } = await auditBuilt(files, [rule], {}, await buildSurroundings(example))
    const found = findings.find(one => one.rule === rule.id)?.location
    const isKey =
      found?.field === 'entry-points' || coreField(found?.field ?? '') || found?.member?.endsWith('/pyproject.toml')
    if (!isKey) without.push(`${rule.id}: ${found?.field}`)
  }
  expect(without).toEqual([])
})

it('takes effect in the form that explain shows, for every rule', () => {
  const without: string[] = []
  for (const rule of RULES) {
    const { markdown } = ignoreForm(rule)
    const form = /`([^`]+)`/.exec(markdown)?.[1] ?? ''
    const path =
      rule.applies.includes('wheel') || !rule.applies.includes('sdist')
        ? 'demo-1.0-py3-none-any.whl'
        : 'demo-1.0.tar.gz'
    const source = { path: 'pyproject.toml', line: 1, column: 1 }
    const finding = { rule: rule.id, message: 'x', location: { path, source } } as unknown as Finding
    const report = { distributions: [{ path, findings: [finding] }], releases: [] } as unknown as Report
    const config = form.startsWith('#') ? undefined : configOf('distaudit.toml', form)
    const comments = form.startsWith('#') ? ignoreComments('pyproject.toml', `[project] ${form}`) : []
    const { ignored } = applyIgnores(
      report,
      { rules: config?.ignores ?? [], comments, today: '2026-11-29' },
      [rule],
      new Set([rule.id]),
    )
    if (ignored !== 1) without.push(rule.id)
  }
  expect(without).toEqual([])
})
