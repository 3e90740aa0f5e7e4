/**
 * `npm run integrations -- [NAME...]`: does what docs/integrations/ says, with the text of its pages, in a small project, on a local
 * package index that has the wheel and the sdist of this tree; and looks at the packages themselves. A name is that of a page, or
 * `package` (types, metadata, Pythons), `start` (the time it takes), `npm` (publint, types, an installation, the snippets of docs/library.md),
 * `recipes` (container, Homebrew, conda), `workflows` (zizmor).
 * Needs Python 3.10, git and the network.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preparePython } from '../conformance/python.js'
import { type Block, integrationPages, type Page } from './pages.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
process.chdir(root)
const scratch = mkdtempSync(join(tmpdir(), 'distaudit-integrations-'))
const dist = join(scratch, 'dist')
const fixture = 'fixtures/real/zipp-4.1.2-py3-none-any.whl'
let passed = 0
let failed = 0

/** Runs a check and says how it went; what it throws is the reason. */
async function check(name: string, body: () => unknown): Promise<void> {
  const started = Date.now()
  try {
    await body()
    passed++
    console.log(`ok   ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failed++
    console.log(`FAIL ${name}\n${error instanceof Error ? error.message : error}`)
  }
}

interface Running {
  readonly cwd?: string
  readonly status?: number
  readonly env?: NodeJS.ProcessEnv
  readonly input?: string
}

/** What a command wrote to standard output; another status than the expected one is an error with all it wrote. */
function run(command: string, args: readonly string[], { cwd = root, status = 0, env, input }: Running = {}): string {
  const done = spawnSync(command, args, { cwd, env: { ...environment, ...env }, encoding: 'utf8', input })
  if (done.status === status) return done.stdout
  const output = `${done.stdout}${done.stderr}`
  throw new Error(`${[command, ...args].join(' ')}: status ${done.status ?? done.error}, expected ${status}\n${output}`)
}

function expect(what: string, value: unknown, wanted: unknown): void {
  if (JSON.stringify(value) !== JSON.stringify(wanted))
    throw new Error(`${what}: ${JSON.stringify(value)}, expected ${JSON.stringify(wanted)}`)
}

const tools = dirname(preparePython('integrations', ['--requirement', 'test/integrations/requirements.txt']))
const project = join(scratch, 'environment', 'bin')
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: [project, tools, process.env.PATH].join(delimiter),
  // Nothing of this machine's: the next run gets another wheel with the same version.
  PIP_CACHE_DIR: join(scratch, 'pip'),
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  UV_CACHE_DIR: join(scratch, 'uv'),
  PRE_COMMIT_HOME: join(scratch, 'pre-commit'),
  PIPX_HOME: join(scratch, 'pipx'),
  PIPX_BIN_DIR: join(scratch, 'pipx-bin'),
  HATCH_DATA_DIR: join(scratch, 'hatch'),
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@ann-author.dev',
  GIT_COMMITTER_NAME: 'Ann',
  GIT_COMMITTER_EMAIL: 'ann@ann-author.dev',
}
for (const name of ['NODE_OPTIONS', 'VIRTUAL_ENV', 'FORCE_COLOR', 'GITHUB_ACTIONS']) delete environment[name]

/** An index that has our files and sends for all others to the real one. */
async function startIndex(): Promise<() => void> {
  const port = await new Promise<number>(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
  const fallback = process.env.PIP_INDEX_URL ?? 'https://pypi.org/simple'
  const options = ['--port', String(port), '--interface', '127.0.0.1', '--fallback-url', fallback]
  const server = spawn(join(tools, 'pypi-server'), ['run', ...options, dist], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}/simple/`
  Object.assign(environment, { PIP_INDEX_URL: url, UV_DEFAULT_INDEX: url })
  for (let tries = 0; tries < 150; tries++) {
    if (
      await fetch(url).then(
        answer => answer.ok,
        () => false,
      )
    )
      return () => server.kill()
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  throw new Error('the package index did not start')
}

const PYPROJECT = `[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "demo-package"
version = "1.0"
description = "Reads demo files"
readme = "README.md"
requires-python = ">=3.9"
license = "MIT"
license-files = ["LICENSE"]
authors = [{ name = "Ann Author", email = "ann@ann-author.dev" }]
keywords = ["demo"]
classifiers = ["Programming Language :: Python :: 3"]
dependencies = []
urls.Source = "https://github.com/ann-author/demo-package"
`

/** A project of its own for a page, with the files that the page has. */
function writeProject(page: Page): string {
  const folder = join(scratch, 'projects', page.name)
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    appendFileSync(join(folder, path), text)
  }
  put('pyproject.toml', PYPROJECT)
  put('README.md', '# Demo\n\nReads demo files.\n')
  put('src/demo_package/__init__.py', '"""Reads demo files."""\n')
  put('.gitignore', 'dist/\n.tox/\n.nox/\n.venv/\n*.json\n*.xml\n')
  cpSync('LICENSE', join(folder, 'LICENSE'))
  for (const { file, text } of page.blocks)
    if (file !== undefined) put(file, file === 'pyproject.toml' ? `\n${text}` : text)
  run('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd: folder })
  run('git', ['add', '--all'], { cwd: folder })
  run('git', ['commit', '--quiet', '--message', 'Begin'], { cwd: folder })
  return folder
}

function runBlock({ language, text }: Block, cwd: string, status = 0): void {
  if (language === 'python') run('python', ['-'], { cwd, status, input: text })
  else run('bash', ['-euo', 'pipefail', '-c', text], { cwd, status })
}

/** What a page says works on a good project; and on one that PyPI rejects, its last step fails. */
function runPage(page: Page): void {
  const blocks = page.blocks.filter(one => one.run)
  const folder = writeProject(page)
  SCHEMAS[page.name]?.(folder)
  if (blocks.length === 0) return
  for (const block of blocks) runBlock(block, folder)
  const text = readFileSync(join(folder, 'pyproject.toml'), 'utf8')
  writeFileSync(
    join(folder, 'pyproject.toml'),
    `${text.replace('dependencies = []', 'dependencies = ["other @ https://ann-author.dev/other.tar.gz"]')}
[tool.hatch.metadata]
allow-direct-references = true
`,
  )
  rmSync(join(folder, 'dist'), { recursive: true, force: true })
  for (const [index, block] of blocks.entries()) {
    const last = index === blocks.length - 1
    // Where a step before the last audits too, that one ends it.
    const failing = /\bdistaudit\b/.test(block.text) && !block.text.includes('install') ? 1 : 0
    runBlock(block, folder, last || failing ? 1 : 0)
    if (failing) return
  }
}

const builtin = (schema: string, file: string) => (folder: string) =>
  run('check-jsonschema', ['--builtin-schema', `vendor.${schema}`, join(folder, file)])

/** Files of pages for which there is a schema, or the program that reads them. */
const SCHEMAS: Readonly<Record<string, (folder: string) => void>> = {
  conda: folder => checkRecipe(join(folder, 'recipe.yaml')),
  azure: builtin('azure-pipelines', 'azure-pipelines.yml'),
  gitlab: builtin('gitlab-ci', '.gitlab-ci.yml'),
  github(folder) {
    const workflows = join(folder, '.github/workflows')
    for (const name of readdirSync(workflows)) builtin('github-workflows', `.github/workflows/${name}`)(folder)
    run('zizmor', ['--offline', workflows])
  },
  cibuildwheel(folder) {
    const wheel = join(folder, 'dist/demo_package-1.0-py3-none-any.whl')
    run('python', ['-m', 'build', '--wheel'], { cwd: folder })
    run(join(tools, 'python'), ['-c', CIBUILDWHEEL_AUDIT, folder, wheel], { cwd: folder })
  },
  'pre-commit'(folder) {
    run('pre-commit', ['validate-config', join(folder, '.pre-commit-config.yaml')])
    run('pre-commit', ['validate-manifest', '.pre-commit-hooks.yaml'])
    // The tag of the page, on this commit, where the page's address leads.
    const mirror = join(scratch, 'mirror.git')
    const [, tag = ''] = /rev: (\S+)/.exec(readFileSync(join(folder, '.pre-commit-config.yaml'), 'utf8')) ?? []
    run('git', ['clone', '--quiet', '--bare', root, mirror])
    run('git', ['tag', '--force', tag], { cwd: mirror })
    Object.assign(environment, {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.file://${mirror}.insteadOf`,
      GIT_CONFIG_VALUE_0: 'https://github.com/distaudit/distaudit',
    })
  },
}

const checkRecipe = (file: string): string => run(join(tools, 'python'), ['-c', RECIPE, file])

/** rattler-build, which builds for conda-forge, reads the recipe and fills it in. */
const RECIPE = `
import sys
from rattler_build import Stage0Recipe, VariantConfig
assert len(Stage0Recipe.from_file(sys.argv[1]).render(VariantConfig())) == 1
`

/** The audit of cibuildwheel itself, with the options of the page, in an environment that it need not download virtualenv for. */
const CIBUILDWHEEL_AUDIT = `
import pathlib, sys, tempfile, tomllib, venv
from unittest import mock
from cibuildwheel import audit
options = tomllib.loads(pathlib.Path(sys.argv[1], "pyproject.toml").read_text())["tool"]["cibuildwheel"]
folder = pathlib.Path(tempfile.mkdtemp(dir=sys.argv[1]))
venv.create(folder / "audit_venv", with_pip=True)
audit.run_audit(
    tmp_dir=folder,
    build_options=mock.Mock(audit_command=options["audit-command"], audit_requires=options["audit-requires"]),
    wheel=pathlib.Path(sys.argv[2]),
)
`

function checkPackage(): void {
  const [wheel = '', sdist = ''] = ['.whl', '.tar.gz'].map(end =>
    join(dist, readdirSync(dist).find(name => name.endsWith(end)) ?? ''),
  )
  run('twine', ['check', '--strict', wheel, sdist])
  for (const profile of ['default', 'strict'])
    expect(
      `findings in the package (${profile})`,
      JSON.parse(run('node', ['dist/cli.cjs', '--no-config', '--format=json', `--profile=${profile}`, wheel, sdist]))
        .summary,
      { distributions: 2, error: 0, warning: 0, info: 0, rejectedByPyPI: 0 },
    )
  const site = join(scratch, 'types')
  run('python', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', site, wheel])
  const use = join(scratch, 'use.py')
  writeFileSync(
    use,
    'from distaudit import Report, audit\n\n\ndef rejected(path: str) -> int:\n    report: Report = audit(path)\n    return report.summary.rejected_by_pypi\n',
  )
  const env = { MYPYPATH: site, PYTHONPATH: site }
  run('mypy', ['--strict', `${site}/distaudit`, use], { env, cwd: scratch })
  run('mypy', ['--strict', '--platform', 'win32', `${site}/distaudit`], { env, cwd: scratch })
  writeFileSync(
    join(scratch, 'pyrightconfig.json'),
    JSON.stringify({ include: ['use.py', 'types/distaudit'], extraPaths: ['types'], typeCheckingMode: 'strict' }),
  )
  run('pyright', ['--project', join(scratch, 'pyrightconfig.json')], { cwd: scratch })
}

/** Every Python that uv finds here, and those of pyenv, installs the wheel; the sdist builds it again. */
function checkPythons(): void {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions')
  const pyenv = existsSync(versions) ? readdirSync(versions).map(name => join(versions, name, 'bin')) : []
  const PATH = [environment.PATH, ...pyenv].join(delimiter)
  const listed = run('uv', ['python', 'list', '--only-installed', '--output-format', 'json'], { env: { PATH } })
  const pythons = JSON.parse(listed) as {
    readonly version: string
    readonly path: string
    readonly implementation: string
  }[]
  const seen = new Set<string>()
  for (const { version, path, implementation } of pythons) {
    const [, minor = 0] = version.split('.').map(Number)
    if (implementation !== 'cpython' || minor < 9 || seen.has(String(minor))) continue
    seen.add(String(minor))
    const venv = join(scratch, `python-${minor}`)
    run('uv', ['venv', '--quiet', '--python', path, venv])
    run('uv', ['pip', 'install', '--quiet', '--python', venv, 'distaudit'])
    const python = join(venv, 'bin/python')
    run(python, ['-m', 'distaudit', '--no-config', fixture])
    run(python, ['-m', 'distaudit', '--no-config', 'fixtures/real'], { status: 1 })
    run(python, ['-m', 'distaudit', '--no-config', 'does-not-exist'], { status: 2 })
    const script = `from distaudit import *; r = audit("${fixture}", no_config=True); print(r.summary.error, r.distributions[0].name)`
    expect(`the report on Python 3.${minor}`, run(python, ['-c', script]).trim(), '0 zipp')
    for (const name of readdirSync('fixtures/reports')) run(python, ['-c', READ_REPORT, `fixtures/reports/${name}`])
  }
  console.log(
    `     on Python ${[...seen]
      .sort((a, b) => Number(a) - Number(b))
      .map(minor => `3.${minor}`)
      .join(', ')}`,
  )
  const built = join(scratch, 'built')
  run('pip', ['wheel', '--quiet', '--no-deps', '--no-binary', 'distaudit', '--wheel-dir', built, 'distaudit'])
  const [name = ''] = readdirSync(built)
  const same = readFileSync(join(built, name)).equals(readFileSync(join(dist, name)))
  expect('the wheel from the sdist is the same', same, true)
}

/** What an earlier version wrote. */
const READ_REPORT = `
import json, sys
from distaudit import Report
report = Report.from_json(json.load(open(sys.argv[1], encoding="utf-8")))
assert report.schema_version == "1" and len(list(report.all_findings())) > 10
`

/** Where spaces and signals have to come through. */
async function checkProcess(): Promise<void> {
  const folder = join(scratch, 'with a space and é')
  mkdirSync(folder)
  cpSync(fixture, join(folder, 'zipp-4.1.2-py3-none-any.whl'))
  run('distaudit', ['--no-config', folder])
  if (process.platform === 'linux')
    expect(
      'a name that is not UTF-8',
      run('bash', ['-c', `cp "$0" $'g\\xff-1.0.tar.gz' && distaudit --no-config g*`, join(root, fixture)], {
        cwd: scratch,
        status: 1,
      }).includes('its name is not UTF-8'),
      true,
    )
  const child = spawn('distaudit', ['--no-config', '--format', 'json', 'fixtures/real'], {
    env: { ...environment, NODE_OPTIONS: `--require=${writeBusy()}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise(resolve => child.stderr.once('data', resolve))
  const started = performance.now()
  child.kill('SIGINT')
  await new Promise(resolve => child.once('close', resolve))
  expect('Ctrl-C ends it within a second', performance.now() - started < 1000, true)
}

function writeBusy(): string {
  const path = join(scratch, 'busy.cjs')
  writeFileSync(path, "setImmediate(() => { require('node:fs').writeSync(2, 'busy'); for (;;); })")
  return path
}

/** Ways to start it that need no installation. */
function checkRunners(): void {
  const version = JSON.parse(readFileSync('package.json', 'utf8')).version
  const args = ['distaudit', '--version']
  expect('uvx', run('uvx', ['--quiet', ...args]).trim(), `distaudit ${version}`)
  expect(
    'pipx run',
    run('pipx', ['run', ...args])
      .trim()
      .split('\n')
      .at(-1),
    `distaudit ${version}`,
  )
  run('pipx', ['install', '--quiet', 'distaudit'])
  expect('pipx install', run(join(scratch, 'pipx-bin/distaudit'), ['--version']).trim(), `distaudit ${version}`)
}

/** Interleaved medians of the package for PyPI and the one for npm, on the Node of the first. */
function checkStart(): void {
  const python = join(project, 'python')
  const args = ['--no-config', '--quiet', fixture]
  const said = run(python, ['-c', MEASURE, 'dist/cli.cjs', join(project, 'distaudit'), ...args])
  const { npm, pypi } = JSON.parse(said) as Record<'npm' | 'pypi', { readonly cpu: number; readonly wall: number }>
  const ratio = pypi.cpu / npm.cpu
  const text = ({ cpu, wall }: typeof npm) => `${cpu} ms of the processor in ${wall} ms`
  console.log(`     npm ${text(npm)}, PyPI ${text(pypi)}: ${ratio.toFixed(2)} times`)
  expect('it starts in less than 1.5 times of the time', ratio < 1.5, true)
}

/** The first round keeps what was compiled. */
const MEASURE = `
import json, resource, statistics, subprocess, sys, time
from distaudit._command import find_node
ways = {"npm": [find_node(), sys.argv[1]], "pypi": [sys.argv[2]]}
times = {name: [] for name in ways}
for round in range(16):
    for name, command in ways.items():
        started, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*command, *sys.argv[3:]], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if round:
            times[name].append((cpu, time.monotonic() - started))
median = lambda values: int(statistics.median(values) * 1000)
print(json.dumps({n: {"cpu": median(c for c, _ in t), "wall": median(w for _, w in t)} for n, t in times.items()}))
`

/** What is handed to others, as far as it can be read here. */
function checkRecipes(): void {
  run('hadolint', ['packaging/container/Containerfile'])
  checkRecipe('packaging/conda/recipe.yaml')
  runRecipe()
  if (spawnSync('ruby', ['--version']).status === 0) run('ruby', ['-c', 'packaging/homebrew/distaudit.rb'])
  else console.log('     without ruby: packaging/homebrew/distaudit.rb is not read')
}

/** The path of the package for npm. */
function packNpm(): string {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', scratch], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ readonly filename: string }]
  return join(scratch, filename)
}

/** The script of the recipe, on the package unpacked as conda unpacks it, which is gone when its tests run. */
function runRecipe(): void {
  const [source, prefix] = [join(scratch, 'conda-source'), join(scratch, 'conda-prefix')]
  mkdirSync(source)
  run('tar', ['xzf', packNpm(), '-C', source, '--strip-components=1'])
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const steps = (pattern: RegExp) =>
    [...(pattern.exec(readFileSync('packaging/conda/recipe.yaml', 'utf8'))?.[1] ?? '').matchAll(/^ +- (.*)$/gm)]
      .map(([, step = '']) => step.replace(/\$\{\{ version \}\}/g, version))
      .join('\n')
  const env = { PREFIX: prefix, SRC_DIR: source }
  const build = steps(/^ {2}script:\n((?: {4}.*\n)+)/m)
  expect('the recipe has a script', build.includes('npm install'), true)
  run('bash', ['-euc', build], { cwd: source, env })
  rmSync(source, { recursive: true })
  const PATH = [join(prefix, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter)
  run(
    'bash',
    ['-euc', `${steps(/^ {2}- script:\n((?: {6}.*\n)+)/m)}\ndistaudit --no-config "$0"`, join(root, fixture)],
    {
      cwd: scratch,
      env: { PATH },
    },
  )
}

function checkNpm(): void {
  run('npx', ['--yes', 'publint@0.3.25', '--strict'])
  run('npx', ['--yes', '@arethetypeswrong/cli@0.18.5', '--pack', '.', '--profile', 'esm-only'])
  const folder = join(scratch, 'npm')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', packNpm()], { cwd: folder })
  run('npx', ['--no-install', 'distaudit', '--no-config', join(root, fixture)], { cwd: folder })
  const script = `import { audit } from 'distaudit'; console.log((await audit(['${join(root, fixture)}'])).summary.error)`
  expect('the library', run('node', ['--input-type=module', '--eval', script], { cwd: folder }).trim(), '0')
  checkSnippets(folder)
}

/** What docs/library.md and README.md show, on a file of the name that they use: types of all, and what runs without a browser. */
function checkSnippets(folder: string): void {
  mkdirSync(join(folder, 'dist'))
  cpSync(fixture, join(folder, 'dist/demo-1.0-py3-none-any.whl'))
  const texts = ['docs/library.md', 'README.md'].map(name => readFileSync(name, 'utf8'))
  const blocks = (language: string) =>
    texts.flatMap(text => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))])
  const scripts = blocks('ts').map(([, text = ''], index) => {
    const name = `snippet-${index}.mts`
    // In a page, `input` is an element.
    const browser = text.includes('distaudit/browser')
    writeFileSync(join(folder, name), browser ? `declare const input: { files: FileList }\n${text}` : text)
    return { name, browser }
  })
  expect('snippets of the library', scripts.length >= 4, true)
  const compiler = ['--strict', '--target', 'es2022', '--lib', 'es2023,dom', '--module', 'nodenext', '--outDir', 'made']
  const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
  run(join(root, 'node_modules/.bin/tsc'), [...compiler, ...types, ...scripts.map(one => one.name)], { cwd: folder })
  for (const { name, browser } of scripts)
    if (!browser) run('node', [`made/${name.replace('.mts', '.mjs')}`], { cwd: folder })
  const pythons = blocks('python')
  expect('snippets of Python', pythons.length >= 2, true)
  for (const [, text = ''] of pythons) run('python', ['-'], { cwd: folder, input: text })
}

const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)
let stop: (() => void) | undefined
try {
  execFileSync(process.execPath, ['node_modules/.bin/tsx', 'scripts/build-python.ts', dist], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, INIT_CWD: root },
  })
  stop = await startIndex()
  run('uv', ['venv', '--quiet', '--seed', '--python', join(tools, 'python'), dirname(project)])
  run('uv', ['pip', 'install', '--quiet', '--python', dirname(project), 'build', 'hatchling', 'distaudit'])
  if (isWanted('package')) {
    await check('the package for PyPI: metadata and types', checkPackage)
    await check('the package for PyPI: Pythons', checkPythons)
    await check('the package for PyPI: names and signals', checkProcess)
    await check('the package for PyPI: uvx and pipx', checkRunners)
  }
  if (isWanted('start')) await check('the package for PyPI: start', checkStart)
  if (isWanted('npm')) await check('the package for npm', checkNpm)
  if (isWanted('recipes')) await check('container, Homebrew and conda', checkRecipes)
  if (isWanted('workflows'))
    await check('workflows and the Action', () => run('zizmor', ['--offline', '.github/workflows', 'action.yml']))
  for (const page of integrationPages())
    if (isWanted(page.name) && page.name !== 'README')
      await check(`docs/integrations/${page.name}.md`, () => runPage(page))
} finally {
  stop?.()
  rmSync(scratch, { recursive: true, force: true })
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
