import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement, type Requirement } from '../../src/standards/requirement.js'
import { backendOf, isTable, PROJECT_KEYS, texts } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith } from './_backends.js'
import { projectCall } from './_other-versions.js'

const NAME = 'name = "demo"'
const MODULE = { '{top}/src/demo/__init__.py': '"""Reads files."""\n__version__ = "1.0"\n' }

export default rule({
  id: 'dynamic-key-unsupported',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "dynamic"',
  url: pyprojectToml('dynamic'),
  summary: '`project.dynamic` lists a key that the build backend does not compute.',
  why: 'A backend computes only some keys, and most of those only if a table below `[tool]` says how. It fails on the others.',
  breaks: BUILD_STOPS,
  fix: 'Set the key in `[project]`, and remove it from `dynamic`; or configure the backend to compute it.',
  precision: 'high',
  absence: 'member',
  bad: [
    {
      sdist: {
        pyproject: builtWith('meson-python', NAME, 'dynamic = ["version"]'),
        files: { '{top}/meson.build': "# The project\nproject('demo', 'c')\n" },
      },
    },
    { sdist: { pyproject: builtWith('setuptools', NAME, 'version = "1.0"', 'dynamic = ["readme"]') } },
    {
      sdist: {
        pyproject: builtWith('flit-core', NAME, 'dynamic = ["version", "description", "classifiers"]'),
        files: MODULE,
      },
    },
    { sdist: { pyproject: builtWith('uv-build', NAME, 'dynamic = ["version"]') } },
    { sdist: { pyproject: builtWith('setuptools', NAME, 'version = "1.0"', 'dynamic = ["license-files"]') } },
    { tree: { pyproject: builtWith('hatchling', NAME, 'version = "1.0"', 'dynamic = ["license-files"]') } },
    { tree: { pyproject: builtWith('pdm-backend', NAME, 'dynamic = ["version"]') } },
    {
      sdist: {
        pyproject: builtWith('maturin', NAME, 'version = "1.0"', 'dynamic = ["description"]')
          .replaceAll('maturin', 'mesonpy')
          .replace('"mesonpy"', '"meson-python"'),
        files: { '{top}/meson.build': "project('demo')\n" },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: `${builtWith('setuptools', NAME, 'dynamic = ["version", "readme", "dependencies"]')}\n[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\nreadme = { file = "README.md" }\n`,
        files: { '{top}/README.md': '# Demo\n', ...MODULE },
      },
    },
    {
      sdist: {
        pyproject: builtWith('setuptools', NAME, 'version = "1.0"', 'dynamic = ["description"]'),
        files: { '{top}/setup.py': 'from setuptools import setup\n\nsetup(description="Reads files")\n' },
      },
    },
    // Of an sdist, hatchling takes it from PKG-INFO.
    { sdist: { pyproject: builtWith('hatchling', NAME, 'dynamic = ["version"]') } },
    { sdist: { pyproject: builtWith('flit-core', NAME, 'dynamic = ["version", "description"]'), files: MODULE } },
  ],
  *check(sdist) {
    const { pyproject } = sdist
    if (!pyproject?.project) return
    const backend = backendOf(pyproject) ?? ''
    const said = SAID.get(backend)?.(pyproject, sdist)
    if (!said) return
    for (const [index, key] of texts(pyproject.get('project', 'dynamic'))) {
      const isTold = Object.hasOwn(pyproject.project, key) || !PROJECT_KEYS.includes(key)
      const problem = isTold ? undefined : said(key)
      if (problem) yield finding(pyproject.place('project', 'dynamic', index), problem.message, { ...problem.more })
    }
  },
})

interface Problem {
  readonly message: string
  readonly more: { readonly help: string; readonly severity?: 'warning' }
}

type Say = (key: string) => Problem | undefined

/** What each backend says of a key; undefined where something else may compute it. */
const SAID: ReadonlyMap<string, (pyproject: Pyproject, sdist: Sdist) => Say | undefined> = new Map([
  ['setuptools', ofSetuptools],
  ['hatchling', ofHatch],
  ['flit-core', () => ofFlit],
  ['uv-build', () => ofUv],
  ['pdm-backend', ofPdm],
  ['poetry-core', ofPoetry],
  ['scikit-build-core', ofScikitBuild],
  ['meson-python', ofMeson],
])

