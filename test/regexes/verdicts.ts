/**
 * `npx tsx test/regexes/verdicts.ts`: asks recheck about each regular expression literal of the product that verdicts.json does not
 * know, and writes down what it says. A literal that may take more than linear time has to be changed, or to get its reason here.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { check } from 'recheck'
import { regexLiterals } from './literals.js'

const file = fileURLToPath(new URL('verdicts.json', import.meta.url))

/** `safe`, or what is wrong; with a colon and a reason, why it does no harm. */
export type Verdicts = Readonly<Record<string, string>>

export const knownVerdicts = (): Verdicts => JSON.parse(readFileSync(file, 'utf8')) as Verdicts

/** What recheck says: `safe`, or in words what it found. */
export async function verdictOf(source: string, flags: string): Promise<string> {
  // It does not know the flag for indices, which changes nothing in how long a search takes.
  const result = await check(source, flags.replace('d', ''), { timeout: 20_000 })
  if (result.status === 'vulnerable') return result.complexity.summary
  return result.status === 'safe' ? 'safe' : `unknown (${result.error.kind})`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const known = knownVerdicts()
  const verdicts: Record<string, string> = {}
  for (const [key, { source, flags, files }] of [...regexLiterals()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const verdict = known[key] ?? (await verdictOf(source, flags))
    verdicts[key] = verdict
    if (known[key] === undefined && verdict !== 'safe') console.log(`${verdict}: ${key} in ${files.join(', ')}`)
  }
  writeFileSync(file, `${JSON.stringify(verdicts, undefined, 2)}\n`)
}
