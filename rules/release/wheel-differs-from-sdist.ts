import { sharedCases, toDraft } from '../../src/contract/cases.js'
import { type PromiseDifference, promiseCases, saidBy } from '../../src/contract/dynamic-contract.js'
import { keyPlaces } from '../../src/contract/key-fields.js'
import { WHEEL_ENDING } from '../../src/contract/static-cases.js'
import { causeOf, isLicenseAdded, LIST_IN_DYNAMIC, weightOf } from '../../src/contract/weight.js'
import { rule } from '../../src/rule.js'
import { list } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

/** Without `[project]`: only PKG-INFO makes the promise. */
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
  why: 'uv may read the sdist and pip the wheel, so they install different dependencies. A field that is not Dynamic must be the same in every wheel.',
  breaks:
    'Users who install from the sdist get different dependencies or Python requirements than users who install the wheel.',
  fix: 'Build all files from the same sources with one backend, or configure the backend to list the field as Dynamic.',
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
        { sdist: { pyproject } },
        {
          wheel: {
            filename: 'demo-1.0-pp311-pypy311_pp73-win_amd64.whl',
            wheel: { Tag: 'pp311-pypy311_pp73-win_amd64' },
            metadata: { 'Requires-Dist': 'cffi; implementation_name == "cpython"' },
          },
        },
      ],
    },
    {
      release: [
        { sdist: { pyproject } },
        {
          wheel: {
            metadata: { 'License-File': ['LICENSE', 'demo.libs/LICENSE.zlib'] },
            files: { 'demo-1.0.dist-info/licenses/demo.libs/LICENSE.zlib': 'zlib\n' },
          },
        },
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
    for (const sdist of sdists) {
      const kindOf = (difference: PromiseDifference) => {
        const severity = difference.promised === 'equal' ? weightOf(difference) : undefined
        return severity && `${severity} ${causeOf(difference.field)}`
      }
      for (const shared of sharedCases(promiseCases(sdist, wheels), kindOf)) {
        const [first] = shared.differences
        const { field } = first
        const severity = weightOf(first)
        const fields = [...new Set(shared.differences.map(one => one.field))]
        yield {
          ...toDraft(shared, {
            said: saidBy,
            sdist,
            place: { member: sdist.metadata?.member, line: 1, field },
            also: keyPlaces(sdist, field),
            ending:
              severity === 'info'
                ? undefined
                : `${list(fields)} ${fields.length === 1 ? 'is' : 'are'} not Dynamic: ${WHEEL_ENDING}`,
            help: isLicenseAdded(first) ? LIST_IN_DYNAMIC : undefined,
          }),
          severity,
        }
      }
    }
  },
})
