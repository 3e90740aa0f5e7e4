import { describe, expect, it } from 'vitest'
import { buildExample, type File } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { variantFile } from '../../rules/variants/_variants.js'
import type { Example } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'
import { caseOf, FAULTS, type Fault, PROFILES } from './cases.js'

const VARIANT_RULES = RULES.filter(({ topic, id }) => topic === 'variants' && id !== 'variant-pypi-unsupported')
/** A wheel alone gives these in any case. */
const ALONE = new Set(['variants-json-missing', 'variants-json-orphan', 'variant-no-fallback'])

async function found(files: readonly File[]): Promise<readonly string[]> {
  const { findings, errors } = await auditBuilt(files, VARIANT_RULES)
  expect(errors).toEqual([])
  const told = findings.map(({ rule, severity }) => (severity === 'error' ? rule : `${rule}:${severity}`))
  return [...new Set(told)].filter(id => !ALONE.has(id.replace(/:.*/, ''))).sort()
}

const wanted = ({ finds }: Fault, profile: (typeof PROFILES)[number]) =>
  [...('pep825' in finds ? finds[profile] : finds)].sort()

describe.each(PROFILES)('variant.json in the format of %s', profile => {
  it.each(FAULTS.map(fault => [fault.name, fault] as const))('%s', async (_, fault) => {
    const { label, text } = caseOf(fault, profile)
    const example: Example = { wheel: variantFile(label, text) }
    expect(await found(await buildExample(example))).toEqual(wanted(fault, profile))
  })
})

/** Problems of a file name or of one wheel's label are none in the index-level file. */
const OF_WHEELS = new Set(['variant-json-label-mismatch', 'variant-label-invalid'])

describe.each(PROFILES)('an index-level file in the format of %s', profile => {
  it.each(FAULTS.map(fault => [fault.name, fault] as const))('%s', async (_, fault) => {
    const { text } = caseOf(fault, profile)
    const example: Example = { release: [{ variantsJson: { filename: 'demo-1.0-variants.json', text } }] }
    const rest = wanted(fault, profile).filter(id => !OF_WHEELS.has(id))
    expect(await found(await buildExample(example))).toEqual(rest)
  })
})
