import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { ruleFiles } from '../../scripts/generate-registry.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import { parseMetadata } from '../../src/distribution/metadata.js'
import { readDistribution } from '../../src/distribution/read.js'
import type { AnyRule } from '../../src/rule.js'
import { bytesSource } from '../../src/source/source.js'

/** What packaging 26.4 said of 127 METADATA files. */
const CASES = new URL('../../../shared/expected/packaging-cases.jsonl', import.meta.url)

interface Case {
  readonly kind: string
  readonly input: string
  readonly errors?: readonly string[]
}

const found = existsSync(CASES)
if (!found) console.warn(`skipped: ${CASES.pathname} is missing`)
const cases = (found ? readFileSync(CASES, 'utf8').trim().split('\n') : [])
  .map(line => JSON.parse(line) as Case)
  .filter(({ kind }) => kind === 'metadata' || kind === 'parse-email')

const topics = ['metadata', 'license', 'dependencies', 'description']
const rules = await Promise.all(
  ruleFiles()
    .filter(file => topics.includes(file.split('/')[0] ?? ''))
    .map(
      async file =>
        ((await import(new URL(`../../rules/${file}.ts`, import.meta.url).href)) as { default: AnyRule }).default,
    ),
)

/** A wheel of which only the metadata counts. */
async function anyWheel(): Promise<Wheel> {
  const { filename, bytes } = await buildWheel({})
  const options = { limits: DEFAULT_LIMITS, needs: new Set<never>(), now: () => 0 }
  const wheel = await readDistribution({ path: filename, filename, source: bytesSource(bytes) }, options)
  if (wheel.kind !== 'wheel') throw new Error('the built wheel is none')
  return wheel
}

/** Fields that packaging refuses, by our rules. */
function refused(wheel: Wheel): ReadonlySet<string> {
  const fields = new Set<string>()
  for (const rule of rules)
    for (const draft of rule.applies.includes('wheel')
      ? rule.check(wheel, { preview: false, limits: DEFAULT_LIMITS })
      : [])
      if ((draft.enforcedBy ?? rule.enforcedBy).includes('packaging')) fields.add((draft.at?.field ?? '').toLowerCase())
  return fields
}

describe.skipIf(!found)('what packaging refuses', async () => {
  const wheel = await anyWheel()
  it.each(cases.map(one => [one.kind, one.input, one.errors ?? []] as const))('%s %j', (kind, input, errors) => {
    const bytes = Buffer.from(input, kind === 'parse-email' ? 'latin1' : 'utf8')
    const metadata = parseMetadata({ member: 'demo-1.0.dist-info/METADATA', bytes, cut: false, size: bytes.length })
    const fields = refused({ ...wheel, metadata })
    // A multipart file has no description either; the cause is one header.
    const named = errors.map(error => error.slice(0, error.indexOf(':')))
    const expected = named.filter(field => field !== 'description' || !named.includes('content-type'))
    // A file without any header gives one finding instead of one for each required field.
    if (metadata.fields.length === 0) expect(fields.size).toBeGreaterThan(0)
    else expect([...fields].sort()).toEqual([...new Set(expected)].sort())
  })
})
