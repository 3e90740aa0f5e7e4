import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { writeTarGz } from '../../fixtures/make/tar.js'
import { audit } from '../../src/index.js'
import { run } from '../support/run-command.js'

const root = mkdtempSync(join(tmpdir(), 'distaudit-adopt-'))
afterAll(() => rmSync(root, { recursive: true }))

let count = 0
function folder(): string {
  const path = join(root, String(++count))
  mkdirSync(path)
  return path
}

/** A wheel and an sdist with two known findings each. */
async function put(
  into: string,
  version: string,
  more: Readonly<Record<string, string | readonly string[]>> = {},
): Promise<string> {
  const dist = join(into, `dist-${version}`)
  mkdirSync(dist)
  const metadata = { Summary: null, Classifier: ['Foo :: Bar'], ...more }
  for (const { filename, bytes } of [await buildWheel({ version, metadata }), await buildSdist({ version, metadata })])
    writeFileSync(join(dist, filename), bytes)
  return dist
}

const RULES = ['--select', 'summary-missing,classifier-unknown', '--no-config']

describe('a baseline', () => {
  it('knows the findings of a later version, and tells of new and of fixed ones', async () => {
    const at = folder()
    const file = join(at, 'baseline.json')
    const first = await run([await put(at, '1.0'), ...RULES, '--write-baseline', file])
    expect(first).toMatchObject({ status: 0, stdout: '' })
    expect(first.stderr).toContain('Wrote 4 known findings')
    const text = readFileSync(file, 'utf8')
    expect(text).not.toContain('1.0')
    expect(text.split('\n').filter(line => line.includes('"rule"'))).toHaveLength(4)

    const same = await run([await put(at, '2.0'), ...RULES, '--baseline', file])
    expect(same.status).toBe(0)
    expect(same.stdout).toContain('(4 in the baseline)')
    expect(same.stderr).toBe('')

    const changed = await put(at, '3.0', { Summary: 'Reads demo files', Classifier: ['Foo :: Bar', 'Foo :: Baz'] })
    const next = await run([changed, ...RULES, '--baseline', file])
    expect(next.status).toBe(1)
    expect(next.stdout).toContain("'Foo :: Baz'")
    expect(next.stdout).not.toContain("'Foo :: Bar'")
    expect(next.stderr).toContain(`2 entries of '${file}' are fixed: remove them with --write-baseline ${file}.`)

    await run([changed, ...RULES, '--write-baseline', file])
    const written = readFileSync(file, 'utf8')
    expect(written).not.toContain('summary-missing')
    await run([changed, ...RULES, '--write-baseline', file])
    expect(readFileSync(file, 'utf8')).toBe(written)
  })

  it('tells again of what has become more', async () => {
    const at = folder()
    const file = join(at, 'baseline.json')
    const options = ['--select', 'link-missing', '--profile', 'strict', '--no-config', '--format', 'concise']
    const links = async (names: readonly string[], ...more: readonly string[]) => {
      const filename = 'demo-1.0.tar.gz'
      const info = { name: 'demo-1.0/PKG-INFO', data: 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n' }
      const links = names.map(name => ({ name: `demo-1.0/${name}`, type: '2', link: `none-${name}` }))
      writeFileSync(join(at, filename), writeTarGz([info, ...links]))
      return run([join(at, filename), ...options, ...more])
    }
    await links(['a', 'b'], '--write-baseline', file)
    expect(await links(['a', 'b'], '--baseline', file)).toMatchObject({ stdout: '' })
    expect(await links(['a'], '--baseline', file)).toMatchObject({ stdout: '' })
    expect((await links(['a', 'b', 'c'], '--baseline', file)).stdout).toContain('2 more links')
  })

  it('knows a mistake in build files without hiding what comes after it', async () => {
    const at = folder()
    const file = join(at, 'baseline.json')
    const pyproject =
      '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.hatch.build.targets.wheel]\ninclude = ["/dmeo"]\n'
    const release = async (files: Readonly<Record<string, null>>) => {
      const sdist = await buildSdist({ pyproject })
      const wheel = await buildWheel({ files })
      for (const { filename, bytes } of [sdist, wheel]) writeFileSync(join(at, filename), bytes)
      return run([join(at, sdist.filename), join(at, wheel.filename), '--no-config', ...options])
    }
    const options = ['--select', 'build-pattern-unmatched,package-not-in-wheel', '--format', 'concise']
    const empty = { 'demo/__init__.py': null }
    const whole = await release(empty)
    expect(whole).toMatchObject({ status: 1 })
    expect(whole.stdout).toContain('error[build-pattern-unmatched]')
    expect(whole.stdout).not.toContain('package-not-in-wheel')
    options.push('--write-baseline', file)
    await release({})
    options.splice(-2, 2, '--baseline', file)
    expect(await release({})).toMatchObject({ status: 0, stdout: '' })
    expect((await release(empty)).stdout).toContain('error[package-not-in-wheel]')
    options.splice(-2, 2, '--write-baseline', file)
    await release(empty)
    options.splice(-2, 2, '--baseline', file)
    expect(await release(empty)).toMatchObject({ status: 0, stdout: '' })
  })

  it('keeps, and does not call fixed, what a run has not looked at', async () => {
    const at = folder()
    const file = join(at, 'baseline.json')
    const dist = await put(at, '1.0')
    await run([dist, ...RULES, '--write-baseline', file])
    const before = readFileSync(file, 'utf8')
    const some = [join(dist, 'demo-1.0-py3-none-any.whl'), '--select', 'summary-missing', '--no-config']
    expect((await run([...some, '--baseline', file])).stderr).toBe('')
    await run([...some, '--write-baseline', file])
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('of a key of [project] knows the field that a backend copies it to', async () => {
    const at = folder()
    writeFileSync(
      join(at, 'pyproject.toml'),
      '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\nversion = "1.0"\nrequires-python = ">=3.9.*"\n',
    )
    const { filename, bytes } = await buildWheel({ metadata: { 'Requires-Python': '>=3.9.*' } })
    writeFileSync(join(at, filename), bytes)
    const rules = ['--select', 'requires-python-invalid,project-requires-python-invalid', '--no-config']
    const baseline = join(at, 'baseline.json')
    await run([join(at, 'pyproject.toml'), ...rules, '--write-baseline', baseline])
    expect((await run([join(at, filename), ...rules, '--baseline', baseline])).stdout).toContain('(1 in the baseline)')
    writeFileSync(join(at, filename), (await buildWheel({ metadata: { 'Requires-Python': '>=3.8.*' } })).bytes)
    expect((await run([join(at, filename), ...rules, '--baseline', baseline])).stdout).toContain('>=3.8.*')
  })

  it('and ignores are valid for a source tree and for what is built from it', async () => {
    const at = folder()
    const classifiers = 'classifiers = ["Foo :: Bar"]'
    const project = `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = ""\n${classifiers}\n`
    const file = join(at, 'pyproject.toml')
    writeFileSync(file, project)
    const dist = await put(at, '1.0')
    const built = [dist, '--source-root', at]
    const format = ['--format', 'concise']
    for (const [known, other] of [
      [built, [at]],
      [[at], built],
    ] as const) {
      const baseline = join(at, `${known.length}.json`)
      await run([...known, ...RULES, '--write-baseline', baseline])
      expect((await run([...other, ...RULES, ...format, '--baseline', baseline])).stdout).toBe('')
      writeFileSync(file, project.replace('Bar', 'Baz'))
      if (other.length === 1)
        expect((await run([at, ...RULES, ...format, '--baseline', baseline])).stdout).toContain('Foo :: Baz')
      writeFileSync(file, project)
    }
    const config = join(at, 'distaudit.toml')
    const rules = ['--select', 'summary-missing,classifier-unknown', '--config', config]
    for (const [known, other] of [
      [built, [at]],
      [[at], built],
    ] as const) {
      writeFileSync(config, '')
      await run([...known, ...rules, '--add-ignores', 'old'])
      expect(await run([...other, ...rules, ...format])).toEqual({ status: 0, stdout: '', stderr: '' })
      writeFileSync(file, project.replace('Bar', 'Baz'))
      if (other.length === 1) expect((await run([at, ...rules, ...format])).stdout).toContain('Foo :: Baz')
      writeFileSync(file, project)
    }
  })

  it('counts: more of the same in one file are new', async () => {
    const at = folder()
    const file = join(at, 'baseline.json')
    const tree = (...urls: readonly string[]) => {
      const project = '[project]\nname = "demo"\nversion = "1.0"\n[project.urls]\n'
      writeFileSync(join(at, 'pyproject.toml'), project + urls.map(label => `${label} = "example"\n`).join(''))
      return [at, '--select', 'url-invalid', '--no-config']
    }
    await run([...tree('Home'), '--write-baseline', file])
    expect((await run([...tree('Homepage'), '--baseline', file])).stdout).toContain('(1 in the baseline)')
    const twice = await run([...tree('Home', 'Source'), '--baseline', file, '--format', 'json'])
    expect(JSON.parse(twice.stdout).summary).toMatchObject({ error: 1, known: 1 })
  })

  it('is read from the configuration and by the library, and refused when it is none', async () => {
    const at = folder()
    const dist = await put(at, '1.0')
    const file = join(at, 'known.json')
    await run([dist, ...RULES, '--write-baseline', file])
    writeFileSync(
      join(at, 'distaudit.toml'),
      'baseline = "known.json"\nselect = ["summary-missing", "classifier-unknown"]\n',
    )
    expect((await run([dist], { cwd: at })).stdout).toContain('(4 in the baseline)')
    const select = ['summary-missing', 'classifier-unknown']
    expect((await audit([dist], { baseline: file, select })).summary).toMatchObject({ error: 0, known: 4 })
    writeFileSync(file, '{"schemaVersion":"1","findings":[{"rule":"x"}]}')
    const refused = await run([dist, ...RULES, '--baseline', file])
    expect(refused).toMatchObject({ status: 2 })
    expect(refused.stderr).toContain(`The baseline '${file}' has an entry without project, kind and rule.`)
    expect((await run([dist, ...RULES, '--baseline', join(at, 'none.json')])).stderr).toContain('cannot be read')
  })

  it.skipIf(process.platform === 'win32')('is no pipe, nor is a configuration', async () => {
    const at = folder()
    const dist = await put(at, '1.0')
    const pipe = join(at, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const [option, what] of [
      ['--baseline', 'baseline'],
      ['--config', 'configuration'],
    ] as const) {
      const { status, stderr } = await run([dist, ...RULES.slice(0, 2), option, pipe])
      expect(status).toBe(2)
      expect(stderr).toContain(`The ${what} '${pipe}' cannot be read: it is not a regular file.`)
    }
    expect((await run([dist, ...RULES.slice(0, 2), '--config', '/dev/null'])).stderr).toBe('')
  })
})

describe('--add-ignores', () => {
  it.each(['\n', '\r\n'])('adds tables at the end and changes nothing else, with line ends %j', async end => {
    const at = folder()
    const dist = await put(at, '1.0')
    const own = [
      '# Mine',
      '[project]',
      "name = 'demo'   # kept",
      '',
      '[tool.distaudit]',
      'select = ["summary-missing", "classifier-unknown"]',
    ].join(end)
    writeFileSync(join(at, 'pyproject.toml'), own)
    const { status, stderr } = await run([dist, '--add-ignores', 'known "since" 1.0'], { cwd: at })
    expect(stderr).toContain('Added 4 ignores')
    expect(status).toBe(0)
    const text = readFileSync(join(at, 'pyproject.toml'), 'utf8')
    expect(text.startsWith(own)).toBe(true)
    expect(text.replaceAll(end, '').includes('\n')).toBe(false)
    expect(text).toContain('reason = "known \\"since\\" 1.0"')
    expect((await run([await put(at, '2.0')], { cwd: at })).stdout).toContain('(4 ignored)')
    expect((await run([dist, '--add-ignores', 'again'], { cwd: at })).stderr).toContain(
      'There are no findings to ignore.',
    )
    const again = await run([dist, '--add-ignores', 'again', '--no-ignores'], { cwd: at })
    expect(again.stderr).toContain('There are no findings to ignore.')
    expect(readFileSync(join(at, 'pyproject.toml'), 'utf8')).toBe(text)
  })

  it('makes a configuration where there is none, and refuses one that cannot take tables', async () => {
    const at = folder()
    const dist = await put(at, '1.0')
    const args = [dist, '--select', 'summary-missing', '--add-ignores', 'known']
    expect((await run(args, { cwd: at })).stderr).toContain(join(at, 'distaudit.toml'))
    expect(readFileSync(join(at, 'distaudit.toml'), 'utf8')).toMatch(
      /^\[\[ignore-finding\]\]\nrule = "summary-missing"\n/,
    )
    const inline = 'ignore-finding = []\n'
    writeFileSync(join(at, 'distaudit.toml'), inline)
    expect(await run(args, { cwd: at })).toMatchObject({ status: 2 })
    expect(readFileSync(join(at, 'distaudit.toml'), 'utf8')).toBe(inline)
    expect(await run([...args, '--write-baseline', 'x.json'], { cwd: at })).toMatchObject({ status: 2 })
    expect((await run([dist, '--add-ignores', ' '], { cwd: at })).stderr).toContain('needs a reason')
  })
})

it('--baseline-release is the former name of --compare-with', async () => {
  const at = folder()
  const [old, now] = [await put(at, '1.0'), await put(at, '2.0', { 'License-Expression': 'Apache-2.0' })]
  const select = ['--select', 'baseline-license-changed', '--no-config', '--format', 'json']
  const outputs = await Promise.all(
    ['--compare-with', '--baseline-release'].map(async name => (await run([now, name, old, ...select])).stdout),
  )
  expect(outputs[0]).toContain('baseline-license-changed')
  expect(outputs[1]).toBe(outputs[0])
})