const stops = (who: string, key: string, help: string, because = ''): Problem => ({
  message: `${who} does not compute \`${key}\`${because}: the build fails.`,
  more: { help },
})
const setIt = (key: string) => `Set \`${key}\` in \`[project]\`, and remove it from \`dynamic\``

/** Keys that setuptools wants to be told of; it takes the others as empty. */
const OF_SETUPTOOLS = new Set([
  'description',
  'readme',
  'authors',
  'maintainers',
  'classifiers',
  'keywords',
  'license',
  'requires-python',
])
/** Those that `[tool.setuptools.dynamic]` may have. */
const DYNAMIC_OF_SETUPTOOLS = new Set(['description', 'readme', 'classifiers'])

/** Whatever setup.py or setup.cfg says: no version lets it be dynamic. */
const ofAnySetuptools: Say = key =>
  key === 'license-files'
    ? stops(
        'setuptools',
        key,
        'Set `license-files` in `[project]`, as in `license-files = ["LICENSE*"]`, and remove it from `dynamic`. Without the key, setuptools looks for the usual names.',
      )
    : undefined

const SCM_TABLES = ['setuptools_scm', 'setuptools-scm', 'vcs-versioning']

function ofSetuptools(pyproject: Pyproject, { members, top, tree }: Sdist): Say | undefined {
  const hasOlder = ['setup.py', 'setup.cfg'].some(name => members.get(`${top}/${name}`) !== undefined)
  if (hasOlder) return ofAnySetuptools
  const required = texts(pyproject.get('build-system', 'requires')).map(([, text]) => attempt(parseRequirement, text))
  const scm = required.find(one => one && canonicalName(one.name) === 'setuptools-scm')
  // Plugins may give any key.
  const isPlain = required.every(one => /^(?:setuptools|wheel|packaging|tomli)$/.test(canonicalName(one?.name ?? '')))
  const hasTable = (...path: readonly string[]) => pyproject.get('tool', ...path) !== undefined
  return key => {
    if (hasTable('setuptools', 'dynamic', key)) return undefined
    if (key === 'license-files') return ofAnySetuptools(key)
    if (key === 'version') {
      // An sdist has the version of the build that made it.
      if (!tree || tree.hasPkgInfo) return undefined
      if (isPlain && SCM_TABLES.some(name => hasTable(name)))
        return isZero(
          '`requires` does not contain setuptools-scm, so nothing reads its table',
          'Add `"setuptools-scm>=8"` to `requires` in `[build-system]`.',
        )
      if (isPlain) return isZero('nothing says where it is', OF_ATTRIBUTE)
      const isOff = scm && !scm.extras.includes('simple') && required.filter(one => one !== scm).every(isSetuptools)
      return isOff && !SCM_TABLES.some(name => hasTable(name))
        ? isZero(
            'setuptools-scm is off without `[tool.setuptools_scm]`',
            'Add `[tool.setuptools_scm]`; the table may be empty.',
          )
        : undefined
    }
    if (!isPlain || !OF_SETUPTOOLS.has(key)) return undefined
    const file = DYNAMIC_OF_SETUPTOOLS.has(key) ? ', or name a file for it in `[tool.setuptools.dynamic]`' : ''
    return stops('setuptools', key, `${setIt(key)}${file}.`, file && ' without `[tool.setuptools.dynamic]`')
  }
}

const isSetuptools = (one: Requirement | undefined) => /^(?:setuptools|wheel)$/.test(canonicalName(one?.name ?? ''))

const OF_ATTRIBUTE =
  'Add `version = { attr = "PACKAGE.__version__" }` to `[tool.setuptools.dynamic]`; or set `version` in `[project]`, and remove it from `dynamic`.'

const isZero = (why: string, help: string): Problem => ({
  message: `setuptools builds version 0.0.0: \`version\` is dynamic, and ${why}.`,
  more: { severity: 'warning', help },
})

const onlyRequires = (pyproject: Pyproject, ...names: readonly string[]) =>
  texts(pyproject.get('build-system', 'requires')).every(([, text]) =>
    names.includes(canonicalName(attempt(parseRequirement, text)?.name ?? '')),
  )

