import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { isTable, texts } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { DEMO } from './_backends.js'

/** Backends but setuptools, with what `build-backend` then is. None of them requires setuptools. */
const OBJECTS: ReadonlyMap<string, string> = new Map([
  ['hatchling', 'hatchling.build'],
  ['flit-core', 'flit_core.buildapi'],
  ['poetry-core', 'poetry.core.masonry.api'],
  ['pdm-backend', 'pdm.backend'],
  ['uv-build', 'uv_build'],
  ['maturin', 'maturin'],
  ['meson-python', 'mesonpy'],
  ['scikit-build-core', 'scikit_build_core.build'],
])
/** Requirements that do not bring setuptools with them. */
const PLAIN: ReadonlySet<string> = new Set([
  'wheel',
  'cython',
  'numpy',
  'packaging',
  'pybind11',
  'nanobind',
  'ninja',
  'cmake',
])

const system = (requires: string, more = '') =>
  `[build-system]\nrequires = [${requires}]\n${more}\n[project]\n${DEMO}\n`

export default rule({
  id: 'build-backend-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'pyproject.toml specification, "[build-system] table"; PEP 517',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: '`[build-system]` does not contain `build-backend`.',
  why: 'Without the key, pip, uv and build call setuptools, whatever `requires` lists. If setuptools is not in `requires`, the build fails; if it is, it runs in a legacy mode.',
  fix: 'Set `build-backend` in `[build-system]`.',
  byHand: 'The sample projects all have the key. test/advice/edits.test.ts follows the edits of the examples.',
  bad: [
    { sdist: { pyproject: system('"hatchling"') } },
    { sdist: { pyproject: system('"setuptools>=77"') } },
    { sdist: { pyproject: system('"poetry-core>=2", "setuptools"') } },
  ],
  good: { sdist: { pyproject: system('"hatchling"', 'build-backend = "hatchling.build"\n') } },
  *check({ pyproject }) {
    const table = pyproject?.get('build-system')
    if (!pyproject || !isTable(table) || table['build-backend'] !== undefined || !Array.isArray(table.requires)) return
    const names = texts(table.requires).map(([, text]) => canonicalName(attempt(parseRequirement, text)?.name ?? ''))
    const meant = names.find(name => OBJECTS.has(name))
    const at = pyproject.place('build-system', 'build-backend')
    if (meant === undefined) {
      if (names.includes('setuptools'))
        yield finding(
          at,
          '[build-system] does not contain `build-backend`: setuptools builds in its legacy mode, which runs setup.py from its own folder.',
          {
            severity: 'info',
            enforcedBy: [],
            help: 'Set `build-backend = "setuptools.build_meta"` in `[build-system]`.',
          },
        )
      return
    }
    const object = OBJECTS.get(meant) ?? ''
    const help = `Set \`build-backend = "${object}"\` in \`[build-system]\`.`
    const remedy = safely({ kind: 'add', table: 'build-system', key: 'build-backend', value: object })
    // Any other requirement may bring setuptools.
    if (names.every(name => OBJECTS.has(name) || PLAIN.has(name)))
      yield finding(
        at,
        `[build-system] does not contain \`build-backend\`: pip, uv and build call setuptools, which \`requires\` does not contain, and not ${quote(meant)}.`,
        { help, remedy },
      )
    else
      yield finding(
        at,
        `[build-system] does not contain \`build-backend\`: pip, uv and build call setuptools, and not ${quote(meant)}.`,
        { severity: 'warning', enforcedBy: [], help, remedy: { ...remedy, safe: false } },
      )
  },
})
