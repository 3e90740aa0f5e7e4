import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import type { Report } from '../../src/report/report.js'
import { run } from '../support/run-command.js'

let folder: string
let good: string
let bad: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'distaudit-cli-'))
  const wheel = await buildWheel({})
  good = join(folder, wheel.filename)
  writeFileSync(good, wheel.bytes)
  const broken = await buildWheel({ name: 'other', metadata: { 'Metadata-Version': '9.9.9', Version: 'one' } })
  bad = join(folder, broken.filename)
  writeFileSync(bad, broken.bytes)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const json = (stdout: string) => JSON.parse(stdout) as Report

describe('exit status', () => {
  it('is 0 when nothing is found', async () => {
    expect(await run(['--no-config', good])).toMatchObject({ status: 0, stderr: '' })
  })

  it('is 1 when an error is found', async () => {
    expect((await run(['--no-config', bad])).status).toBe(1)
  })

  it('follows --fail-on', async () => {
    expect((await run(['--no-config', '--fail-on', 'never', bad])).status).toBe(0)
    const old = await buildWheel({ name: 'warned', metadata: { Summary: 'Add your description here' } })
    const path = join(folder, old.filename)
    writeFileSync(path, old.bytes)
    expect((await run(['--no-config', path])).status).toBe(0)
    expect((await run(['--no-config', '--fail-on', 'warning', path])).status).toBe(1)
    rmSync(path)
  })

  it.each([
    [['--selct', 'x'], "There is no option '--selct'. Did you mean '--select'?"],
    [
      ['--format', 'jsn', 'x.whl'],
      "--format takes text, concise, json, sarif, github, gitlab, junit, rdjson, html, not 'jsn'. Did you mean 'json'?",
    ],
    [
      ['--select', 'license-file-mising', 'fixtures/real'],
      "There is no rule or topic 'license-file-mising'. Did you mean 'license-file-missing'?",
    ],
    [['/nowhere/demo-1.0-py3-none-any.whl'], "There is no file or directory '/nowhere/demo-1.0-py3-none-any.whl'."],
    [['--jobs', '0', 'x.whl'], "--jobs takes a number from 1 up, not '0'."],
    [['--format', 'json', '--format', 'text', 'x.whl'], 'Only one --format can go to standard output'],
    [
      ['explain', 'license-file-mising'],
      "There is no rule or topic 'license-file-mising'. Did you mean 'license-file-missing'?",
    ],
  ])('is 2 for wrong usage: %j', async (args, message) => {
    const { status, stdout, stderr } = await run(
      ['--no-config', ...args].filter(arg => args[0] !== 'explain' || arg !== '--no-config'),
    )
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(message)
  })

  it('is 2 without a path where there is no project', async () => {
    const { status, stderr } = await run(['--no-config'], { cwd: folder })
    expect(status).toBe(2)
    expect(stderr).toContain('Name the wheels and sdists to audit, or a directory that contains them.')
  })

  it('is 2 when a directory has nothing to audit', async () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    writeFileSync(join(empty, 'notes.txt'), 'x')
    const { status, stderr } = await run(['--no-config', empty])
    expect(status).toBe(2)
    expect(stderr).toContain('There is nothing to audit')
  })
})

