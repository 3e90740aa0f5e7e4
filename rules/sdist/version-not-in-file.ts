import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { readModule } from '../../src/python/module.js'
import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, dynamicKeys, isSetuptools, isTable } from '../../src/views/pyproject.js'
import { setupCfg, setupScript } from '../../src/views/setup-files.js'

const PROJECT = '[project]\nname = "demo"\ndynamic = ["version"]\n\n'
const HATCH = `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n${PROJECT}[tool.hatch.version]\npath = "src/demo/__about__.py"\n`
const SETUPTOOLS = `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n${PROJECT}[tool.setuptools.dynamic]\nversion = { attr = "demo.__about__.__version__" }\n`

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
  bad: [
    { sdist: { pyproject: HATCH, files: { '{top}/src/demo/__about__.py': 'VERSION_INFO = (1, 0)\n' } } },
    { sdist: { pyproject: SETUPTOOLS, files: { '{top}/src/demo/__about__.py': 'VERSION = "1.0"\n' } } },
  ],
  good: [
    { sdist: { pyproject: HATCH, files: { '{top}/src/demo/__about__.py': "__version__: str = 'v1.0'\n" } } },
    { sdist: { pyproject: SETUPTOOLS, files: { '{top}/src/demo/__about__.py': 'from ._version import *\n' } } },
  ],
  *check(sdist) {
    for (const { who, at, paths, lacks, name } of sources(sdist)) {
      const [only, ...others] = paths.flatMap(path => sdist.texts.get(`${sdist.top}/${path}`) ?? [])
      if (only && others.length === 0 && !only.cut && only.utf8 && lacks(only.text))
        yield finding(
          at,
          `${quote(only.member.slice((sdist.top ?? '').length + 1))} does not set \`${name}\`, from which ${who} takes the version: the build fails.`,
        )
    }
  },
})

interface Source {
  readonly who: string
  readonly at: Place
  /** Paths below the top directory, of which one is the file. */
  readonly paths: readonly string[]
  readonly name: string
  lacks(text: string): boolean
}

function* sources(sdist: Sdist): Generator<Source> {
  const { pyproject } = sdist
  if (pyproject?.error) return
  const backend = pyproject && backendOf(pyproject)
  if (backend === undefined || backend === 'setuptools') yield* ofSetuptools(sdist)
  if (!pyproject || !dynamicKeys(pyproject).includes('version')) return
  if (backend === 'hatchling') yield* ofHatch(pyproject, sdist)
  if (backend === 'pdm-backend') yield* ofPdm(pyproject)
  if (backend === 'flit-core') yield* ofFlit(pyproject)
}

/** The default pattern of hatchling, which takes `pattern` for another one. */
const OF_HATCH = /^(?:__version__|VERSION)(?: ?: ?str)? *= *["']/im

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
    lacks: text => !OF_HATCH.test(text),
  }
}

const OF_PDM = /^(?:__version__|VERSION)\s*=\s*["']/m

function* ofPdm(pyproject: Pyproject): Generator<Source> {
  const table = ['tool', 'pdm', 'version'] as const
  const settings = pyproject.get(...table)
  if (!isTable(settings) || settings.source !== 'file' || typeof settings.path !== 'string') return
  if (Object.keys(settings).length > 2) return
  yield {
    who: 'pdm-backend',
    at: pyproject.place(...table, 'path'),
    paths: [settings.path],
    name: '__version__',
    lacks: text => !OF_PDM.test(text),
  }
}

function* ofFlit(pyproject: Pyproject): Generator<Source> {
  const key = ['tool', 'flit', 'module', 'name']
  const named = pyproject.get(...key)
  const name = named ?? pyproject.get('project', 'name')
  if (typeof name !== 'string' || !/^[\w.-]+$/.test(name)) return
  yield {
    who: 'flit',
    at: typeof named === 'string' ? pyproject.place(...key) : pyproject.place('project', 'dynamic'),
    paths: modulePaths((typeof named === 'string' ? name : name.replaceAll('-', '_')).split('.')),
    name: '__version__',
    lacks: text => isMissing(text, '__version__'),
  }
}

function* ofSetuptools(sdist: Sdist): Generator<Source> {
  const { pyproject } = sdist
  const key = ['tool', 'setuptools', 'dynamic', 'version', 'attr']
  if (pyproject?.project) {
    const attr = pyproject.get(...key)
    if (dynamicKeys(pyproject).includes('version') && typeof attr === 'string')
      yield* ofAttribute(attr, pyproject.place(...key))
    return
  }
  if (!isSetuptools(sdist)) return
  const option = setupCfg(sdist).get('metadata.version')
  const value = option?.values[0]
  const attr = /^attr:\s*([\w.]+)$/.exec(value?.text ?? '')?.[1]
  const setup = setupScript(sdist)?.setup
  if (!option || !value || attr === undefined || setup?.keywords.has('version') || setup?.isOpen) return
  yield* ofAttribute(attr, {
    member: option.member,
    line: value.line,
    column: value.column,
    value: value.text,
  })
}

function* ofAttribute(attr: string, at: Place): Generator<Source> {
  const parts = attr.split('.')
  const name = parts.pop() ?? ''
  if (parts.length === 0 || name === '') return
  yield {
    who: 'setuptools',
    at,
    paths: modulePaths(parts),
    name,
    lacks: text => isMissing(text, name),
  }
}

const modulePaths = (parts: readonly string[]): readonly string[] =>
  ['', 'src/'].flatMap(root => [`${root}${parts.join('/')}.py`, `${root}${parts.join('/')}/__init__.py`])

/** Is the name sure not to be in the module? */
function isMissing(text: string, name: string): boolean {
  const { names, isOpen, broken, imports } = readModule(text)
  return !isOpen && !broken && !names.has(name) && !imports.some(({ names: taken }) => taken.includes('*'))
}
