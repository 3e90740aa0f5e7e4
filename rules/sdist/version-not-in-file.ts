import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { staticVersion } from '../../src/python/static-value.js'
import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { backendOf, dynamicKeys, isTable } from '../../src/views/pyproject.js'
import { missing } from '../shared/missing.js'
import { type Code, codeIn, flitModule, versionSource } from './_code.js'
import { sourceTree } from './_tree.js'

const PROJECT = '[project]\nname = "demo"\ndynamic = ["version"]\n\n'
const HATCH = `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n${PROJECT}[tool.hatch.version]\npath = "src/demo/__about__.py"\n`
const SETUPTOOLS = `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n${PROJECT}[tool.setuptools.dynamic]\nversion = { attr = "demo.__about__.__version__" }\n`

const FLIT =
  '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\ndynamic = ["version"]\n'

export default rule({
  id: 'version-not-in-file',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "dynamic"',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#dynamic',
  summary: 'The file that the backend reads the version from does not set it.',
  why: 'The build stops where the backend looks for the version, before anything is built.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: 'Set the version in the file, as in `__version__ = "1.0"`, or name the file that sets it.',
  byHand: 'Only a person knows the version.',
  precision: 'high',
  follows: [missing.version],
  needs: ['python-imports'],
  bad: [
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\ndynamic = ["version"]\n\n[tool.hatch.version]\npath = "src/demo/__init__.py"\npattern = "^VERSION = .(?P<version>[0-9.]+)"\n',
        files: { 'src/demo/__init__.py': '__version__ = "1.0"\n' },
      },
    },
    {
      sdist: {
        pyproject: FLIT,
        files: { '{top}/src/demo/__init__.py': '"""Demo."""\n' },
      },
    },
    {
      sdist: {
        files: {
          '{top}/setup.cfg':
            '[metadata]\nname = demo\nversion = attr: demo.about.VERSION\n[options]\npackages = demo\npackage_dir =\n    = src\n',
          '{top}/src/demo/about.py': 'version = "1.0"\n',
        },
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
      },
    },
    { sdist: { pyproject: SETUPTOOLS, files: { '{top}/src/demo/__about__.py': 'VERSION = "1.0"\n' } } },
    { sdist: { pyproject: SETUPTOOLS, files: { '{top}/src/demo/__about__.py': '__version__ = "one"\n' } } },
  ],
  good: [
    // Of an sdist, hatchling takes the version from PKG-INFO.
    { sdist: { pyproject: HATCH, files: { '{top}/src/demo/__about__.py': 'VERSION_INFO = (1, 0)\n' } } },
    {
      sdist: {
        pyproject: FLIT,
        files: { '{top}/src/demo/__init__.py': '"""Demo."""\n', '{top}/src/demo/_version.py': '__version__ = "1.0"\n' },
      },
    },
    {
      sdist: {
        pyproject: FLIT,
        files: {
          '{top}/src/demo/__init__.py': '"""Demo."""\nfrom .about import *\n',
          '{top}/src/demo/about.py': '__all__ = ["__version__"]\n__version__ = "1.0"\n',
        },
      },
    },
    { sdist: { pyproject: HATCH, files: { '{top}/src/demo/__about__.py': "__version__ = 'v1.0'\n" } } },
    { sdist: { pyproject: SETUPTOOLS, files: { '{top}/src/demo/__about__.py': 'from ._version import *\n' } } },
  ],
  *check(sdist) {
    for (const source of sources(sdist)) {
      const { who, at, paths, problem, name } = source
      const [only, ...others] = paths.filter(path => sourceTree(sdist).files.has(path))
      const file = only === undefined || others.length > 0 ? undefined : codeIn(sdist, only)
      const what = only === undefined || !file ? undefined : problem(file, only)
      if (only === undefined || !file || what === undefined) continue
      // A submodule is a name of its package as well.
      if (only.endsWith('/__init__.py') && sourceTree(sdist).has(`${only.slice(0, -11)}${name}.py`)) continue
      yield finding(at, `${quote(only)} ${what}, and ${who} takes the version from there: the build fails.`, {
        help: correction(source, only, file),
      })
    }
  },
})

/** The name that the file sets, where `attr` has another one; of flit, where else a version may be. */
function correction({ who, name, at }: Source, path: string, file: Code): string | undefined {
  const set = ['__version__', 'VERSION', 'version'].find(
    one => one !== name && tryVersion(staticVersion(file.text, one) ?? '') !== undefined,
  )
  if (who === 'setuptools' && name !== '' && set !== undefined && at.value?.endsWith(name))
    return `Write \`${at.value.slice(0, -name.length).replace(/^attr:\s*/, '')}${set}\`, the name that the file sets.`
  if (who === 'flit')
    return `Set \`__version__ = "…"\` in ${quote(path)}; or set \`version\` in \`[project]\`, and remove it from \`dynamic\`.`
  return name === '' ? undefined : `Set \`${name} = "…"\` in ${quote(path)}, or name the file that sets it.`
}

interface Source {
  readonly who: string
  readonly at: Place
  /** Paths below the top directory, of which one is the file. */
  readonly paths: readonly string[]
  readonly name: string
  /** What is wrong with the file: `does not set …`. */
  problem(code: Code, path: string): string | undefined
}

const notSet = (name: string) => `does not set \`${name}\``

