import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import type { Report } from '../../src/report/report.js'
import { cpuSeconds } from '../support/cpu.js'
import { run } from '../support/run-command.js'

const folder = mkdtempSync(join(tmpdir(), 'distaudit-inputs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (path: string) => join(folder, path)
const WHEEL = 'demo-1.0-py3-none-any.whl'
const SDIST = 'demo-1.0.tar.gz'
let wheel: Uint8Array
let sdist: Uint8Array

function put(path: string, bytes: string | Uint8Array): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), bytes)
}

beforeAll(async () => {
  wheel = (await buildWheel({})).bytes
  sdist = (await buildSdist({})).bytes
  put(`tree/dist/${SDIST}`, sdist)
  put(`tree/dist/cibw-linux/${WHEEL}`, wheel)
  for (const other of ['.hidden', 'node_modules', 'site-packages', 'env']) put(`tree/dist/${other}/${WHEEL}`, wheel)
  put('tree/dist/env/pyvenv.cfg', '')
  put('tree/dist/notes.txt', '')
  put('tree/pyproject.toml', '[project]\nname = "demo"\nversion = "1.0"\n')
  put('tree/src/demo/__init__.py', '')
})

/** The files that were audited, relative to the scratch folder, with `/`, and the notes about them. */
async function audited(args: readonly string[], options: Parameters<typeof run>[1] = {}) {
  const { status, stdout, stderr } = await run(
    ['--no-config', '--format', 'json', '--fail-on', 'never', ...args],
    options,
  )
  const paths = status === 0 ? (JSON.parse(stdout) as Report).distributions.map(one => one.path) : []
  return { status, stderr, paths: paths.map(path => relative(folder, path).replaceAll('\\', '/')) }
}

describe('a directory', () => {
  it('means the distributions below it too, but not those of others', async () => {
    expect(await audited([at('tree/dist')])).toEqual({
      status: 0,
      paths: [`tree/dist/${SDIST}`, `tree/dist/cibw-linux/${WHEEL}`],
      stderr: `distaudit: Found 1 of the 2 files in subdirectories of '${at('tree/dist')}'.\ndistaudit: Skipped 1 file that is not a wheel or an sdist.\n`,
    })
    expect(await audited(['-q', at('tree/dist')])).toMatchObject({ stderr: '' })
  })

  it.skipIf(process.platform === 'win32')('may have links to itself', async () => {
    put(`loop/a/${WHEEL}`, wheel)
    symlinkSync('..', at('loop/a/up'))
    expect((await audited([at('loop')])).paths).toEqual([`loop/a/${WHEEL}`])
  })

  it('without distributions says where there are some, or how to build them', async () => {
    mkdirSync(at('empty'))
    const { status, stderr } = await audited([at('empty')])
    expect(status).toBe(2)
    // The working directory is that of distaudit itself.
    expect(stderr).toMatch(
      /nothing to audit: no wheel or sdist in '.*empty'\. (?:The directory 'dist' contains|Build the distributions first)/,
    )
  })
})

describe('without arguments', () => {
  const cwd = at('tree/src/demo')

  it('dist/ of the project around is audited', async () => {
    expect((await audited([], { cwd })).paths).toEqual([`tree/dist/${SDIST}`, `tree/dist/cibw-linux/${WHEEL}`])
  })

  it('paths of the configuration come first', async () => {
    put('tree/distaudit.toml', 'paths = ["dist/cibw-linux"]\n')
    const { stdout } = await run(['--format', 'json'], { cwd })
    rmSync(at('tree/distaudit.toml'))
    expect((JSON.parse(stdout) as Report).distributions.map(one => one.filename)).toEqual([WHEEL])
  })

  it('a project without a build is told how to build', async () => {
    put('new/setup.py', '')
    const { status, stderr } = await audited([], { cwd: at('new') })
    expect(status).toBe(2)
    expect(stderr).toMatch(
      /nothing to audit: the directory '.*dist' does not exist\. .*`python -m build`, or .*`distaudit .*new`\./,
    )
  })
})

describe('a pattern', () => {
  it.each([
    ['tree/dist/*.gz', [`tree/dist/${SDIST}`]],
    [
      'tree/dist/*/*.whl',
      [
        `tree/dist/cibw-linux/${WHEEL}`,
        ...['env', 'node_modules', 'site-packages'].map(name => `tree/dist/${name}/${WHEEL}`),
      ],
    ],
    ['tree/**/*.whl', [`tree/dist/cibw-linux/${WHEEL}`]],
    ['tree/dist/**/demo-*', [`tree/dist/cibw-linux/${WHEEL}`, `tree/dist/${SDIST}`]],
    ['tree/dist/.h*/*', [`tree/dist/.hidden/${WHEEL}`]],
    ['tree/dist/cibw*', [`tree/dist/cibw-linux/${WHEEL}`]],
    ['tree/dist/demo-[0-9].?.tar.[!a-f]z', [`tree/dist/${SDIST}`]],
    ['tree/d?st/d*o*1*.tar.*', [`tree/dist/${SDIST}`]],
  ])('%s is expanded as a shell does', async (pattern, paths) => {
    expect((await audited([at(pattern)])).paths).toEqual(paths)
  })

  it('that nothing matches is wrong usage, and a file with that name wins', async () => {
    const { status, stderr } = await audited([at('tree/dist/*.egg')])
    expect(status).toBe(2)
    expect(stderr).toContain(`There is no file or directory that matches '${at('tree/dist/*.egg')}'.`)
    put('literal/demo-[1].0.tar.gz', sdist)
    put('literal/demo-1.0.tar.gz', sdist)
    expect((await audited([at('literal/demo-[1].0.tar.gz')])).paths).toEqual(['literal/demo-[1].0.tar.gz'])
  })

  it('takes time that grows with its length alone', async () => {
    put(`long/${'a'.repeat(200)}.whl`, '')
    const work = async () => expect((await audited([at(`long/${'*a'.repeat(60)}b`)])).status).toBe(2)
    expect(await cpuSeconds(2, work)).toBeLessThan(2)
  })
})

