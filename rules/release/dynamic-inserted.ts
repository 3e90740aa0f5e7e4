import { type FieldDifference, type Saying, type SharedCase, sharedCases, toDraft } from '../../src/contract/cases.js'
import { type PromiseDifference, promiseCases, saidBy } from '../../src/contract/dynamic-contract.js'
import { staticCases } from '../../src/contract/static-cases.js'
import type { StaticDifference } from '../../src/contract/static-table.js'
import { rule } from '../../src/rule.js'
import { coreMetadata } from '../shared/specifications.js'

const TEXTS =
  'PEP 808 allows a backend to insert an entry anywhere; the core metadata specification says that it appends.'

const files = (version: string, built: readonly string[]) => [
  {
    sdist: {
      pyproject: '[build-system]\nrequires = ["scikit-build-core"]\nbuild-backend = "scikit_build_core.build"\n',
      metadata: { 'Metadata-Version': version, Dynamic: 'Requires-Dist', 'Requires-Dist': ['packaging', 'torch'] },
    },
  },
  { wheel: { metadata: { 'Metadata-Version': version, 'Requires-Dist': built } } },
]

export default rule({
  id: 'dynamic-inserted',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 808, "Specification"; core metadata specification, "Dynamic"',
  url: coreMetadata('dynamic'),
  summary:
    'The backend inserted an entry before a static one, and the specifications disagree about whether that is allowed.',
  why: 'Tools that follow the stricter text, which allows only appending, consider the file invalid.',
  fix: 'Configure the backend to add its entries after the static ones.',
  bad: { release: files('2.6', ['packaging', 'numpy', 'torch']), alsoGives: ['metadata-version-unsupported-by-index'] },
  good: { release: files('2.5', ['packaging', 'numpy', 'torch']) },
  *check({ sdists, wheels }) {
    for (const sdist of sdists) {
      const kept = ({ promised, verdict, field }: PromiseDifference) =>
        promised === 'kept' && verdict === 'inserted' ? field : undefined
      for (const shared of sharedCases(promiseCases(sdist, wheels), kept)) yield draft(shared, { said: saidBy, sdist })
      const extended = ({ both, verdict, key }: StaticDifference) => (both && verdict === 'inserted' ? key : undefined)
      for (const shared of sharedCases(staticCases(sdist, wheels), extended)) {
        const { key, keyPlace } = shared.differences[0]
        yield draft(shared, { said: () => `project.${key}`, sdist, place: keyPlace })
      }
    }
  },
})

const draft = <T extends FieldDifference>(shared: SharedCase<T>, saying: Saying) =>
  toDraft(shared, { ...saying, ending: TEXTS })
