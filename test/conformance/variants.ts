/**
 * Compares the rules on variants with variantlib 0.2.2: `npm run variants [-- --record]`. Installs variantlib into .cache/,
 * lets it judge every problem of test/variants/cases.ts, makes variant wheels and their index-level file with its command, and
 * compares them with ours. `--record` writes what `npm test` repeats without Python.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWheel } from '../../fixtures/build.js'
import { caseOf, FAULTS, PROFILES } from '../variants/cases.js'
import { RECORDED, recordedAnswers, WHEELS } from '../variants/recorded.js'

const VARIANTLIB = '0.2.2'
const here = fileURLToPath(new URL('.', import.meta.url))
const venv = fileURLToPath(new URL('../../.cache/variantlib-venv', import.meta.url))

const PYPROJECT = `[variant.default-priorities]
namespace = ["x86_64", "blas"]

[variant.providers.x86_64]
requires = ["provider-variant-x86-64>=0.0.1"]
plugin-api = "provider_variant_x86_64.plugin:X8664Plugin"

[variant.providers.blas]
static-properties = { library = ["mkl", "openblas"] }
`
const VARIANTS = [
  ['--null-variant'],
  ['--variant-label', 'v3', '-p', 'x86_64 :: level :: v3'],
  ['-p', 'x86_64 :: level :: v3', 'x86_64 :: level :: v2', 'blas :: library :: mkl'],
]

function prepare(): void {
  if (!existsSync(`${venv}/bin/python`)) execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' })
  execFileSync(`${venv}/bin/python`, ['-m', 'pip', 'install', '--quiet', `variantlib[cli]==${VARIANTLIB}`], {
    stdio: 'inherit',
  })
}

/** What variantlib says of each problem in each profile. */
function judge(): Record<string, string | null> {
  const cases = PROFILES.flatMap(profile =>
    FAULTS.map(fault => ({ key: `${profile}: ${fault.name}`, ...caseOf(fault, profile) })),
  )
  const input = JSON.stringify(cases.map(({ label, text }) => [label, text]))
  const output = execFileSync(`${venv}/bin/python`, [`${here}variantlib_answers.py`], {
    input,
    encoding: 'utf8',
    stdio: 'pipe',
  })
  const answers = JSON.parse(output) as (string | null)[]
  return Object.fromEntries(cases.map(({ key }, i) => [key, answers[i] ?? null]))
}

/** Makes variant wheels and their index-level file in a new directory. */
async function makeWheels(folder: string): Promise<string> {
  const plain = await buildWheel({})
  writeFileSync(join(folder, plain.filename), plain.bytes)
  writeFileSync(join(folder, 'pyproject.toml'), PYPROJECT)
  const out = join(folder, 'out')
  mkdirSync(out)
  const run = (...args: readonly string[]) => execFileSync(`${venv}/bin/variantlib`, args, { stdio: 'pipe' })
  const common = ['-f', join(folder, plain.filename), '-o', out, '--skip-plugin-validation', '--pyproject-toml']
  for (const options of VARIANTS) run('make-variant', ...common, join(folder, 'pyproject.toml'), ...options)
  run('generate-index-json', '-d', out)
  return out
}

if (spawnSync('python3', ['--version']).status !== 0) console.log('skipped: python3 is not here')
else {
  prepare()
  const answers = judge()
  const folder = mkdtempSync(join(tmpdir(), 'distaudit-variants-'))
  const out = await makeWheels(folder)
  if (process.argv.includes('--record')) {
    writeFileSync(RECORDED, `${JSON.stringify({ variantlib: VARIANTLIB, answers }, null, 2)}\n`)
    for (const name of readdirSync(out)) copyFileSync(join(out, name), join(WHEELS, name))
  }
  const recorded = recordedAnswers()
  const differ = Object.keys(answers).filter(key => answers[key] !== recorded[key])
  for (const key of differ) console.log(`${key}: variantlib says ${answers[key]}, recorded is ${recorded[key]}`)
  const ours = spawnSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'variants-json', out], {
    encoding: 'utf8',
  })
  const theirs = readFileSync(join(out, 'demo-1.0-variants.json'), 'utf8')
  const same = ours.stdout.trimEnd() === theirs.trimEnd()
  if (!same) console.log(`the index-level files differ:\n${ours.stderr}${ours.stdout}\n${theirs}`)
  rmSync(folder, { recursive: true })
  console.log(
    `${Object.keys(answers).length} documents, ${differ.length} other answers than recorded; ${VARIANTS.length} wheels, index file ${same ? 'the same' : 'another'}`,
  )
  process.exitCode = differ.length > 0 || !same ? 1 : 0
}
