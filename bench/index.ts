/**
 * `npm run bench -- [against=DIR] [svg=FILE] [FILE...]`: whole-process time, CPU and memory of distaudit beside other tools on the same files, in one run.
 * With `against=DIR`, another checkout that is built, this one's build and that one's are compared too. With `svg=FILE` the ratios are
 * drawn.
 * Without files: a small, a middle and a large wheel and an sdist of ../shared's corpus under $DISTAUDIT_CORPUS, or the
 * fixtures. The numbers to read are the ratios: each tool's wall time over distaudit's.
 */

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bar, barChart } from '../scripts/census/chart.js'
import { sizeText } from '../src/wording.js'

const root = fileURLToPath(new URL('../', import.meta.url))
process.chdir(root)
const ROUNDS = Number(process.env.ROUNDS ?? 7)
const PEERS = [
  'twine==7.0.0',
  'check-wheel-contents==0.6.3',
  'pydistcheck==0.11.3',
  'auditwheel==6.8.2',
  'abi3audit==0.0.26',
  'delvewheel',
]
const venv = '.cache/bench-venv'
const option = (name: string) => process.argv.find(arg => arg.startsWith(`${name}=`))?.slice(name.length + 1)
const older = option('against')
const svg = option('svg')

/** The other tools, once. */
function installPeers(): void {
  if (existsSync(`${venv}/bin/twine`)) return
  mkdirSync('.cache', { recursive: true })
  execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' })
  execFileSync(`${venv}/bin/pip`, ['install', '--quiet', ...PEERS], { stdio: 'inherit' })
}

/** What `unzip -t` and a hash of each member cost: the least work anybody can do. */
const UNZIP_AND_HASH = `import hashlib,sys,zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    for i in z.infolist():
        with z.open(i) as f: hashlib.file_digest(f,'sha256')`

function commandsFor(file: string): readonly { readonly name: string; readonly command: readonly string[] }[] {
  const wheel = file.endsWith('.whl')
  const tool = (name: string, ...args: readonly string[]) => ({
    name: [name, ...args].join(' '),
    command: [`${venv}/bin/${name}`, ...args, file],
  })
  const own = (name: string, folder: string) => ({
    name,
    command: [process.execPath, join(folder, 'dist/cli.cjs'), '--no-config', '--fail-on', 'never', file],
  })
  const all = [
    own('distaudit', '.'),
    ...(older === undefined ? [] : [own('the older build', older)]),
    { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
    wheel ? { name: 'unzip -t', command: ['unzip', '-tq', file] } : { name: 'gzip -t', command: ['gzip', '-t', file] },
    ...(wheel ? [{ name: 'zipfile + sha256', command: ['python3', '-c', UNZIP_AND_HASH, file] }] : []),
    tool('twine', 'check'),
    tool('pydistcheck'),
    ...(wheel ? [tool('check-wheel-contents')] : []),
    ...(/linux/.test(file) ? [tool('auditwheel', 'show')] : []),
    ...(/abi3/.test(file) ? [tool('abi3audit')] : []),
    ...(/win/.test(basename(file)) && wheel ? [tool('delvewheel', 'show')] : []),
  ]
  return all.filter(({ command }) => command[0] !== 'unzip' || spawnSync('unzip', ['-v']).status === 0)
}

function defaultFiles(): readonly string[] {
  const corpus = process.env.DISTAUDIT_CORPUS
  if (!corpus) return readdirSync('fixtures/real').map(name => join('fixtures/real', name))
  const names = readdirSync(corpus)
  const nearest = (suffix: string, size: number, pattern = /./) =>
    names
      .filter(name => name.endsWith(suffix) && pattern.test(name))
      .map(name => join(corpus, name))
      .sort((a, b) => Math.abs(statSync(a).size - size) - Math.abs(statSync(b).size - size))[0] ?? ''
  const MB = 1_000_000
  return [
    nearest('.whl', 0.02 * MB, /none-any/),
    nearest('.whl', 2 * MB, /manylinux.*x86_64/),
    nearest('.whl', 25 * MB, /manylinux.*x86_64/),
    nearest('.tar.gz', 2 * MB),
  ]
}

installPeers()
const named = process.argv.slice(2).filter(arg => !/^(?:against|svg)=/.test(arg))
const files = named.length > 0 ? named : defaultFiles()
const bars: Bar[] = []
for (const file of files) {
  const commands = commandsFor(file)
  const measured = JSON.parse(
    execFileSync('python3', ['bench/run.py', String(ROUNDS)], {
      input: JSON.stringify(commands.map(one => one.command)),
      encoding: 'utf8',
    }),
  ) as { wall: number; cpu: number; memory: number; status: number }[]
  const own = measured[0]?.wall ?? 1
  console.log(`\n${basename(file)}, ${sizeText(statSync(file).size)}; best of ${ROUNDS}\n`)
  console.log('| command | wall s | CPU s | peak MB | wall against distaudit |\n|---|---|---|---|---|')
  for (const [i, { name }] of commands.entries()) {
    const row = measured[i]
    if (row && i > 0) {
      const ratio = row.wall / own
      bars.push({ label: `${shortName(file)}: ${name}`, value: ratio, text: ratio.toFixed(2) })
    }
    if (row)
      console.log(
        `| ${name} | ${row.wall.toFixed(3)} | ${row.cpu.toFixed(3)} | ${row.memory.toFixed(0)} | ${(row.wall / own).toFixed(2)} |`,
      )
  }
}
if (svg !== undefined) writeFileSync(svg, barChart('Wall time of other programs, where distaudit takes 1', bars))

/** The project alone: labels are short. */
function shortName(file: string): string {
  return basename(file).split('-', 1)[0] ?? ''
}
