import { dynamicFields } from '../../src/contract/dynamic-contract.js'
import { KEY_FIELDS } from '../../src/contract/key-fields.js'
import { staticSeverity } from '../../src/contract/static-cases.js'
import { EXTENDABLE, staticDifferences } from '../../src/contract/static-table.js'
import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { backendOf, dynamicKeys, texts, unlessStops } from '../../src/views/pyproject.js'
import { missing } from '../shared/missing.js'
import { pyprojectToml } from '../shared/specifications.js'

/** Backends that reject the pair, and the last version that was tested, in September 2026. */
const REFUSE = new Map([
  ['setuptools', '84.2.1'],
  ['hatchling', '1.33.0'],
  ['flit-core', '4.2.0'],
  ['uv-build', '0.13.6'],
])

const project = (backend: string, more: string) =>
  `[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${backend === 'setuptools' ? 'setuptools.build_meta' : 'scikit_build_core.build'}"\n\n[project]\nname = "demo"\nversion = "1.0"\n${more}\n`

export default rule({
  id: 'pyproject-static-and-dynamic',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "dynamic"; PEP 808',
  url: pyprojectToml('dynamic'),
  summary: 'A key of `[project]` is both set and listed in `dynamic`.',
  why: 'Build backends reject the table. Since PEP 808, arrays and tables may be both, but few backends support that yet.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: 'Remove the key, or remove it from `dynamic`.',
  byHand: 'Only a person knows whether the key or the backend is to give the value.',
  bad: [
    { sdist: { pyproject: project('setuptools', 'dynamic = ["version"]') } },
    { sdist: { pyproject: project('setuptools', 'dependencies = []\ndynamic = ["dependencies"]') } },
    { sdist: { pyproject: project('scikit-build-core', 'license = "MIT"\ndynamic = ["license"]') } },
    { sdist: { pyproject: project('scikit-build-core', 'dependencies = []\ndynamic = ["dependencies"]') } },
  ],
  good: [
    { sdist: {} },
    {
      sdist: {
        pyproject: project('scikit-build-core', 'dependencies = ["attrs"]\ndynamic = ["dependencies"]'),
        metadata: { 'Requires-Dist': ['attrs', 'numpy'], Dynamic: 'Requires-Dist' },
      },
    },
  ],
  *check(sdist) {
    const { pyproject } = sdist
    if (!pyproject?.project) return
    for (const key of new Set(dynamicKeys(pyproject))) {
      if (key === 'name' || key === 'dynamic' || !Object.hasOwn(pyproject.project, key)) continue
      const at = pyproject.keyPlace('project', key)
      const both = `project.${key} is both set and listed in \`dynamic\``
      if (!EXTENDABLE.has(key)) {
        yield finding(at, `${both}; only an array or a table may be both.`, {
          ...unlessStops(pyproject, ['poetry-core', 'maturin']),
          ...(key === 'version' && { explains: [missing.version] }),
        })
        continue
      }
      if (isKept(sdist, key)) continue
      const refused = refusedBy(pyproject)
      yield refused
        ? finding(at, `${both}; ${refused.backend} rejects that, at least up to version ${refused.until}.`)
        : finding(at, `${both}: the backend may add to it (PEP 808).`, {
            severity: 'info',
            help: 'If the backend supports PEP 808, do nothing.',
          })
    }
  },
})

/** PKG-INFO contains the static value and marks the field as dynamic: the backend follows PEP 808. */
function isKept(sdist: Sdist, key: string): boolean {
  const { metadata } = sdist
  if (!metadata) return false
  const dynamic = dynamicFields(metadata)
  const fields = KEY_FIELDS.filter(([one]) => one === key).map(([, field]) => field)
  return (
    fields.some(field => dynamic.has(field)) &&
    !staticDifferences(sdist, sdist).some(one => one.key === key && staticSeverity(one, sdist, sdist) !== undefined)
  )
}

/** The backend that rejects the pair, unless the build requires a later version than those that are known to. */
function refusedBy(pyproject: Pyproject): { readonly backend: string; readonly until: string } | undefined {
  const backend = backendOf(pyproject)
  const until = backend === undefined ? undefined : REFUSE.get(backend)
  if (backend === undefined || until === undefined) return undefined
  const later = texts(pyproject.get('build-system', 'requires')).some(([, text]) => {
    const requirement = attempt(parseRequirement, text)
    return requirement && canonicalName(requirement.name) === backend && asksForLater(requirement.specifier, until)
  })
  return later ? undefined : { backend, until }
}

/** The set excludes the known version, and has a lower bound. */
const asksForLater = (
  set: { contains(version: string): boolean; clauses: readonly { operator: string }[] },
  until: string,
) => !set.contains(until) && set.clauses.some(({ operator }) => operator === '>=' || operator === '>')
