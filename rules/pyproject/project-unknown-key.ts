import type { TomlValue } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { meantProjectKey } from '../../src/standards/project-keys.js'
import { backendOf, dynamicKeys, entries, isList, isTable, PROJECT_KEYS } from '../../src/views/pyproject.js'
import { renaming } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, DEMO, mayBuildWith } from './_backends.js'
import { lostWithProjectKey } from './_explained.js'

/** Backends that reject an unknown key, and since which version; the others ignore it. */
const REFUSE: ReadonlyMap<string, string> = new Map([
  ['setuptools', '61'],
  ['flit-core', '4.0'],
  ['scikit-build-core', '0.1'],
])

export default rule({
  id: 'project-unknown-key',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "[project] table"',
  url: pyprojectToml('declaring-project-metadata-the-project-table'),
  summary: '`[project]` contains a key that the specification does not define.',
  why: 'Some backends (setuptools, flit 4, scikit-build-core) reject the table; others ignore the key.',
  breaks: BUILD_STOPS,
  fix: 'Use a key that the specification defines, or move the setting below `[tool]`.',
  byHand:
    'Only a person knows whether the key is misspelled, or a setting of a tool. test/advice/edits.test.ts follows the edits of the examples.',
  bad: [
    { sdist: { pyproject: builtWith('setuptools', DEMO, 'homepage = "https://demo.dev"') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'homepage = "https://demo.dev"') } },
    {
      sdist: {
        pyproject: builtWith('flit-core', DEMO, 'homepage = "https://demo.dev"', 'description = "Demo"').replace(
          'flit_core"]',
          'flit_core<4"]',
        ),
      },
    },
    { sdist: { pyproject: builtWith('setuptools', DEMO, '[project.optional_dependencies]', 'dev = ["pytest>=8"]') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'dependancies = ["attrs>=23"]') } },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    const backend = backendOf(pyproject)
    const since = REFUSE.get(backend ?? '')
    const stops = backend !== undefined && since !== undefined && mayBuildWith(pyproject, backend, since)
    const needed = (meant: string | undefined) =>
      (meant === 'name' || meant === 'version') &&
      pyproject.get('project', meant) === undefined &&
      !dynamicKeys(pyproject).includes(meant)
    for (const [key, value] of entries(pyproject.get('project'))) {
      if (PROJECT_KEYS.includes(key)) continue
      const meant = meantProjectKey(key)
      yield finding(
        pyproject.keyPlace('project', key),
        `${quote(key)} is not a valid key in [project].${meant === undefined ? '' : ` Did you mean '${meant}'?`}`,
        {
          // maturin takes both from Cargo.toml.
          ...(!stops && !(needed(meant) && backend !== 'maturin') && { severity: 'warning' }),
          ...(meant !== undefined && {
            explains: lostWithProjectKey(meant),
            help: rightKey(key, meant, value),
            ...(isRightType(meant, value) && { remedy: renaming(['project', key], meant) }),
          }),
        },
      )
    }
  },
})

const LISTS: ReadonlySet<string> = new Set(['classifiers', 'keywords', 'dependencies', 'license-files'])
const PEOPLE: ReadonlySet<string> = new Set(['authors', 'maintainers'])
const LABELS: ReadonlyMap<string, string> = new Map([
  ['repository', 'Source'],
  ['documentation', 'Documentation'],
  ['issues', 'Issues'],
])
/** Longer values are not shown again. */
const LONGEST = 80

/** Is the value what the right key takes, as far as its type goes? */
function isRightType(meant: string, value: TomlValue): boolean {
  if (LISTS.has(meant) || PEOPLE.has(meant)) return isList(value)
  if (/^(?:urls|scripts|gui-scripts|entry-points|optional-dependencies)$/.test(meant)) return isTable(value)
  return typeof value === 'string' || (isTable(value) && /^(?:readme|license)$/.test(meant))
}

/** How the right key is written, with the value where that has to be of another type. */
function rightKey(key: string, meant: string, value: TomlValue): string {
  const text =
    typeof value === 'string' && value.length <= LONGEST && !/[\n`]/.test(value) ? JSON.stringify(value) : undefined
  if (meant === 'urls' && typeof value === 'string')
    return `Write \`${LABELS.get(key) ?? 'Homepage'} = ${text ?? '"…"'}\` in \`[project.urls]\`.`
  if (text !== undefined && LISTS.has(meant)) return `Write \`${meant} = [${text}]\`.`
  if (text !== undefined && PEOPLE.has(meant)) return `Write \`${meant} = [{ name = ${text} }]\`.`
  return `Rename the key to \`${meant}\`, or move the setting below \`[tool]\`.`
}
