/**
 * `npm run hostile` ends with this, and `npx tsx test/hostile/growth.ts PATTERN` runs some of it: the worst text for each field and
 * each reader, and many of each thing, at three sizes. Fails where the time of the processor grows faster than the file.
 */
import { GROWING, growthFault } from '../support/growth.js'

const wanted = new RegExp(process.argv[2] ?? '.')
const cases = GROWING.filter(({ name }) => wanted.test(name))
let failed = 0
for (const one of cases) {
  const fault = await growthFault(one).catch(error => `${one.name}: ${error instanceof Error ? error.message : error}`)
  if (fault === undefined) continue
  failed++
  console.log(`FAIL ${fault}`)
}
console.log(`${cases.length} files, ${failed} whose time grows faster than they do`)
process.exitCode = failed === 0 ? 0 : 1
