import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildWheel } from '../fixtures/build.js'
import { PURE_WHEEL_RULES } from '../rules/registry/pure-wheels.js'
import { audit, bytesSource, type Report, UsageError } from '../src/index.js'
import { renderJson } from '../src/report/json.js'
import { chooseRules } from '../src/selection.js'
import { run } from './support/run-command.js'

const folder = mkdtempSync(join(tmpdir(), 'distaudit-library-'))
afterAll(() => rmSync(folder, { recursive: true }))

const PYPROJECT = `[project]
name = "demo"
version = "2.0"
# distaudit: ignore[license-expression-invalid] decided by the lawyers
license = "Nobody's"
description = "UNKNOWN"

[tool.distaudit]
profile = "strict"
preview = true
ignore = ["name-stdlib"]
severity = { metadata = "info" }

[tool.distaudit.limits]
findings-per-rule = 2

[tool.distaudit.per-file-ignores]
"*.whl" = ["record-path-invalid"]
`

const at = (name: string) => join(folder, name)

beforeAll(async () => {
  for (const name of ['dist', 'before']) mkdirSync(at(name))
  writeFileSync(at('pyproject.toml'), PYPROJECT)
  const metadata = { 'License-Expression': "Nobody's", Classifier: ['Nonsense :: a', 'Nonsense :: b', 'Nonsense :: c'] }
  const current = await buildWheel({ version: '2.0', metadata })
  writeFileSync(at(`dist/${current.filename}`), current.bytes)
  const before = await buildWheel({ version: '1.0', entryPoints: '[console_scripts]\ndemo = demo:main\n' })
  writeFileSync(at(`before/${before.filename}`), before.bytes)
})

const json = async (...args: string[]) => {
  const { stdout, stderr } = await run(['--format', 'json', ...args])
  return { stdout, stderr }
}

describe('the report of the library is that of the command', () => {
  it.each(['fixtures/real', 'fixtures/regressions'])('of %s', async name => {
    const { stdout } = await json('--no-config', '--source-root', folder, name)
    expect(renderJson(await audit([name], { project: folder }))).toBe(stdout)
  })

  it.each([
    ...readdirSync('fixtures/real').map(name => `fixtures/real/${name}`),
    ...readdirSync('fixtures/regressions')
      .filter(name => /\.(?:whl|gz)$/.test(name))
      .map(name => `fixtures/regressions/${name}`),
  ])('of %s alone, with every rule', async name => {
    const { stdout } = await json('--no-config', '--profile', 'strict', '--preview', '--source-root', folder, name)
    expect(renderJson(await audit([name], { project: folder, profile: 'strict', preview: true }))).toBe(stdout)
  })

  it('with a project, a configuration, ignores and an earlier release', async () => {
    const { stdout, stderr } = await json(
      '--config',
      at('pyproject.toml'),
      '--source-root',
      folder,
      '--baseline-release',
      at('before'),
      at('dist'),
    )
    const notes: string[] = []
    const report = await audit([at('dist')], {
      config: at('pyproject.toml'),
      project: folder,
      baseline: [at('before')],
      onNote: text => notes.push(text),
    })
    expect(renderJson(report)).toBe(stdout)
    expect(stderr).toBe(notes.map(text => `distaudit: ${text}\n`).join(''))
    expect(notes).toContainEqual(expect.stringContaining('per-file-ignores "*.whl" matched nothing'))
    const found = report.distributions.flatMap(one => one.findings)
    expect(found.map(one => one.rule)).not.toContain('license-expression-invalid')
    expect(report.summary).toMatchObject({ ignored: expect.any(Number), rejectedByPyPI: 1 })
    expect(found.some(({ location }) => location.source?.path.endsWith('pyproject.toml'))).toBe(true)
    expect(report.releases.flatMap(one => one.findings.map(finding => finding.rule))).toContain(
      'baseline-entry-points-changed',
    )
  })

  it('without the ignores', async () => {
    const { stdout } = await json('--config', at('pyproject.toml'), '--no-ignores', '--source-root', folder, at('dist'))
    const report = await audit([at('dist')], { config: at('pyproject.toml'), project: folder, ignores: false })
    expect(renderJson(report)).toBe(stdout)
    expect(report.distributions[0]?.findings.map(one => one.rule)).toContain('license-expression-invalid')
  })
})

const withoutHelp = (one: Report['distributions'][number] | undefined) =>
  one && { ...one, findings: one.findings.map(finding => ({ ...finding, help: '' })) }

