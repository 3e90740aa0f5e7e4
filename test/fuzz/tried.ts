import { writeFileSync } from 'node:fs'
import type { Random } from './mutate.js'
import type { Case, Target } from './targets.js'

const SLOW = 1000

/**
 * Runs a case and gives the milliseconds that it took; in a promise where the target gives one. An exception, or more than a
 * second, and of the processor when it is tried again, is a failure: the case is written to fuzz-NAME-failure.bin, and `what`
 * says in the message which one it was.
 */
export function tried(
  name: string,
  target: Target,
  input: Case,
  random: Random,
  what: string,
): number | Promise<number> {
  function fail(message: string, cause?: unknown): never {
    const file = `fuzz-${name}-failure.bin`
    writeFileSync(file, input.bytes)
    throw new Error(`${name}: ${what} ${message}, written to ${file} (${JSON.stringify(input.filename)})`, { cause })
  }
  /** `clock` in milliseconds. */
  function timed(clock: () => number, after: (took: number) => number | Promise<number>): number | Promise<number> {
    const from = clock()
    const failed = (error: unknown) => fail('failed', error)
    const done = () => after(clock() - from)
    let result: unknown
    try {
      result = target.run(input, random)
    } catch (error) {
      failed(error)
    }
    return result instanceof Promise ? result.catch(failed).then(done) : done()
  }
  // The clock on the wall costs less to read, and who is slow once may have loaded a table, or waited for other processes.
  const judge = (took: number) => (took > SLOW ? fail(`took ${took.toFixed(0)} ms`) : took)
  return timed(wall, first => (first > SLOW ? timed(processor, judge) : first))
}

const wall = () => performance.now()

function processor(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
