import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, entries, PROJECT_KEYS } from '../../src/views/pyproject.js'
import { hinter } from '../shared/hints.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

/** What people write instead of the right key. */
const MEANT = new Map([
  ['author', 'authors'],
  ['maintainer', 'maintainers'],
  ['classifier', 'classifiers'],
  ['keyword', 'keywords'],
  ['license-file', 'license-files'],
  ['license_file', 'license-files'],
  ['license_files', 'license-files'],
  ['long_description', 'readme'],
  ['long-description', 'readme'],
  ['homepage', 'urls'],
  ['home-page', 'urls'],
  ['repository', 'urls'],
  ['documentation', 'urls'],
  ['url', 'urls'],
  ['issues', 'urls'],
  ['python_requires', 'requires-python'],
  ['python-requires', 'requires-python'],
  ['python', 'requires-python'],
  ['install_requires', 'dependencies'],
  ['requires', 'dependencies'],
  ['extras', 'optional-dependencies'],
  ['optional_dependencies', 'optional-dependencies'],
  ['entry_points', 'entry-points'],
  ['gui_scripts', 'gui-scripts'],
  ['summary', 'description'],
])
/** Backends that reject an unknown key; the others ignore it. */
const REFUSE = new Set(['setuptools', 'flit-core', 'scikit-build-core'])

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
  why: 'Some backends (setuptools, flit, scikit-build-core) reject the table; others silently ignore the key.',
  breaks: BUILD_STOPS,
  fix: 'Use a key that the specification defines, or move the setting below `[tool]`.',
  byHand: 'Only a person knows whether the key is misspelled, or a setting of a tool.',
  bad: [
    { sdist: { pyproject: builtWith('setuptools', DEMO, 'homepage = "https://demo.dev"') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'homepage = "https://demo.dev"') } },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    const nearest = hinter(() => PROJECT_KEYS)
    if (!pyproject) return
    const backend = backendOf(pyproject)
    for (const [key] of entries(pyproject.get('project'))) {
      if (PROJECT_KEYS.includes(key)) continue
      const meant = MEANT.get(key)
      const hint = meant === undefined ? nearest(key) : ` Did you mean '${meant}'?`
      yield finding(
        pyproject.keyPlace('project', key),
        `${quote(key)} is not a valid key in [project].${hint}`,
        backend !== undefined && REFUSE.has(backend) ? undefined : { severity: 'warning' },
      )
    }
  },
})
