/**
 * `npm run build:python -- DIR [--no-bundle]`: writes the wheel and the sdist for PyPI into DIR. The sources are in
 * packaging/python, the version is that of package.json, and the sdist has the bundle in it, so that it builds without Node.
 * Needs Python 3.10 or later. `--no-bundle` takes dist/ as it is.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { copyBundle } from './copy-bundle.js'
import { thirdParty } from './generate-third-party.js'
import { BUNDLED_IN_COMMAND, pythonSbom } from './python-sbom.js'

/** The license texts of a wheel, one beside another; the text of the GPL is for a file that is not in the wheel of docutils. */
const LICENSES_OF = `
import sys, pathlib, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
project = pathlib.Path(sys.argv[1]).name.split("-")[0]
for name in wheel.namelist():
    if ".dist-info/licenses/" in name and not name.endswith("/") and "gpl" not in name:
        pathlib.Path(sys.argv[2], project + "-" + name.rsplit("/", 1)[1]).write_bytes(wheel.read(name))
`

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'no-bundle': { type: 'boolean' } } })
const [target] = positionals
if (target === undefined || positionals.length > 1) {
  console.error('usage: npm run build:python -- DIR [--no-bundle]')
  process.exit(2)
}
const out = resolve(process.env.INIT_CWD ?? '.', target)
process.chdir(fileURLToPath(new URL('../', import.meta.url)))
if (!values['no-bundle'] || !existsSync('dist/cli.cjs'))
  execFileSync(process.execPath, ['node_modules/.bin/tsx', 'scripts/build.ts'], { stdio: 'inherit' })

const stage = '.cache/python/package'
const module = `${stage}/src/distaudit`
const python = preparePython()
rmSync(stage, { recursive: true, force: true })
mkdirSync(stage, { recursive: true })
for (const name of ['pyproject.toml', 'README.md', 'licenses', 'src'])
  copy(`packaging/python/${name}`, `${stage}/${name}`)
cpSync('LICENSE', `${stage}/LICENSE`)
writeFileSync(`${stage}/THIRD-PARTY.md`, thirdParty(BUNDLED_IN_COMMAND, ['third-party-zlib.md']))
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
writeFileSync(`${module}/_version.py`, `__version__ = "${version}"\n`)
writeFileSync(`${stage}/sbom.cdx.json`, pythonSbom())
copyBundle(`${module}/_node`)
for (const name of readdirSync('dist/renderer').filter(name => name.endsWith('.whl')))
  execFileSync(python, ['-c', LICENSES_OF, `dist/renderer/${name}`, `${stage}/licenses`])
mkdirSync(out, { recursive: true })
// First the sdist, and from that the wheel: so it can be built from there by anybody.
execFileSync(python, ['-m', 'build', '--no-isolation', '--outdir', out, stage], {
  stdio: ['ignore', 'ignore', 'inherit'],
})

/** Without what Python leaves beside modules that ran from here. */
function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: path => !/__pycache__|\.(?:mypy|pytest|ruff)_cache/.test(path) })
}

/** A Python that has the pinned builder, in .cache/. */
function preparePython(): string {
  const requirements = resolve('packaging/python/build-requirements.txt')
  const environment = '.cache/python/environment'
  const path = resolve(environment, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const done = join(environment, 'requirements.txt')
  const wanted = readFileSync(requirements, 'utf8')
  if (existsSync(done) && readFileSync(done, 'utf8') === wanted) return path
  rmSync(environment, { recursive: true, force: true })
  execFileSync(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', environment], { stdio: 'inherit' })
  execFileSync(
    path,
    [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '--require-hashes',
      '--requirement',
      requirements,
    ],
    { stdio: 'inherit' },
  )
  writeFileSync(done, wanted)
  return path
}
