/**
 * `npm run release -- DIR`: writes what a release uploads into DIR: `npm/` (the package), `pypi/` (the wheel and the sdist), `action/`
 * (what is put next to action.yml) and SHA256SUMS; each is tried. `--dry-run` does the same and keeps nothing. The upload is the
 * work of .github/workflows/release.yml alone, which the registries trust.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { VERSION } from '../src/version.js'
import { copyBundle } from './copy-bundle.js'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'dry-run': { type: 'boolean' } } })
if (values['dry-run'] === (positionals.length === 1)) {
  console.error('usage: npm run release -- DIR | --dry-run')
  process.exit(2)
}
const out = values['dry-run']
  ? mkdtempSync(join(tmpdir(), 'distaudit-release-'))
  : resolve(process.env.INIT_CWD ?? '.', positionals[0] ?? '')
process.chdir(fileURLToPath(new URL('../', import.meta.url)))

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }
if (version !== VERSION) throw new Error(`package.json is ${version}, src/version.ts is ${VERSION}`)
if (!values['dry-run'] && !readFileSync('CHANGELOG.md', 'utf8').includes(`\n## ${version}`))
  throw new Error(`CHANGELOG.md has no part for ${version}`)

const tsx = (...args: string[]) =>
  execFileSync(process.execPath, ['node_modules/.bin/tsx', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, INIT_CWD: process.cwd() },
  })
const directory = (name: string): string => {
  const path = join(out, name)
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  return path
}

tsx('scripts/build.ts')
const npm = directory('npm')
execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', npm], { stdio: 'ignore' })
const pypi = directory('pypi')
tsx('scripts/build-python.ts', pypi, '--no-bundle')
const action = directory('action')
copyBundle(join(action, 'bundle'))

// What is published passes its own audit, run by the bundle of the Action as GitHub runs it: from a folder with nothing else.
cpSync('action/index.cjs', join(action, 'index.cjs'))
execFileSync(process.execPath, [join(action, 'index.cjs')], {
  cwd: out,
  stdio: 'inherit',
  env: {
    PATH: process.env.PATH,
    INPUT_PATH: 'pypi',
    INPUT_PROFILE: 'strict',
    'INPUT_FAIL-ON': 'warning',
    INPUT_SUMMARY: 'false',
    INPUT_ANNOTATIONS: 'false',
  },
})
rmSync(join(action, 'bundle/compile-cache'), { recursive: true, force: true })

const files = ['npm', 'pypi'].flatMap(folder => readdirSync(join(out, folder)).map(name => `${folder}/${name}`))
if (files.length !== 3 || !existsSync(join(action, 'bundle/cli.cjs'))) throw new Error(`something is missing: ${files}`)
const sums = files.map(
  file =>
    `${createHash('sha256')
      .update(readFileSync(join(out, file)))
      .digest('hex')}  ${file.replace(/.*\//, '')}\n`,
)
writeFileSync(join(out, 'SHA256SUMS'), sums.join(''))
console.log(sums.join('').trimEnd())
if (values['dry-run']) rmSync(out, { recursive: true, force: true })