function* sources(sdist: Sdist): Generator<Source> {
  const { pyproject } = sdist
  if (pyproject?.error) return
  const backend = pyproject && backendOf(pyproject)
  if (backend === undefined || backend === 'setuptools') yield* ofSetuptools(sdist)
  if (!pyproject) return
  if (backend === 'flit-core') yield* ofFlit(pyproject, sdist)
  if (!dynamicKeys(pyproject).includes('version')) return
  // Where PKG-INFO is, it takes the version from there.
  if (backend === 'hatchling' && sdist.tree?.hasPkgInfo === false) yield* ofHatch(pyproject, sdist)
  if (backend === 'pdm-backend') yield* ofPdm(pyproject, sdist)
}

/** The plain text that a pattern of hatchling begins with; undefined where it may begin with something else. */
const beginningOf = (pattern: string): string | undefined =>
  /^\^?([A-Za-z_]{2,60})(?![A-Za-z_?*{|]|.*\|)/.exec(pattern)?.[1]

/** The default pattern of hatchling, which takes `pattern` for another one. */
const OF_HATCH = /^(?:__version__|VERSION) *= *["']/im

function* ofHatch(pyproject: Pyproject, { members, top }: Sdist): Generator<Source> {
  const table = ['tool', 'hatch', 'version'] as const
  const path = pyproject.get(...table, 'path')
  const isRead = (pyproject.get(...table, 'source') ?? 'regex') === 'regex'
  const pattern = pyproject.get(...table, 'pattern')
  if (!isRead || typeof path !== 'string' || members.get(`${top}/hatch.toml`) !== undefined) return
  const written = typeof pattern === 'string' ? beginningOf(pattern) : undefined
  if (pattern !== undefined && written === undefined) return
  yield {
    who: 'hatchling',
    at: pyproject.place(...table, pattern === undefined ? 'path' : 'pattern'),
    paths: [path],
    name: written ?? '__version__',
    problem: ({ text }) =>
      written === undefined
        ? OF_HATCH.test(text)
          ? undefined
          : notSet('__version__')
        : text.includes(written)
          ? undefined
          : `does not contain ${quote(written)}, with which the pattern begins`,
  }
}

const OF_PDM = /^(?:__version__|VERSION)\s*=\s*["']/m

function* ofPdm(pyproject: Pyproject, { members, top }: Sdist): Generator<Source> {
  // A hook may write the file.
  if (pyproject.get('tool', 'pdm', 'build', 'custom-hook') !== undefined || members.get(`${top}/pdm_build.py`)) return
  const table = ['tool', 'pdm', 'version'] as const
  const settings = pyproject.get(...table)
  if (!isTable(settings) || settings.source !== 'file' || typeof settings.path !== 'string') return
  if (Object.keys(settings).length > 2) return
  yield {
    who: 'pdm-backend',
    at: pyproject.place(...table, 'path'),
    paths: [settings.path],
    name: '__version__',
    problem: ({ text }) => (OF_PDM.test(text) ? undefined : notSet('__version__')),
  }
}

/** Where flit looks as well, next to `__init__.py`. */
const OF_FLIT = ['version.py', '_version.py', '__version__.py']

/** Where the version is not written, flit reads the module that it builds. */
function* ofFlit(pyproject: Pyproject, sdist: Sdist): Generator<Source> {
  const isDynamic = dynamicKeys(pyproject).includes('version')
  const module = pyproject.project && !isDynamic ? undefined : flitModule(pyproject)
  if (!module) return
  yield {
    who: 'flit',
    at: isDynamic ? pyproject.place('project', 'dynamic') : module.at,
    paths: module.paths,
    name: '__version__',
    problem: (file, path) => {
      const beside = path.endsWith('/__init__.py') ? OF_FLIT.map(one => path.replace('__init__.py', one)) : []
      if (beside.some(one => sourceTree(sdist).has(one))) return undefined
      if (isMissing(file, '__version__')) return notSet('__version__')
      const { version, uncallable } = file.module
      const kind = uncallable.get('__version__')
      if (version) return tryVersion(version.value) ? undefined : notAVersion('__version__', quote(version.value))
      return kind === undefined || kind === 'a string' || kind === 'a module'
        ? undefined
        : notAVersion('__version__', kind)
    },
  }
}

const notAVersion = (name: string, what: string) => `sets \`${name}\` to ${what}, which is not a version`

function* ofSetuptools(sdist: Sdist): Generator<Source> {
  const source = versionSource(sdist)
  if (!source) return
  const { at, paths, name } = source
  if (name === undefined) {
    const text = sdist.texts.get(`${sdist.top}/${paths[0]}`)?.text.trim()
    const problem = () => (!text || tryVersion(text) ? undefined : `contains ${quote(text)}, which is not a version`)
    yield { who: 'setuptools', at, paths, name: '', problem }
    return
  }
  yield {
    who: 'setuptools',
    at,
    paths,
    name,
    problem: file => {
      if (isMissing(file, name)) return notSet(name)
      const version = staticVersion(file.text, name)
      if (version === undefined || tryVersion(version)) return undefined
      return notAVersion(name, version === 'None' ? version : quote(version))
    },
  }
}

/** Is the name sure not to be in the module? */
function isMissing({ module: { names, isOpen, broken, imports } }: Code, name: string): boolean {
  return !isOpen && !broken && !names.has(name) && !imports.some(({ names: taken }) => taken.includes('*'))
}
