import { sharedCases, toDraft } from '../../src/contract/cases.js'
import { COMMA_LISTS } from '../../src/contract/core-items.js'
import { type PromiseDifference, promiseCases, saidBy } from '../../src/contract/dynamic-contract.js'
import { keyPlaces } from '../../src/contract/key-fields.js'
import { WHEEL_ENDING } from '../../src/contract/static-cases.js'
import { causeOf, weightOf } from '../../src/contract/weight.js'
import type { Severity } from '../../src/finding.js'
import { rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

/** Without `[project]`: only PKG-INFO makes the promise. */
const pyproject = '[build-system]\nrequires = ["setuptools"]\n'

const sdist = (requires: readonly string[]) => ({
  pyproject,
  metadata: { 'Metadata-Version': '2.6', Dynamic: 'Requires-Dist', 'Requires-Dist': requires },
})

export default rule({
  id: 'dynamic-value-lost',
  topic: 'release',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Dynamic"; PEP 808',
  url: coreMetadata('dynamic'),
  summary: 'A wheel omits or changes an entry that PKG-INFO contains in a Dynamic field.',
  why: 'From Metadata-Version 2.6 on, a build may only add entries to such a field, and tools rely on the entries in the sdist.',
  breaks: 'Tools that resolve with the metadata of the sdist install different dependencies than those of the wheel.',
  fix: 'Configure the backend to only add entries, and not to change the existing ones.',
  bad: [
    {
      release: [
        { sdist: sdist(['packaging', 'torch']) },
        { wheel: { metadata: { 'Metadata-Version': '2.6', 'Requires-Dist': ['packaging', 'torch==2.8.0'] } } },
      ],
      alsoGives: ['metadata-version-unsupported-by-index'],
    },
    {
      release: [
        { sdist: sdist(['attrs>=25,!=24']) },
        { wheel: { metadata: { 'Metadata-Version': '2.6', 'Requires-Dist': 'attrs>=25' } } },
      ],
      alsoGives: ['metadata-version-unsupported-by-index'],
    },
    {
      release: [
        { sdist: { pyproject, metadata: { 'Metadata-Version': '2.6', Dynamic: 'Keywords' } } },
        { wheel: { metadata: { 'Metadata-Version': '2.6', Keywords: 'demo' } } },
      ],
      alsoGives: ['metadata-version-unsupported-by-index'],
    },
  ],
  good: {
    release: [
      {
        sdist: {
          ...sdist(['packaging', 'torch']),
          metadata: { ...sdist(['packaging', 'torch']).metadata, 'Metadata-Version': '2.5' },
        },
      },
      { wheel: { metadata: { 'Metadata-Version': '2.5', 'Requires-Dist': ['packaging', 'torch==2.8.0'] } } },
    ],
  },
  *check({ sdists, wheels }) {
    for (const sdist of sdists)
      for (const shared of sharedCases(promiseCases(sdist, wheels), kindOf)) {
        const [first] = shared.differences
        const { field } = first
        yield {
          ...toDraft(shared, {
            said: saidBy,
            sdist,
            place: { member: sdist.metadata?.member, line: 1, field },
            also: keyPlaces(sdist, field),
            ending: `From Metadata-Version 2.6 on, ${WHEEL_ENDING}`,
          }),
          severity: severityOf(first),
        }
      }
  },
})

const kindOf = (difference: PromiseDifference): string | undefined => {
  const { promised, verdict, field } = difference
  if (promised !== 'kept' || verdict === 'added' || verdict === 'inserted') return undefined
  return `${severityOf(difference)} ${causeOf(field)}`
}

function severityOf(difference: PromiseDifference): Severity {
  const weight = weightOf(difference)
  return weight === 'info' ? weight : COMMA_LISTS.has(difference.field) ? 'warning' : 'error'
}
