import { writeFileSync } from 'node:fs'
import type { Random } from './mutate.js'
import type { Case, Target } from './targets.js'

const SLOW = 1000

/**
 * Runs a case and gives the milliseconds of the processor that it took; in a promise where the target gives one. An
 * exception, or more than a second twice over, is a failure: the case is written to fuzz-NAME-failure.bin, and `what`
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
  function once(after: (took: number) => number | Promise<number>): number | Promise<number> {
    const from = process.cpuUsage()
    const failed = (error: unknown) => fail('failed', error)
    const done = () => {
      const { user, system } = process.cpuUsage(from)
      return after((user + system) / 1000)
    }
    let result: unknown
    try {
      result = target.run(input, random)
    } catch (error) {
      failed(error)
    }
    return result instanceof Promise ? result.catch(failed).then(done) : done()
  }
  // Who is slow once may have loaded a table.
  return once(first => (first > SLOW ? once(took => (took > SLOW ? fail(`took ${took.toFixed(0)} ms`) : took)) : first))
}