describe('standard input', () => {
  it('is a file with the name that is given, and leaves nothing behind', async () => {
    // Other tests have folders of their own in the usual place.
    const temporary = at('temporary')
    mkdirSync(temporary)
    vi.stubEnv('TMPDIR', temporary)
    for (const [name, bytes] of [
      [WHEEL, wheel],
      [`in/${SDIST}`, sdist],
    ] as const) {
      const { stdout } = await run(['--no-config', '--format', 'json', '-', '--stdin-filename', name], { stdin: bytes })
      const [found] = (JSON.parse(stdout) as Report).distributions
      expect(found).toMatchObject({ path: name, filename: name.replace('in/', ''), size: bytes.length, findings: [] })
    }
    expect(readdirSync(temporary)).toEqual([])
    vi.unstubAllEnvs()
  })

  it('is audited next to other files', async () => {
    const args = ['-', '--stdin-filename', WHEEL, at(`tree/dist/${SDIST}`)]
    const { stdout } = await run(['--no-config', '--format', 'json', ...args], { stdin: wheel })
    const { distributions, releases } = JSON.parse(stdout) as Report
    expect(distributions.map(one => one.filename)).toEqual([WHEEL, SDIST])
    expect(releases[0]?.distributions).toHaveLength(2)
  })

  it.each([
    [['-'], "'-' needs --stdin-filename"],
    [['-', '--stdin-filename', 'sub/pyproject.toml'], 'distaudit sub/pyproject.toml'],
    [['--stdin-filename', WHEEL, 'x.whl'], "--stdin-filename is the name of what '-' reads"],
  ])('needs a name, and the name needs it: %j', async (args, message) => {
    const { status, stderr } = await run(['--no-config', ...args], { stdin: wheel })
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })

  it('that cannot be kept says nothing about the file', async () => {
    vi.stubEnv('TMPDIR', at('not-there'))
    const { status, stdout, stderr } = await run(['--no-config', '-', '--stdin-filename', WHEEL], { stdin: wheel })
    vi.unstubAllEnvs()
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/temporary file, which cannot be written: it does not exist\. Set TMPDIR/)
  })

  it('that is empty is a finding', async () => {
    const { status, stdout } = await run(['--no-config', '-', '--stdin-filename', SDIST])
    expect(status).toBe(1)
    expect(stdout).toContain(SDIST)
  })
})

describe('words that are no paths', () => {
  it.each([
    [['explan', 'x'], "There is no file or directory 'explan'. Did you mean the command 'explain'?"],
    [
      ['--quiet', 'completions'],
      "There is no file or directory 'completions'. The command comes first: distaudit completions ….",
    ],
    [['version'], "There is no file or directory 'version'. Did you mean the option '--version'?"],
    [['--stat', 'x'], "There is no option '--stat'. Did you mean '--statistics'?"],
    [['-j4', '--selct', 'x'], "There is no option '--selct'. Did you mean '--select'?"],
    [['rules', '--selct', 'x'], "There is no option '--selct'. Did you mean '--select'?"],
    [['rules', 'licence'], "There is no rule or topic 'licence'. Did you mean 'license'?"],
    [['rules', 'nothing-like-it'], "There is no rule or topic 'nothing-like-it'. `distaudit rules` lists them."],
    [['rules', '--ignore', 'licence'], "There is no rule or topic 'licence'. Did you mean 'license'?"],
    [['help', 'explan'], "There is no command 'explan'. Did you mean 'explain'?"],
  ])('%j', async (args, message) => {
    const { status, stderr } = await run(args, { cwd: folder })
    expect(status).toBe(2)
    expect(stderr).toContain(message)
  })

  it('names a path that is near', async () => {
    expect((await audited([at('tree/dits')])).stderr).toContain("Did you mean 'dist'?")
  })
})