describe('bad input', () => {
  const write = (name: string, bytes: Uint8Array | string) => {
    const path = join(folder, 'input', name)
    mkdirSync(join(folder, 'input'), { recursive: true })
    writeFileSync(path, bytes)
    return path
  }

  it.each([
    ['an empty file', 'empty-1.0-py3-none-any.whl', () => ''],
    ['a text file', 'text-1.0-py3-none-any.whl', () => 'This is no wheel.\n'],
    ['a cut zip', 'cut-1.0-py3-none-any.whl', async () => (await buildWheel({ name: 'cut' })).bytes.subarray(0, 700)],
    ['a tar in a .whl', 'tar-1.0-py3-none-any.whl', async () => (await buildSdist({ name: 'tar' })).bytes],
    ['a zip in a .tar.gz', 'zip-1.0.tar.gz', async () => (await buildWheel({ name: 'zip' })).bytes],
    ['an empty sdist', 'empty-1.0.tar.gz', () => ''],
    ['a cut sdist', 'cut-1.0.tar.gz', async () => (await buildSdist({ name: 'cut' })).bytes.subarray(0, 500)],
    ['an egg', 'demo-1.0-py3.9.egg', () => 'PK'],
    ['a wheel in capitals', 'demo-1.0-py3-none-any.WHL', () => 'PK'],
    [
      'an empty METADATA',
      'nothing-1.0-py3-none-any.whl',
      async () => (await buildWheel({ name: 'nothing', rawMetadata: '' })).bytes,
    ],
    [
      'a METADATA that is no UTF-8',
      'latin-1.0-py3-none-any.whl',
      async () => (await buildWheel({ name: 'latin', make: 'latin1Author' })).bytes,
    ],
  ])('%s is a finding, and the other files are audited', async (_, name, bytes) => {
    const path = write(name, await bytes())
    const { status, stdout, stderr } = await run(['--no-config', '--format', 'json', path, good])
    const report = json(stdout)
    expect(status).toBe(1)
    expect(stderr).toBe('')
    expect(report.distributions.map(one => one.path)).toEqual([path, good])
    expect(report.distributions[0]?.findings.some(finding => finding.severity === 'error')).toBe(true)
    expect(report.distributions[1]?.findings).toEqual([])
  })

  it('a directory named like a wheel is a finding', async () => {
    const path = join(folder, 'input', 'folder-1.0-py3-none-any.whl')
    mkdirSync(path, { recursive: true })
    const { status, stdout } = await run(['--no-config', '--format', 'json', path])
    expect(status).toBe(1)
    expect(json(stdout).distributions[0]?.findings[0]?.message).toContain('directory')
  })

  it('never lets control characters of a file name reach the terminal', async () => {
    const path = write('evil\n::error::\u001b[31m-1.0-py3-none-any.whl', 'x')
    for (const format of ['text', 'github']) {
      const { stdout, stderr } = await run(['--no-config', '--format', format, path])
      expect(stdout + stderr).not.toContain('\u001b')
      expect(stdout.split('\n').some(line => line.startsWith('::error::'))).toBe(false)
    }
  })

  it('leaves other files of a directory alone and counts them', async () => {
    const place = join(folder, 'mixed')
    mkdirSync(place)
    const wheel = await buildWheel({})
    writeFileSync(join(place, wheel.filename), wheel.bytes)
    writeFileSync(join(place, 'demo-1.0-py3.9.egg'), 'x')
    const { status, stderr } = await run(['--no-config', place])
    expect(status).toBe(0)
    expect(stderr).toBe('distaudit: Skipped 1 file that is not a wheel or an sdist.\n')
  })
})