it('says the same of a file whatever other files are audited', async () => {
  const paths = ['fixtures/real', 'fixtures/regressions'].flatMap(name =>
    readdirSync(name)
      .filter(file => /\.(?:whl|gz)$/.test(file))
      .map(file => `${name}/${file}`),
  )
  const { filename, bytes } = await buildWheel({ filename: 'native-1.0-py3-none-any.whl', make: 'elf-plain' })
  const inputs = [...paths, { name: filename, source: bytesSource(bytes) }]
  const together = await audit(inputs, { profile: 'strict', preview: true })
  expect(together.distributions.at(-1)?.findings.map(one => one.rule)).toContain('binary-in-any-wheel')
  for (const [i, input] of inputs.entries()) {
    const alone = await audit([input], { profile: 'strict', preview: true })
    // The sdist of the same release says which file and key a fix names.
    expect(withoutHelp(alone.distributions[0])).toEqual(withoutHelp(together.distributions[i]))
  }
})

it('says the same of a pure wheel by the rules that load for one', async () => {
  expect(chooseRules(PURE_WHEEL_RULES).needs).toContain('native')
  for (const name of readdirSync('fixtures/real').filter(file => file.endsWith('-any.whl'))) {
    const { stdout } = await json('--no-config', `fixtures/real/${name}`)
    expect(renderJson(await audit([`fixtures/real/${name}`]))).toBe(stdout)
  }
  const { filename, bytes } = await buildWheel({ filename: 'native-1.0-py3-none-any.whl', make: 'elf-plain' })
  writeFileSync(at(filename), bytes)
  const { stdout } = await json('--no-config', at(filename))
  expect(stdout).toContain('binary-in-any-wheel')
  expect(renderJson(await audit([at(filename)]))).toBe(stdout)
})

describe('audit', () => {
  it('takes bytes under a name', async () => {
    const { filename, bytes } = await buildWheel({ metadata: { Name: '-demo-' } })
    const report = await audit([{ name: `in/${filename}`, source: bytesSource(bytes) }])
    expect(report.distributions[0]).toMatchObject({ path: `in/${filename}`, filename })
    expect(report.distributions[0]?.findings.map(one => one.rule)).toContain('name-invalid')
  })

  it('takes folders and patterns, as the command does', async () => {
    mkdirSync(at('nested/cibw-linux'), { recursive: true })
    const { filename, bytes } = await buildWheel({ version: '3.0' })
    for (const path of [filename, `cibw-linux/copy-${filename}`]) writeFileSync(at(`nested/${path}`), bytes)
    for (const input of ['nested', 'nested/*.whl', 'nested/**/copy*']) {
      const { stdout, stderr } = await json('--no-config', at(input))
      const notes: string[] = []
      expect(renderJson(await audit([at(input)], { onNote: text => notes.push(text) }))).toBe(stdout)
      expect(stderr).toBe(notes.map(text => `distaudit: ${text}\n`).join(''))
      expect(notes).toHaveLength(input === 'nested' ? 1 : 0)
    }
    await expect(audit([at('nested/*.gz')])).rejects.toThrow(UsageError)
  })

  it('takes a path given twice once, and an empty folder beside a full one', async () => {
    mkdirSync(at('empty'))
    const { stdout } = await json('--no-config', at('empty'), at('dist'), at('dist'))
    expect(renderJson(await audit([at('empty'), at('dist'), at('dist')]))).toBe(stdout)
    await expect(audit([at('empty')])).rejects.toThrow(UsageError)
  })

  it('rejects a rule that does not exist', async () => {
    await expect(audit(['fixtures/real'], { select: ['licence-file-missing'] })).rejects.toThrow(UsageError)
    await expect(audit(['fixtures/real'], { profile: 'pip' as 'pypi' })).rejects.toMatchObject({
      name: 'UsageError',
      message: "profile takes pypi, default, strict, not 'pip'.",
    })
  })

  it.each([
    [{ select: 'metadata' }, 'select must be an array of strings.'],
    [{ also: [5] }, 'also must be an array of strings.'],
    [{ config: {} }, 'config must be a string.'],
    [{ baseline: 5 }, 'baseline must be a string or an array.'],
    [{ compareWith: 'old/' }, 'compareWith must be an array.'],
    [{ onNote: 'text' }, 'onNote must be a function.'],
    [{ limits: { seconds: Number.NaN } }, 'limits.seconds must be a number of at least 0.'],
    [{ limits: { second: 5 } }, "There is no option 'limits.second'. Did you mean 'limits.seconds'?"],
    [{ atMost: { size: '5 MB' } }, 'atMost.size must be a number of at least 0.'],
    [{ profil: 'pypi' }, "There is no option 'profil'. Did you mean 'profile'?"],
    [null, 'The options must be an object.'],
  ])('rejects %j', async (options, message) => {
    await expect(audit(['fixtures/real'], options as never)).rejects.toMatchObject({ name: 'UsageError', message })
  })

  it('rejects inputs that are no list', async () => {
    for (const inputs of ['fixtures/real', undefined, 5])
      await expect(audit(inputs as never)).rejects.toMatchObject({
        name: 'UsageError',
        message: 'The inputs must be an array, also for a single file.',
      })
  })
})
