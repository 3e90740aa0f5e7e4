// Compares the parsers of src/distribution with Python's own, over the lines that scripts/python/read_members.py prints.
// usage: python3 scripts/python/read_members.py DIRECTORY | tsx scripts/compare-with-python.ts
import { createInterface } from 'node:readline'
import { differs, type Sample } from '../test/distribution/as-python.js'

const compared = new Map<string, number>()
const different = new Map<string, number>()
const add = (counts: Map<string, number>, kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1)

for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  const sample = JSON.parse(line) as Sample
  add(compared, sample.kind)
  const difference = differs(sample)
  if (difference === undefined) continue
  add(different, sample.kind)
  console.log(`${sample.archive} ${sample.member}: ${difference.slice(0, 600)}`)
}
for (const [kind, count] of compared) console.log(`${kind}: ${count} compared, ${different.get(kind) ?? 0} different`)
process.exitCode = different.size > 0 ? 1 : 0
