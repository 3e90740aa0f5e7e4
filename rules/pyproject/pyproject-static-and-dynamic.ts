import { finding, rule } from '../../src/rule.js'
import { backendOf, dynamicKeys } from '../shared/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

/** Keys to which a backend may add (PEP 808). */
const EXTENDABLE = new Set([
  'license-files',
  'authors',
  'maintainers',
  'keywords',
  'classifiers',
  'dependencies',
  'import-names',
  'import-namespaces',
  'urls',
  'optional-dependencies',
  'scripts',
  'gui-scripts',
  'entry-points',
])
/** Backends that refuse the pair to the versions that were tried in September 2026. */
const REFUSE = new Map([
  ['setuptools', '84.2.1'],
  ['hatchling', '1.33.0'],
  ['flit-core', '4.2.0'],
  ['uv-build', '0.13.6'],
])

export default rule({
  id: 'pyproject-static-and-dynamic',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "dynamic"; PEP 808',
  url: pyprojectToml('dynamic'),
  summary: 'A key of `[project]` is given and listed in `dynamic` too.',
  why: 'Build backends refuse the table. Only arrays and tables may be both, since PEP 808, and few backends know that yet.',
  fix: 'Remove the key, or its name from `dynamic`.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ["version"]\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject?.project) return
    for (const key of new Set(dynamicKeys(pyproject))) {
      if (key === 'name' || key === 'dynamic' || !Object.hasOwn(pyproject.project, key)) continue
      const at = pyproject.place('project', key)
      if (!EXTENDABLE.has(key)) {
        yield finding(at, `project.${key} is given and listed in \`dynamic\`; it can be one of the two.`)
        continue
      }
      const backend = backendOf(pyproject)
      const until = backend === undefined ? undefined : REFUSE.get(backend)
      yield until === undefined
        ? finding(at, `project.${key} is given and listed in \`dynamic\`: the backend may add to it (PEP 808).`, {
            severity: 'info',
          })
        : finding(
            at,
            `project.${key} is given and listed in \`dynamic\`; ${backend} refuses that up to version ${until} at least.`,
          )
    }
  },
})