/** Its sdists have the version in pyproject.toml. */
function ofPoetry(pyproject: Pyproject, { tree }: Sdist): Say | undefined {
  if (!tree || !onlyRequires(pyproject, 'poetry-core')) return undefined
  return key =>
    key === 'version' && pyproject.get('tool', 'poetry', 'version') === undefined
      ? stops(
          'Poetry',
          key,
          `${setIt(key)}; or add \`version\` to \`[tool.poetry]\`.`,
          ' without one in `[tool.poetry]`',
        )
      : undefined
}

function ofScikitBuild(pyproject: Pyproject, { tree }: Sdist): Say | undefined {
  const places = [
    ['tool', 'scikit-build', 'metadata', 'version'],
    ['tool', 'scikit-build', 'overrides'],
    ['tool', 'dynamic-metadata'],
    ['dynamic-metadata'],
  ]
  if (!tree || tree.hasPkgInfo || places.some(path => pyproject.get(...path) !== undefined)) return undefined
  return key =>
    key === 'version'
      ? stops(
          'scikit-build-core',
          key,
          'Add `[tool.scikit-build.metadata.version]` with `provider = "scikit_build_core.metadata.regex"` and `input`, the file that sets `__version__`; or set `version` in `[project]`, and remove it from `dynamic`.',
          ' without `[tool.scikit-build.metadata.version]`',
        )
      : undefined
}

/** Where PKG-INFO is, it takes from there what is dynamic. */
function ofHatch(pyproject: Pyproject, { members, top, tree }: Sdist): Say | undefined {
  if (!tree || tree.hasPkgInfo) return undefined
  const isElsewhere = members.get(`${top}/hatch.toml`) !== undefined
  const mayCompute = isElsewhere || isTable(pyproject.get('tool', 'hatch', 'metadata', 'hooks'))
  return key => {
    if (key === 'license-files')
      return {
        message:
          'hatchling writes `Dynamic: License-Files`, which is not a core metadata field: PyPI rejects the sdist.',
        more: { help: 'Remove `license-files` from `dynamic`: hatchling finds the usual names without it.' },
      }
    return key === 'version' && !mayCompute && pyproject.get('tool', 'hatch', 'version') === undefined
      ? stops(
          'hatchling',
          key,
          'Add `[tool.hatch.version]` with `path`, the file that sets `__version__`; or set `version` in `[project]`, and remove it from `dynamic`.',
          ' without `[tool.hatch.version]`',
        )
      : undefined
  }
}

const OF_FLIT = new Set(['version', 'description', 'import-names', 'import-namespaces'])

const ofFlit: Say = key => (OF_FLIT.has(key) ? undefined : stops('flit', key, `${setIt(key)}.`))

const OF_MESON = new Set(['version', 'license', 'license-files'])

function ofMeson(_: Pyproject, { texts: files, top }: Sdist): Say {
  const call = projectCall(files.get(`${top}/meson.build`)?.text ?? '')
  return key =>
    !OF_MESON.has(key)
      ? stops('meson-python', key, `${setIt(key)}.`)
      : key === 'version' && call !== undefined && !/\bversion\s*:/.test(call)
        ? stops(
            'meson-python',
            key,
            "Add `version: '…'` to `project()` in meson.build; or set `version` in `[project]`, and remove it from `dynamic`.",
            ' without one in `project()` of meson.build',
          )
        : undefined
}

const ofUv: Say = key => stops('uv_build', key, `${setIt(key)}: uv_build computes nothing.`)

/** Its sdists have the version in pyproject.toml. */
function ofPdm(pyproject: Pyproject, sdist: Sdist): Say | undefined {
  if (!sdist.tree) return undefined
  const hasHook =
    pyproject.get('tool', 'pdm', 'build', 'custom-hook') !== undefined ||
    sdist.members.get(`${sdist.top}/pdm_build.py`) !== undefined ||
    texts(pyproject.get('build-system', 'requires')).length !== 1
  if (hasHook || pyproject.get('tool', 'pdm', 'version') !== undefined) return undefined
  return key =>
    key === 'version'
      ? {
          message: 'pdm-backend builds version 0.0.0: `version` is dynamic, and `[tool.pdm.version]` is missing.',
          more: {
            severity: 'warning',
            help: 'Add `[tool.pdm.version]` with `source`, which is "file", "scm" or "call"; or set `version` in `[project]`, and remove it from `dynamic`.',
          },
        }
      : undefined
}
