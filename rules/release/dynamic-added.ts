import { sharedCases, toDraft } from '../../src/contract/cases.js'
import { staticCases } from '../../src/contract/static-cases.js'
import type { StaticDifference } from '../../src/contract/static-table.js'
import { rule } from '../../src/rule.js'
import { pyprojectToml } from '../shared/specifications.js'

const pyproject =
  '[build-system]\nrequires = ["scikit-build-core"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndependencies = ["packaging"]\ndynamic = ["dependencies"]\n'

export default rule({
  id: 'dynamic-added',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'MAY',
  source: 'PEP 808, "Specification"; pyproject.toml specification, "dynamic"',
  url: pyprojectToml('dynamic'),
  summary: 'The backend added an entry to a key that `[project]` both sets and lists in `dynamic`.',
  why: 'Tools that read only pyproject.toml do not see the entry.',
  fix: 'If the entry is intended, do nothing. If it is always the same, add it to the key.',
  bad: {
    release: [
      { sdist: { pyproject, metadata: { 'Requires-Dist': 'packaging', Dynamic: 'Requires-Dist' } } },
      { wheel: { metadata: { 'Requires-Dist': ['packaging', 'numpy'] } } },
    ],
  },
  good: {
    release: [
      { sdist: { pyproject, metadata: { 'Requires-Dist': 'packaging', Dynamic: 'Requires-Dist' } } },
      { wheel: { metadata: { 'Requires-Dist': 'packaging' } } },
    ],
  },
  *check({ sdists, wheels }) {
    const added = ({ both, verdict, key }: StaticDifference) =>
      both && (verdict === 'added' || verdict === 'inserted') ? key : undefined
    for (const sdist of sdists)
      for (const shared of sharedCases(staticCases(sdist, wheels), added)) {
        const { key, keyPlace } = shared.differences[0]
        yield toDraft(shared, {
          said: () => `project.${key}`,
          sdist,
          place: keyPlace,
          ending: 'The key is dynamic, so the backend may add entries to it.',
        })
      }
  },
})
