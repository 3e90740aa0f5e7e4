import { toDraft } from '../../src/contract/cases.js'
import { RESOLUTION } from '../../src/contract/core-items.js'
import { type PromiseDifference, promiseCases, saidBy } from '../../src/contract/dynamic-contract.js'
import { keyPlaces } from '../../src/contract/key-fields.js'
import { WHEEL_ENDING } from '../../src/contract/static-cases.js'
import type { Severity } from '../../src/finding.js'
import { rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

/** Two answers to what is installed are an error; elsewhere the wheel may have been changed after it was built. */
function severityOf({ verdict, field }: PromiseDifference): Severity {
  if (verdict === 'reordered') return 'info'
  return RESOLUTION.has(field) && verdict !== 'respelled' ? 'error' : 'warning'
}

/** Without `[project]`: the promise is PKG-INFO's alone. */
const pyproject = '[build-system]\nrequires = ["setuptools"]\n'

export default rule({
  id: 'wheel-differs-from-sdist',
  topic: 'release',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Dynamic"; PEP 643',
  url: coreMetadata('dynamic'),
  summary: 'A wheel differs from the sdist in a field that PKG-INFO does not list as Dynamic.',
  why: 'uv reads the sdist and pip the wheel: they install different things. A field that is not Dynamic is a promise for every wheel.',
  breaks:
    'Who installs from the sdist gets other dependencies, or is kept out by other versions, than who installs the wheel.',
  fix: 'Build all files from the same sources with one backend, or have the backend list the field as Dynamic.',
  bad: [
    {
      release: [
        { sdist: { pyproject, metadata: { 'Requires-Dist': 'attrs' } } },
        { wheel: { metadata: { 'Requires-Dist': 'numpy' } } },
      ],
    },
    { release: [{ sdist: { pyproject } }, { wheel: { metadata: { Summary: 'Writes demo files' } } }] },
    {
      release: [
        { sdist: { pyproject, metadata: { 'Requires-Dist': 'attrs>=25,!=24' } } },
        { wheel: { metadata: { 'Requires-Dist': 'attrs>=25' } } },
      ],
    },
    {
      release: [
        { sdist: { pyproject, metadata: { 'Requires-Dist': ['attrs', 'numpy'] } } },
        { wheel: { metadata: { 'Requires-Dist': ['numpy', 'attrs'] } } },
      ],
    },
  ],
  good: {
    release: [
      { sdist: { pyproject, metadata: { 'Requires-Dist': 'attrs>=1.0' } } },
      { wheel: { metadata: { 'Requires-Dist': 'Attrs >= 1' } } },
    ],
  },
  *check({ sdists, wheels }) {
    for (const sdist of sdists)
      for (const shared of promiseCases(sdist, wheels)) {
        const { promised, field } = shared.difference
        if (promised !== 'equal') continue
        const place = { member: sdist.metadata?.member, line: 1, field }
        const severity = severityOf(shared.difference)
        const ending = severity === 'info' ? undefined : `${field} is not Dynamic: ${WHEEL_ENDING}`
        yield {
          ...toDraft(shared, {
            said: saidBy(field),
            sdist,
            place,
            also: keyPlaces(sdist, field),
            ...(ending !== undefined && { ending }),
          }),
          severity,
        }
      }
  },
})
