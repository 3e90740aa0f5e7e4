import { Ajv, type AnySchema } from 'ajv'
import Ajv2020Module from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { schemaFor } from '../../src/sbom/schemas.js'
import { formatFault } from '../../src/text/json-formats.js'
import { validate } from '../../src/text/json-schema.js'
import { parseJson } from '../../src/text/json-tree.js'
import { DOCUMENTS } from '../sbom/documents.js'
import { cpuSeconds } from '../support/cpu.js'
import fc from '../support/fc.js'

const Ajv2020 = Ajv2020Module.Ajv2020
const PARTS = ['spdx', 'jsf-0.82', 'cryptography-defs']
const FORMATS = ['date', 'date-time', 'iri-reference', 'uri', 'idn-email']

const validators = new Map<string, Promise<(value: unknown) => boolean>>()

/** ajv's verdict by the same schema. */
function ajvFor(name: string): Promise<(value: unknown) => boolean> {
  const known = validators.get(name) ?? compile(name)
  validators.set(name, known)
  return known
}

async function compile(name: string): Promise<(value: unknown) => boolean> {
  const options = { strict: false, logger: false, allErrors: false } as const
  const ajv = name.startsWith('spdx-3') ? new Ajv2020(options) : new Ajv(options)
  for (const format of FORMATS) ajv.addFormat(format, text => formatFault(format, text) === undefined)
  for (const part of [name, ...(name.startsWith('spdx') ? [] : PARTS)])
    ajv.addSchema(schemaFor(part)?.schema as AnySchema, part)
  return value => ajv.validate(name, value) === true
}

const jsonPaths = (value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] => [
  path,
  ...(Array.isArray(value)
    ? value.flatMap((item, i) => jsonPaths(item, [...path, i]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, item]) => jsonPaths(item, [...path, key]))
      : []),
]

const ODD: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  '',
  'x',
  'file',
  true,
  [],
  {},
  [{}],
  [1, 1],
  { name: 'x' },
  { type: 'file' },
]

/** The document with the value at a path replaced, removed, or joined by another key. */
function mutated(document: unknown, at: number, how: number): unknown {
  const copy = structuredClone(document)
  const paths = jsonPaths(copy).filter(path => path.length > 0)
  const path = paths[at % paths.length] ?? []
  let owner = copy as Record<string | number, unknown>
  for (const step of path.slice(0, -1)) owner = owner[step] as Record<string | number, unknown>
  const last = path.at(-1) ?? ''
  if (how === 0) Array.isArray(owner) ? owner.splice(Number(last), 1) : delete owner[last]
  else if (how === 1 && !Array.isArray(owner)) owner.added = 'x'
  else owner[last] = ODD[how % ODD.length]
  return copy
}

describe.each(Object.entries(DOCUMENTS))('%s', (name, document) => {
  it('is valid', async () => {
    const found = schemaFor(name)
    const { root } = parseJson(JSON.stringify(document))
    if (!found || !root) throw new Error(name)
    expect(validate(root, found.schema, found)).toEqual({ faults: [], complete: true })
  })
})

// Making ajv's validators takes most of the time, so not every version is compared.
describe.each(['cyclonedx-1.2', 'cyclonedx-1.5', 'cyclonedx-1.7', 'spdx-2.3', 'spdx-3.0.1'])('%s', name => {
  const document = DOCUMENTS[name]
  it('with one change is judged as ajv judges it', async () => {
    const found = schemaFor(name)
    const ajv = await ajvFor(name)
    fc.assert(
      fc.property(fc.nat(500), fc.nat(30), (at, how) => {
        const changed = mutated(document, at, how)
        const { root } = parseJson(JSON.stringify(changed))
        if (!found || !root) throw new Error(name)
        const { faults, complete } = validate(root, found.schema, found)
        expect(complete).toBe(true)
        expect(faults.length === 0, JSON.stringify(changed)).toBe(ajv(changed))
      }),
      { numRuns: 40 },
    )
  })
})

it('gives up where a document would take too long', async () => {
  const found = schemaFor('spdx-3.0.1')
  const text = `{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [${nested(90)}]}`
  const { root } = parseJson(text)
  if (!found || !root) throw new Error('schema')
  expect(await cpuSeconds(20, () => validate(root, found.schema, found))).toBeLessThan(20)
})

const nested = (depth: number): string => `${'{"from":'.repeat(depth)}"x"${'}'.repeat(depth)}`

describe('formats', () => {
  it.each([
    ['date-time', '2026-01-31T12:00:00Z', true],
    ['date-time', '2026-01-31T12:00:00.123456789+01:00', true],
    ['date-time', '2026-02-30T12:00:00Z', false],
    ['date-time', '2026-01-31T12:00:00', false],
    ['date-time', '2026-01-31', false],
    ['date', '2024-02-29', true],
    ['date', '2026-02-29', false],
    ['iri-reference', 'https://example.org/é?a=b#c', true],
    ['iri-reference', '../x', true],
    ['iri-reference', 'https://example.org/a b', false],
    ['uri', 'urn:x', true],
    ['uri', 'x', false],
    ['idn-email', 'ann@ann-author.dev', true],
    ['idn-email', 'Ann', false],
    ['unknown', 'anything', true],
  ])('%s %s', (format, text, valid) => expect(formatFault(format, text) === undefined).toBe(valid))
})
