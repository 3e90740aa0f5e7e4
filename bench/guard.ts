/**
 * `npm run guard -- [--write]`: fails when distaudit has become slower. What counts is its processor time over that of the least
 * program that could do the same, in one run of both by turns: that ratio is nearly the same on every machine, and a busy one
 * only blurs it. bench/guard.json has the ratios of the last time that somebody accepted them, which `--write` does.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { madeWheels } from './made.js'

process.chdir(fileURLToPath(new URL('../', import.meta.url)))
const TABLE = 'bench/guard.json'
/** So much slower is chance. */
const TOLERANCE = 1.35

const { middle, many } = madeWheels('.cache/bench')
const node = (...args: readonly string[]) => [process.execPath, ...args]
const own = (...args: readonly string[]) =>
  node('dist/cli.cjs', '--no-config', '--fail-on', 'never', '-j', '1', ...args)
const cases = {
  start: { floor: node('-e', '0'), own: own('--version'), rounds: 25 },
  small: { floor: node('-e', '0'), own: own('fixtures/real/zipp-4.1.2-py3-none-any.whl'), rounds: 25 },
  middle: { floor: node('bench/floor.mjs', middle), own: own(middle), rounds: 7 },
  many: { floor: node('bench/floor.mjs', many), own: own(many), rounds: 7 },
}

const known = JSON.parse(readFileSync(TABLE, 'utf8')) as Record<string, number>
const found: Record<string, number> = {}
const slower: string[] = []
console.log('| what | floor, CPU s | distaudit, CPU s | ratio | accepted |\n|---|---|---|---|---|')
for (const [name, { floor, own, rounds }] of Object.entries(cases)) {
  const [least, mine] = JSON.parse(
    execFileSync('python3', ['bench/run.py', String(rounds)], {
      input: JSON.stringify([floor, own]),
      encoding: 'utf8',
    }),
  ) as { least: number; status: number }[]
  if (!least || !mine || least.status !== 0 || mine.status !== 0) throw new Error(`${name}: a program failed`)
  const ratio = mine.least / least.least
  found[name] = Number(ratio.toFixed(2))
  const accepted = known[name] ?? 0
  console.log(
    `| ${name} | ${least.least.toFixed(3)} | ${mine.least.toFixed(3)} | ${ratio.toFixed(2)} | ${accepted.toFixed(2)} |`,
  )
  if (ratio > accepted * TOLERANCE) slower.push(`${name} (${ratio.toFixed(2)}, accepted ${accepted.toFixed(2)})`)
}
if (process.argv.includes('--write')) writeFileSync(TABLE, `${JSON.stringify(found, null, 2)}\n`)
else if (slower.length > 0) {
  console.error(`Slower than accepted by more than ${Math.round((TOLERANCE - 1) * 100)} %: ${slower.join(', ')}.`)
  process.exitCode = 1
}