describe('output', () => {
  it('gives the same bytes for the same input', async () => {
    const first = await run(['--no-config', '--format', 'json', folder])
    expect((await run(['--no-config', '--format', 'json', folder])).stdout).toBe(first.stdout)
  })

  it('writes formats to files and prints nothing else', async () => {
    const sarif = join(folder, 'out.sarif')
    const { stdout } = await run(['--no-config', '--format', 'json', '--format', `sarif=${sarif}`, bad])
    expect(json(stdout).schemaVersion).toBe('1')
    expect(JSON.parse(readFileSync(sarif, 'utf8'))).toMatchObject({ version: '2.1.0' })
  })

  describe('without --severity', () => {
    // One warning and some notes.
    let noted: string
    const shown = async (...args: string[]) => run(['--no-config', ...args, noted])
    const SHOWN: Readonly<Record<string, RegExp>> = {
      text: /^info\[/m,
      github: /^::notice/m,
      gitlab: /"severity": "info"/,
      sarif: /"level": "note",\n\s+"message": \{\n\s+"text": "(?!\d+ info;)/,
      junit: /<system-out>info: /,
    }
    beforeAll(async () => {
      const wheel = await buildWheel({
        name: 'noted',
        metadata: { Summary: 'Add your description here', Classifier: ['Topic :: Games', 'Topic :: Games'] },
      })
      noted = join(folder, wheel.filename)
      writeFileSync(noted, wheel.bytes)
    })
    afterAll(() => rmSync(noted))

    it.each(Object.entries(SHOWN))('%s has errors and warnings, and one line for info', async (format, note) => {
      const { stdout, stderr } = await shown('--format', format)
      expect(stdout).toContain('Add your description here')
      expect(stdout).not.toMatch(note)
      expect((stdout + stderr).match(/\d+ info; --severity info shows (?:it|them)\./g)).toHaveLength(1)
      const everything = await shown('--format', format, '--severity', 'info')
      expect(everything.stdout).toMatch(note)
      expect(everything.stdout + everything.stderr).not.toContain('--severity info')
      if (format === 'text') expect((await shown('--format', format, '--verbose')).stdout).toMatch(note)
      expect((await shown('--format', format, '--severity', 'error')).stdout).not.toContain('Add your description here')
    })

    it('JSON has everything', async () => {
      const { stdout, stderr } = await shown('--format', 'json')
      const severities = json(stdout).distributions.flatMap(({ findings }) => findings.map(({ severity }) => severity))
      expect(severities).toContain('info')
      expect(stderr).toBe('')
    })

    it('notes are shown where they make the command fail', async () => {
      const { stdout, status } = await shown('--fail-on', 'info')
      expect(status).toBe(1)
      expect(stdout).toMatch(/^info\[/m)
    })
  })

  it('hides what is below --severity, and still fails by --fail-on', async () => {
    const { stdout, status } = await run([
      '--no-config',
      '--format',
      'json',
      '--severity',
      'error',
      '--fail-on',
      'info',
      bad,
    ])
    expect(status).toBe(1)
    expect(
      json(stdout)
        .distributions.flatMap(one => one.findings)
        .every(finding => finding.severity === 'error'),
    ).toBe(true)
  })

  it('appends the job summary of GitHub Actions', async () => {
    const summary = join(folder, 'summary.md')
    writeFileSync(summary, 'before\n')
    await run(['--no-config', '--format', 'github', bad], { env: { GITHUB_STEP_SUMMARY: summary } })
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n[\s\S]*other-1\.0-py3-none-any\.whl/)
  })

  it('explains and lists rules', async () => {
    const page = await run(['explain', 'license-file-missing'])
    expect(page.status).toBe(0)
    expect(page.stdout).toContain('PEP 639')
    const list = JSON.parse((await run(['rules', '--format', 'json'])).stdout) as { id: string }[]
    expect(list.length).toBeGreaterThan(60)
  })

  it('completes options in each shell', async () => {
    for (const shell of ['bash', 'zsh', 'fish'])
      expect((await run(['completions', shell])).stdout).toContain('source-root')
  })
})

describe('configuration', () => {
  const inProject = (text: string) => {
    const cwd = mkdtempSync(join(folder, 'project-'))
    writeFileSync(join(cwd, 'pyproject.toml'), text)
    return cwd
  }

  it('ignores what [tool.distaudit] ignores', async () => {
    const cwd = inProject('[tool.distaudit]\nignore = ["ALL"]\n')
    expect((await run([bad], { cwd })).status).toBe(0)
    expect((await run(['--no-config', bad], { cwd })).status).toBe(1)
  })

  it('refuses an unknown key with its line and the nearest name', async () => {
    const cwd = inProject('[tool.distaudit]\n\nselct = ["ALL"]\n')
    const { status, stderr } = await run([good], { cwd })
    expect(status).toBe(2)
    expect(stderr).toMatch(/pyproject\.toml:3(?::\d+)?: There is no key 'selct'\. Did you mean 'select'\?/)
  })

  it('counts ignored findings and names ignores that matched nothing', async () => {
    const cwd = inProject('[tool.distaudit.per-file-ignores]\n"other-*" = ["ALL"]\n"never-*" = ["ALL"]\n')
    const { status, stdout, stderr } = await run(['--format', 'json', bad], { cwd })
    expect(status).toBe(0)
    expect(json(stdout).summary.ignored).toBeGreaterThan(0)
    expect(json(stdout).summary.rejectedByPyPI).toBe(1)
    expect(stderr).toContain('per-file-ignores "never-*" matched nothing')
  })

  it('asks of the files what the configuration asks, and what options ask in its place', async () => {
    const cwd = inProject(
      '[tool.distaudit]\ntop-level = ["other"]\nexpected = { wheel = ["other.py", "!**/METADATA"] }\nat-most = { files = 1 }\n',
    )
    const rules = async (...args: readonly string[]) => {
      const { stdout } = await run(['--format', 'json', ...args, good], { cwd })
      const asked = /^(?:expected-file-missing|unexpected-file|many-files|large-distribution)$/
      const findings = json(stdout).distributions[0]?.findings ?? []
      return findings.filter(({ rule }) => asked.test(rule)).map(({ rule, severity }) => `${severity} ${rule}`)
    }
    expect(await rules()).toEqual([
      'error expected-file-missing',
      'error expected-file-missing',
      'error many-files',
      'error unexpected-file',
      'error unexpected-file',
    ])
    expect(await rules('--expect', '**/METADATA', '--top-level', 'other', '--max-size', '1k')).toEqual([
      'error expected-file-missing',
      'error large-distribution',
      'error unexpected-file',
    ])
    expect((await run(['--max-files', '0', good], { cwd })).status).toBe(2)
  })

  it('says once of an ignore that its rule does not exist', async () => {
    const cwd = inProject('[[tool.distaudit.ignore-finding]]\nrule = "no-such-rule"\nreason = "none"\n')
    const { stderr } = await run([good], { cwd })
    expect(stderr.match(/no-such-rule/g)).toHaveLength(1)
  })

  it('takes a comment on the key that a finding comes from', async () => {
    const cwd = inProject(
      '[project]\nname = "warned"\n# distaudit: ignore[placeholder-value] on purpose\ndescription = "Add your description here"\n',
    )
    const wheel = await buildWheel({ name: 'warned', metadata: { Summary: 'Add your description here' } })
    const path = join(cwd, wheel.filename)
    writeFileSync(path, wheel.bytes)
    expect(json((await run(['--format', 'json', path], { cwd })).stdout).summary).toMatchObject({
      warning: 0,
      ignored: 1,
    })
    expect(json((await run(['--format', 'json', '--no-ignores', path], { cwd })).stdout).summary.warning).toBe(1)
  })

  it('stops when the required version is another one', async () => {
    const cwd = inProject('[tool.distaudit]\nrequired-version = ">=99"\n')
    expect(await run([good], { cwd })).toMatchObject({ status: 2 })
  })
})
