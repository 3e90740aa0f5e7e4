import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { texts } from '../../src/views/pyproject.js'
import { builtWith, DEMO } from './_backends.js'

/** Keys that still work, what their tools say of them, and what to write instead. */
const KEYS: readonly (readonly [path: readonly string[], what: string, instead: string])[] = [
  [
    ['tool', 'poetry', 'dev-dependencies'],
    'Poetry has deprecated [tool.poetry.dev-dependencies] since version 1.2.',
    'Rename the table to `[tool.poetry.group.dev.dependencies]`.',
  ],
  [
    ['tool', 'uv', 'dev-dependencies'],
    'uv has deprecated tool.uv.dev-dependencies.',
    'Move the list to `dev` in `[dependency-groups]`.',
  ],
  [
    ['tool', 'setuptools', 'license-files'],
    'setuptools has deprecated tool.setuptools.license-files since version 77.',
    'Move the list to `license-files` in `[project]`, and require `setuptools>=77`.',
  ],
  [
    ['tool', 'setuptools', 'namespace-packages'],
    'setuptools has deprecated tool.setuptools.namespace-packages.',
    'Remove the key: packages without `__init__.py` are namespaces.',
  ],
]

/** Backends that others have replaced: what provides them, and the pair to write instead. */
const BACKENDS: ReadonlyMap<string, readonly [what: string, requires: string, backend: string]> = new Map([
  ['pdm-pep517', ['pdm-pep517 was renamed to pdm-backend in 2022.', 'pdm-backend', 'pdm.backend']],
  [
    'poetry',
    ['Each build installs all of Poetry; its build backend is poetry-core.', 'poetry-core', 'poetry.core.masonry.api'],
  ],
  ['flit', ['Each build installs all of flit; its build backend is flit_core.', 'flit_core', 'flit_core.buildapi']],
])

export default rule({
  id: 'backend-setting-deprecated',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Documentation of Poetry, uv, setuptools, pdm-backend and flit',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table',
  summary: 'pyproject.toml uses a backend or a key that its own tool has replaced.',
  why: 'It works today, with a warning or at a cost, and the tool may drop it.',
  fix: 'Use what has replaced it.',
  byHand: 'The sample projects have no such keys.',
  precision: 'high',
  bad: [
    { sdist: { pyproject: '[build-system]\nrequires = ["poetry>=0.12"]\nbuild-backend = "poetry.masonry.api"\n' } },
    { sdist: { pyproject: '[build-system]\nrequires = ["pdm-pep517"]\nbuild-backend = "pdm.pep517.api"\n' } },
    { sdist: { pyproject: `${builtWith('uv-build', DEMO)}\n[tool.uv]\ndev-dependencies = ["pytest"]\n` } },
  ],
  good: [
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n` } },
    { sdist: { pyproject: `${builtWith('uv-build', DEMO)}\n[dependency-groups]\ndev = ["pytest"]\n` } },
  ],
  *check({ pyproject }) {
    if (!pyproject) return
    yield* ofBackend(pyproject)
    for (const [path, what, help] of KEYS)
      if (pyproject.get(...path) !== undefined) yield finding(pyproject.keyPlace(...path), what, { help })
  },
})

function* ofBackend(pyproject: Pyproject) {
  const items = texts(pyproject.get('build-system', 'requires'))
  for (const [index, text] of items) {
    const name = canonicalName(attempt(parseRequirement, text)?.name ?? '')
    const found = BACKENDS.get(name)
    const named = pyproject.get('build-system', 'build-backend')
    if (!found || typeof named !== 'string' || !new RegExp(`^${name.split('-')[0]}\\b`).test(named)) continue
    const [what, requires, backend] = found
    yield finding(pyproject.place('build-system', 'requires', index), what, {
      help: `Require \`${requires}\` instead, and set \`build-backend = "${backend}"\`.`,
    })
  }
}
