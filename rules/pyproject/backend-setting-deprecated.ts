import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'
import { parseVersion } from '../../src/standards/version.js'
import { isSetuptools, isTable, texts } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
import { renaming } from '../shared/remedies.js'
import { admits, BUILD_STOPS, builtWith, DEMO } from './_backends.js'

/** Keys that still work, what their tools say of them, and what to write instead. */
const KEYS: readonly (readonly [path: readonly string[], what: string, instead: string])[] = [
  [
    ['tool', 'poetry', 'dev-dependencies'],
    'Poetry 1.2 deprecated [tool.poetry.dev-dependencies].',
    'Rename the table to `[tool.poetry.group.dev.dependencies]`.',
  ],
  [
    ['tool', 'uv', 'dev-dependencies'],
    'uv deprecated tool.uv.dev-dependencies.',
    'Move the list to `dev` in `[dependency-groups]`.',
  ],
  [
    ['tool', 'setuptools', 'license-files'],
    'setuptools 77 deprecated tool.setuptools.license-files.',
    'Move the list to `license-files` in `[project]`, and require `setuptools>=77`.',
  ],
  [
    ['tool', 'setuptools', 'namespace-packages'],
    'setuptools deprecated tool.setuptools.namespace-packages.',
    'Remove the key: packages without `__init__.py` are namespaces.',
  ],
]

/** Keys of scikit-build-core, the first version that has another one, and that. */
const OF_SCIKIT_BUILD: readonly (readonly [path: readonly [string, string], since: string, instead: string])[] = [
  [['cmake', 'minimum-version'], '0.8', 'cmake.version'],
  [['ninja', 'minimum-version'], '0.8', 'ninja.version'],
  [['cmake', 'verbose'], '0.10', 'build.verbose'],
  [['cmake', 'targets'], '0.10', 'build.targets'],
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
  source: 'Documentation of Poetry, uv, setuptools, pdm-backend, flit and scikit-build-core',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#arbitrary-tool-configuration-the-tool-table',
  summary: 'pyproject.toml uses a backend or a key that its own tool has replaced.',
  why: 'It works today, with a warning or at a cost, and the tool may drop it.',
  breaks: BUILD_STOPS,
  fix: 'Use what has replaced it.',
  byHand: 'The sample projects have no such keys.',
  precision: 'high',
  needs: ['python-imports'],
  bad: [
    {
      sdist: {
        pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools]\nnamespace-packages = ["demo"]\n`,
        files: { '{top}/src/demo/__init__.py': 'x = 1\n' },
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["flit_core>=2"]\nbuild-backend = "flit_core.buildapi"\n\n[tool.flit.metadata]\nmodule = "demo"\nauthor = "Ann Author"\n',
        files: { '{top}/src/demo/__init__.py': '"""A demo."""\n__version__ = "1.0"\n' },
      },
    },
    { sdist: { pyproject: '[build-system]\nrequires = ["poetry>=0.12"]\nbuild-backend = "poetry.masonry.api"\n' } },
    { sdist: { pyproject: '[build-system]\nrequires = ["pdm-pep517"]\nbuild-backend = "pdm.pep517.api"\n' } },
    { sdist: { pyproject: `${builtWith('uv-build', DEMO)}\n[tool.uv]\ndev-dependencies = ["pytest"]\n` } },
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.dev-dependencies]\npytest = "^8"\n` } },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["scikit-build-core>=0.11"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.scikit-build]\nminimum-version = "build-system.requires"\ncmake.minimum-version = "3.15"\n',
        files: { '{top}/CMakeLists.txt': 'project(demo)\n' },
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["scikit-build-core>=0.11"]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.scikit-build]\ncmake.verbose = true\n',
        files: { '{top}/CMakeLists.txt': 'project(demo)\n' },
      },
    },
  ],
  good: [
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n` } },
    { sdist: { pyproject: `${builtWith('uv-build', DEMO)}\n[dependency-groups]\ndev = ["pytest"]\n` } },
  ],
  *check(sdist) {
    const { pyproject } = sdist
    const namespaces = [...ofNamespaces(sdist)]
    yield* namespaces
    if (!pyproject) return
    yield* ofBackend(pyproject)
    yield* ofFlit(pyproject)
    yield* ofScikitBuild(pyproject)
    for (const [path, what, help] of KEYS)
      if (pyproject.get(...path) !== undefined && !(path[2] === 'namespace-packages' && namespaces.length > 0))
        yield finding(
          pyproject.keyPlace(...path),
          what,
          isTwice(pyproject, path)
            ? { severity: 'error', help: 'Remove the key: `license-files` in `[project]` is what counts.' }
            : { help, remedy: path[1] === 'poetry' ? renaming(path, 'group', 'dev', 'dependencies') : undefined },
        )
  },
})

/** setuptools refuses to build a namespace with an `__init__.py` that does not declare it. */
function* ofNamespaces(sdist: Sdist) {
  const { pyproject, top } = sdist
  if (!isSetuptools(sdist)) return
  const path = ['tool', 'setuptools', 'namespace-packages'] as const
  const option = setupCfg(sdist).get('options.namespace_packages')
  const listed = setupScript(sdist)?.setup?.list('namespace_packages') ?? []
  const named = [
    ...texts(pyproject?.get(...path)).map(([index, name]) => ({ name, at: pyproject?.place(...path, index) })),
    ...(option?.values ?? []).map(({ text, line, column }) => ({
      name: text,
      at: { member: option?.member, line, column, value: text },
    })),
    ...listed.map(({ text, line, column }) => ({
      name: text,
      at: { member: `${top}/setup.py`, line, column, value: text },
    })),
  ]
  for (const { name, at } of named) {
    const file = ['', 'src/', 'lib/']
      .map(root => `${root}${name.replaceAll('.', '/')}/__init__.py`)
      .find(one => sdist.python.has(`${top}/${one}`))
    const code = file === undefined ? undefined : sdist.python.get(`${top}/${file}`)
    if (!code || file === undefined || code.text.includes('declare_namespace')) continue
    yield finding(
      at,
      `setuptools refuses to build the namespace package ${quote(name)}: ${quote(file)} does not call declare_namespace().`,
      {
        severity: 'error',
        help: `Remove ${quote(name)} from the list if it is a package of its own. To make it a namespace, remove the list and ${quote(file)}: a folder without \`__init__.py\` is one.`,
      },
    )
  }
}

