import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import pep817 from '../../schemas/variants-817.schema.json' with { type: 'json' }
import pep825 from '../../schemas/variants-825.schema.json' with { type: 'json' }
import variantlib from '../../schemas/variants-variantlib.schema.json' with { type: 'json' }
import { type Schema, validate } from '../../src/text/json-schema.js'
import { parseJson } from '../../src/text/json-tree.js'
import { caseOf, FAULTS, PROFILES, sound } from './cases.js'

const SCHEMAS = { pep825, pep817, variantlib }

const AJV = Object.fromEntries(
  PROFILES.map(profile => [profile, new Ajv2020({ strict: true }).compile(SCHEMAS[profile])]),
)

function verdicts(profile: (typeof PROFILES)[number], text: string) {
  const { root } = parseJson(text)
  const faults = root && validate(root, SCHEMAS[profile] as Schema).faults
  return { own: faults?.length === 0, ajv: AJV[profile]?.(JSON.parse(text)) }
}

/** Every document that differs from a sound one in one value, key or item. */
function* spoilt(value: unknown): Generator<unknown> {
  for (const other of ['', 'X-1', 3, true, null, [], {}, [1], ['a', 'a'], { a: 1 }]) yield other
  if (Array.isArray(value)) {
    yield [...value, ...value]
    for (const [i, item] of value.entries()) for (const one of spoilt(item)) yield value.with(i, one)
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    for (const [i, [key, inner]] of entries.entries()) {
      yield Object.fromEntries(entries.filter((_, n) => n !== i))
      yield Object.fromEntries([...entries, [`${key}-x`, inner]])
      for (const one of spoilt(inner)) yield Object.fromEntries(entries.with(i, [key, one]))
    }
  }
}

describe.each(PROFILES)('the schema of %s', profile => {
  it('says the same of a document with places as ajv says of it', () => {
    let count = 0
    for (const document of [...spoilt(sound(profile))]) {
      count++
      const text = JSON.stringify(document)
      const { own, ajv } = verdicts(profile, text)
      expect(own, text).toBe(ajv)
    }
    expect(count).toBeGreaterThan(100)
  })

  it('says the same of every fault of the table that is JSON', () => {
    for (const fault of FAULTS) {
      const { text } = caseOf(fault, profile)
      if (parseJson(text).faults.length > 0) continue
      const { own, ajv } = verdicts(profile, text)
      expect(own, fault.name).toBe(ajv)
    }
  })
})
