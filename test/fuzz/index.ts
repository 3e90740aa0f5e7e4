/**
 * Fuzzing: `npm run fuzz -- TARGET [--runs N] [--seed S]`; TARGET `all` for each in turn, `list` for the names. With
 * `--guided [--seconds N]` Jazzer.js makes the cases, by the branches that they reach.
 * Fails on an exception, on a case that takes more than a second of the processor, and on memory that grows; what failed is
 * written to fuzz-TARGET-failure.bin. Without Jazzer.js the cases are the same for the same seed.
 */
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { RULES } from '../../rules/registry/index.js'
import { guided } from './guided.js'
import { generator } from './mutate.js'
import { gatherSeeds } from './seeds.js'
import { type Target, targetsOf } from './targets.js'
import { tried } from './tried.js'

/** Caches and compiled code fill up in the first quarter; what is in use after it is what must not grow. */
const GROWTH = 24 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Bytes in use. What a first collection finds unused gives its buffers back in the second. */
async function inUse(): Promise<number> {
  for (let turn = 0; turn < 2; turn++) {
    collectGarbage()
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function fuzz(name: string, target: Target, runs: number, seed: number): Promise<void> {
  const random = generator(seed)
  const started = performance.now()
  let slowest = 0
  let base: number | undefined
  for (let index = 0; index < runs; index++) {
    const input = target.next(random)
    const result = tried(name, target, input, random, `case ${index} of seed ${seed}`)
    slowest = Math.max(slowest, typeof result === 'number' ? result : await result)
    // Timers and I/O must get their turn, and so must signals.
    if (index % 1000 === 999) await new Promise(resolve => setImmediate(resolve))
    if (index === Math.floor(runs / 4)) base = await inUse()
    if (index % 50_000 === 49_999) console.log(`${name}: ${index + 1}`)
  }
  const end = await inUse()
  const grown = end - (base ?? end)
  const seconds = (performance.now() - started) / 1000
  console.log(
    `${name}: ${runs} cases of seed ${seed} in ${seconds.toFixed(0)} s; slowest ${slowest.toFixed(0)} ms; memory grew by ${(grown / 1024 / 1024).toFixed(0)} MiB`,
  )
  if (grown > GROWTH) throw new Error(`${name}: memory grew by ${grown} bytes in the last three quarters`)
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '20261125' },
    guided: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
  },
})
const targets = targetsOf(await gatherSeeds(RULES))
const [wanted = 'list'] = positionals
const names = wanted === 'all' ? Object.keys(targets) : [wanted]
if (wanted === 'list') console.log(Object.keys(targets).join('\n'))
else
  for (const name of names) {
    const target = targets[name]
    if (!target) throw new Error(`there is no target ${name}`)
    try {
      const seed = Number(values.seed)
      if (!values.guided) await fuzz(name, target, Number(values.runs), seed)
      else if (!(await guided(name, target, Number(values.seconds), seed))) process.exitCode = 1
    } catch (error) {
      console.error(error)
      process.exitCode = 1
    }
  }