describe('the words check and help', () => {
  it('are commands, and say how a file of that name is reached', async () => {
    const paths = [at(`tree/dist/${SDIST}`)]
    expect((await audited(paths)).status).toBe(0)
    const checked = await run(['check', '--no-config', ...paths], { cwd: folder })
    expect(checked).toMatchObject({ status: 0, stderr: '' })
    mkdirSync(at('check'))
    expect((await run(['check', '--no-config', ...paths], { cwd: folder })).stderr).toBe(
      "distaudit: 'check' is a command; ./check is the file or directory of that name.\n",
    )
    const help = await run(['help'], { cwd: folder })
    expect(help).toEqual(await run(['--help'], { cwd: folder }))
    expect((await run(['help', 'rules'])).stdout).toBe((await run(['rules', '--help'])).stdout)
    expect((await run(['help', 'license-missing'])).stdout).toBe((await run(['explain', 'license-missing'])).stdout)
  })
})

describe('what is printed', () => {
  const pages = [['--help'], ['help', 'explain'], ['rules', 'license'], ['explain', 'license']]

  it.each(pages.flatMap(args => [44, 60, 80, 200].map(width => [args, width] as const)))(
    '%j fits %i columns',
    async (args, width) => {
      const { stdout } = await run(args, { env: { COLUMNS: String(width) } })
      const isCode = (line: string) => /^(?: {14}|Finds|Accepts)|https:/.test(line) && args[0] === 'explain'
      const long = stdout.split('\n').filter(line => line.length > width && !isCode(line))
      expect(long).toEqual([])
    },
  )

  it.each(pages)('has colors where they are wanted: %s %s', async (...args) => {
    const plain = (await run(args)).stdout
    const colored = (await run(args, { env: { FORCE_COLOR: '1' } })).stdout
    expect(colored.replace(/\u001b\[[0-9]+m/g, '')).toBe(plain)
    expect(colored).toContain('\u001b[')
    expect((await run(args, { env: { NO_COLOR: '1', CLICOLOR_FORCE: '1' } })).stdout).toBe(plain)
  })

  it('is a choice of rules where one is made', async () => {
    const ids = async (...args: string[]) =>
      (JSON.parse((await run(['rules', '--format', 'json', ...args])).stdout) as { id: string }[]).map(({ id }) => id)
    const all = await ids()
    const license = await ids('license')
    expect(license.length).toBeLessThan(all.length)
    expect(await ids('--select', 'license', '--profile', 'strict')).toEqual(license)
    expect(await ids('license', '--ignore', 'license-missing')).not.toContain('license-missing')
    expect((await ids('--profile', 'pypi')).length).toBeLessThan(all.length / 2)
  })

  it('goes to the output file', async () => {
    const file = at('report.txt')
    const args = ['--no-config', '--format', 'concise', '-o', file, at(`tree/dist/${SDIST}`)]
    const wrote = `distaudit: Wrote the concise report to '${file}'.\n`
    expect(await run(args)).toEqual({ status: 0, stdout: '', stderr: wrote })
    expect(await run([...args, '-q'])).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(readFileSync(file, 'utf8')).toBe('')
    for (const options of [
      ['-o', 'pyproject.toml'],
      ['--format', 'json=sub/setup.py'],
      ['-o', 'dist/demo-1.0.tar.gz'],
      ['--write-baseline', at('setup.cfg')],
    ]) {
      const { status, stderr } = await run([...options, at(`tree/dist/${SDIST}`)])
      expect([status, stderr]).toEqual([2, expect.stringContaining('no report is written over it')])
    }
    const twice = await run(['--format', 'json=x', ...['--output-file', file, 'x.whl']])
    expect(twice).toMatchObject({ status: 2, stderr: expect.stringContaining('--output-file has nothing to write') })
  })
})

describe('--show-settings', () => {
  it('prints what applies, where it comes from, and audits nothing', async () => {
    put(
      'settings/pyproject.toml',
      '[project]\nname = "demo"\n\n[tool.distaudit]\nprofile = "strict"\nignore = ["archive"]\nat-most = { size = 5, files = 3 }\n[tool.distaudit.per-file-ignores]\n"*.whl" = ["license"]\n',
    )
    const cwd = at('settings')
    const { status, stdout } = await run(['--show-settings', '--ignore', 'license', '--max-files', '9', '-q'], { cwd })
    expect(status).toBe(0)
    const lines = stdout.replace(/ {2,}#/g, ' #').split('\n')
    for (const line of [
      '# Configuration: pyproject.toml',
      'profile = "strict" # pyproject.toml:5',
      'ignore = ["license", "archive"] # --ignore, pyproject.toml:6',
      'at-most.files = 9 # --max-files',
      'per-file-ignores = { "*.whl" = ["license"] } # pyproject.toml:8',
      'fail-on = "error" # default',
      '# Options without a key: --quiet',
    ])
      expect(lines).toContain(line)
    expect(stdout).toMatch(/^# Not set: .*\bat-most\.size\b/m)
    expect(stdout).toMatch(/^# \d+ of \d+ rules run; none of archive and license\.$/m)
    // It is a configuration.
    put('settings/copy/distaudit.toml', stdout.replace(/^paths .*\n/m, ''))
    expect((await run(['--show-settings'], { cwd: at('settings/copy') })).stdout).toContain('profile = "strict"')
  })
})
