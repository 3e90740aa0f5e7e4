import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import type { PythonFile } from '../../src/python/file.js'
import { readModule } from '../../src/python/module.js'
import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, dynamicKeys, isSetuptools, isTable } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'
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
  needs: ['python-imports'],
  bad: [
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
  ],
  good: [
    // Of an sdist, hatchling takes the version from PKG-INFO.
    { sdist: { pyproject: HATCH, files: { '{top}/src/demo/__about__.py': 'VERSION_INFO = (1, 0)\n' } } },
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
    for (const { who, at, paths, lacks, name } of sources(sdist)) {
      const [only, ...others] = paths.filter(path => sourceTree(sdist).files.has(path))
      const file = only === undefined || others.length > 0 ? undefined : codeIn(sdist, only)
      if (!only || !file || !lacks(file)) continue
      // A submodule is a name of its package as well.
      if (only.endsWith('/__init__.py') && sourceTree(sdist).has(`${only.slice(0, -11)}${name}.py`)) continue
      yield finding(
        at,
        `${quote(only)} does not set \`${name}\`, from which ${who} takes the version: the build fails.`,
      )
    }
  },
})

type Code = Pick<PythonFile, 'text' | 'module'>

/** A source tree has texts alone. */
function codeIn({ python, texts, top }: Sdist, path: string): Code | undefined {
  const file = python.get(`${top}/${path}`)
  if (file) return file.cut ? undefined : file
  const text = texts.get(`${top}/${path}`)
  return text && !text.cut && text.utf8 ? { text: text.text, module: readModule(text.text) } : undefined
}

interface Source {
  readonly who: string
  readonly at: Place
  /** Paths below the top directory, of which one is the file. */
  readonly paths: readonly string[]
  readonly name: string
  lacks(code: Code): boolean
}

function* sources(sdist: Sdist): Generator<Source> {
  const { pyproject } = sdist
  if (pyproject?.error) return
  const backend = pyproject && backendOf(pyproject)
  if (backend === undefined || backend === 'setuptools') yield* ofSetuptools(sdist)
  if (!pyproject) return
  if (backend === 'flit-core') yield* ofFlit(pyproject)
  if (!dynamicKeys(pyproject).includes('version')) return
  // Where PKG-INFO is, it takes the version from there.
  if (backend === 'hatchling' && sdist.tree?.hasPkgInfo === false) yield* ofHatch(pyproject, sdist)
  if (backend === 'pdm-backend') yield* ofPdm(pyproject, sdist)
}

/** The default pattern of hatchling, which takes `pattern` for another one. */
const OF_HATCH = /^(?:__version__|VERSION) *= *["']/im

function* ofHatch(pyproject: Pyproject, { members, top }: Sdist): Generator<Source> {
  const table = ['tool', 'hatch', 'version'] as const
  const path = pyproject.get(...table, 'path')
  const isPlain =
    (pyproject.get(...table, 'source') ?? 'regex') === 'regex' && pyproject.get(...table, 'pattern') === undefined
  if (!isPlain || typeof path !== 'string' || members.get(`${top}/hatch.toml`) !== undefined) return
  yield {
    who: 'hatchling',
    at: pyproject.place(...table, 'path'),
    paths: [path],
    name: '__version__',
    lacks: ({ text }) => !OF_HATCH.test(text),
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
    lacks: ({ text }) => !OF_PDM.test(text),
  }
}

const FLIT_KEYS = [
  ['tool', 'flit', 'module', 'name'],
  ['tool', 'flit', 'metadata', 'module'],
  ['project', 'name'],
]

/** Where the version is not written, flit reads the module that it builds. */
function* ofFlit(pyproject: Pyproject): Generator<Source> {
  const isDynamic = dynamicKeys(pyproject).includes('version')
  if (pyproject.project && !isDynamic) return
  const key = FLIT_KEYS.find(path => typeof pyproject.get(...path) === 'string')
  const name = key && pyproject.get(...key)
  if (!key || typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return
  yield {
    who: 'flit',
    at: isDynamic ? pyproject.place('project', 'dynamic') : pyproject.place(...key),
    paths: modulePaths((key[0] === 'project' ? name.replaceAll('-', '_') : name).split('.')),
    name: '__version__',
    lacks: file => isMissing(file, '__version__'),
  }
}

function* ofSetuptools(sdist: Sdist): Generator<Source> {
  const { pyproject } = sdist
  const key = ['tool', 'setuptools', 'dynamic', 'version', 'attr']
  if (pyproject?.project) {
    const attr = pyproject.get(...key)
    if (dynamicKeys(pyproject).includes('version') && typeof attr === 'string')
      yield* ofAttribute(sdist, attr, pyproject.place(...key))
    return
  }
  if (!isSetuptools(sdist)) return
  const option = setupCfg(sdist).get('metadata.version')
  const value = option?.values[0]
  const attr = /^attr:\s*([\w.]+)$/.exec(value?.text ?? '')?.[1]
  const setup = setupScript(sdist)?.setup
  if (!option || !value || attr === undefined || setup?.keywords.has('version') || setup?.isOpen) return
  yield* ofAttribute(sdist, attr, {
    member: option.member,
    line: value.line,
    column: value.column,
    value: value.text,
  })
}

function* ofAttribute(sdist: Sdist, attr: string, at: Place): Generator<Source> {
  const parts = attr.replace(/\.__init__(?=\.[^.]*$)/, '').split('.')
  const name = parts.pop() ?? ''
  if (parts.length === 0 || name === '') return
  yield {
    who: 'setuptools',
    at,
    paths: anywhere(sdist, parts),
    name,
    lacks: file => isMissing(file, name),
  }
}

const modulePaths = (parts: readonly string[]): readonly string[] =>
  ['', 'src/'].flatMap(root => [`${root}${parts.join('/')}.py`, `${root}${parts.join('/')}/__init__.py`])

/** Only a build knows the folders that setuptools searches. */
function anywhere(sdist: Sdist, parts: readonly string[]): readonly string[] {
  const ends = [`${parts.join('/')}.py`, `${parts.join('/')}/__init__.py`]
  return [...sourceTree(sdist).files].filter(file => ends.some(end => file === end || file.endsWith(`/${end}`)))
}

/** Is the name sure not to be in the module? */
function isMissing({ module: { names, isOpen, broken, imports } }: Code, name: string): boolean {
  return !isOpen && !broken && !names.has(name) && !imports.some(({ names: taken }) => taken.includes('*'))
}