/** setuptools refuses the key next to the one that replaced it. */
const isTwice = (pyproject: Pyproject, path: readonly string[]) =>
  path[2] === 'license-files' && pyproject.get('project', 'license-files') !== undefined

/** flit's own table, which flit_core 4 refuses. */
function* ofFlit(pyproject: Pyproject) {
  if (pyproject.project || !isTable(pyproject.get('tool', 'flit', 'metadata'))) return
  for (const [index, text] of texts(pyproject.get('build-system', 'requires'))) {
    const requirement = attempt(parseRequirement, text)
    if (!requirement || canonicalName(requirement.name) !== 'flit-core') continue
    const isNew = admits(requirement, parseVersion('4.0'))
    yield finding(
      isNew ? pyproject.place('build-system', 'requires', index) : pyproject.keyPlace('tool', 'flit', 'metadata'),
      isNew
        ? `${quote(text)} admits flit_core 4, which refuses to build with [tool.flit.metadata].`
        : 'flit_core 4 no longer reads [tool.flit.metadata].',
      {
        ...(isNew && { severity: 'error' as const }),
        help: `Move the keys to \`[project]\`${isNew ? '; until then, require `flit_core>=2,<4`' : ''}.`,
      },
    )
  }
}

/** Keys that scikit-build-core refuses where `minimum-version` says that the project knows better, and 1.0 without one too. */
function* ofScikitBuild(pyproject: Pyproject) {
  const table = ['tool', 'scikit-build'] as const
  const least = leastScikitBuild(pyproject)
  const isOpen = pyproject.get(...table, 'minimum-version') === undefined && admitsOne(pyproject)
  for (const [path, since, instead] of OF_SCIKIT_BUILD) {
    const value = pyproject.get(...table, ...path)
    if (value === undefined) continue
    const isLater = least !== undefined && attempt(parseSpecifiers, `>=${since}`)?.contains(least) === true
    const stops = isLater
      ? `, and refuses to build with it where \`minimum-version\` is ${since} or later`
      : isOpen
        ? ', and 1.0 refuses to build with it'
        : ''
    const isVersion = path[1] === 'minimum-version' && typeof value === 'string'
    yield finding(
      pyproject.keyPlace(...table, ...path),
      `scikit-build-core ${since} replaced ${path.join('.')} with ${instead}${stops}.`,
      {
        ...(stops !== '' && { severity: 'error' as const }),
        help: isVersion
          ? `Write \`${instead} = ">=${value}"\` in \`[tool.scikit-build]\` instead.`
          : `Rename the key to \`${instead}\` in \`[tool.scikit-build]\`.`,
      },
    )
  }
}

/** What `minimum-version` says, itself or by the lower bound in `requires`. */
function leastScikitBuild(pyproject: Pyproject): string | undefined {
  const said = pyproject.get('tool', 'scikit-build', 'minimum-version')
  if (said !== 'build-system.requires') return typeof said === 'string' ? said : undefined
  const text = scikitBuild(pyproject)
  return text && /(?:>=|~=|==)\s*([\d.]+)/.exec(text)?.[1]
}

/** Does a build get scikit-build-core 1.0 or later? */
function admitsOne(pyproject: Pyproject): boolean {
  const requirement = attempt(parseRequirement, scikitBuild(pyproject) ?? '')
  return requirement !== undefined && admits(requirement, parseVersion('1.0'))
}

const scikitBuild = (pyproject: Pyproject): string | undefined =>
  texts(pyproject.get('build-system', 'requires'))
    .map(([, text]) => text)
    .find(text => canonicalName(attempt(parseRequirement, text)?.name ?? '') === 'scikit-build-core')

function* ofBackend(pyproject: Pyproject) {
  const items = texts(pyproject.get('build-system', 'requires'))
  for (const [index, text] of items) {
    const name = canonicalName(attempt(parseRequirement, text)?.name ?? '')
    const found = BACKENDS.get(name)
    const named = pyproject.get('build-system', 'build-backend')
    if (!found || typeof named !== 'string' || named.split('.', 1)[0] !== name.split('-', 1)[0]) continue
    const [what, requires, backend] = found
    // What is required does not have it: build-backend-not-required tells it.
    if (named === backend && name === 'pdm-pep517') continue
    yield finding(pyproject.place('build-system', 'requires', index), what, {
      help: `Require \`${requires}\` instead, and set \`build-backend = "${backend}"\`.`,
    })
  }
}
