import type { Sdist } from '../../src/distribution/distribution.js'
import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { globBudget, globMatcher, globProblem } from '../../src/standards/globs.js'
import { backendOf, coreBackend, isSetuptools, isTable, texts } from '../../src/views/pyproject.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { exclusions, inclusion } from './_exclusions.js'
import { manifestLines, nearPath } from './_manifest.js'
import { packageSearch } from './_package-search.js'
import { sourceTree, treePath } from './_tree.js'

/** Lists of files that go into what is built, by backend. */
const LISTS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  [
    'hatchling',
    [[], ['targets', 'sdist'], ['targets', 'wheel']].flatMap(target =>
      ['include', 'only-include'].map(key => ['tool', 'hatch', 'build', ...target, key]),
    ),
  ],
  ['flit-core', [['tool', 'flit', 'sdist', 'include']]],
  ['pdm-backend', ['includes', 'source-includes'].map(key => ['tool', 'pdm', 'build', key])],
  ['uv-build', [['tool', 'uv', 'build-backend', 'source-include']]],
  ['scikit-build-core', [['tool', 'scikit-build', 'sdist', 'include']]],
  ['poetry-core', [['tool', 'poetry', 'include']]],
  ['maturin', [['tool', 'maturin', 'include']]],
])

/** Those that leave a wheel empty where nothing in them matches. */
const OF_WHEELS = /^tool\.(?:hatch\.build\.(?:targets\.wheel\.)?(?:only-)?include|pdm\.build\.includes)$/

/** Projects of a workspace. */
const MEMBERS = ['tool', 'uv', 'workspace', 'members'] as const

/** What a build may write, or git does not keep. */
const SUFFIXES: ReadonlySet<string> = new Set(
  'so pyd dll dylib lib a o exe mo pyc whl jar class wasm js css map html c cpp h hpp'.split(' '),
)
const FOLDERS: ReadonlySet<string> = new Set(['build', 'dist', 'static', '_static', 'node_modules', 'generated'])
const NAMES = /^(?:_?version|LICEN[CS]E|NOTICE)/i

/** May a build write what the parts of a pattern name? */
const mayBeWritten = (parts: readonly string[]): boolean =>
  parts.some(part => FOLDERS.has(part) || NAMES.test(part)) ||
  SUFFIXES.has((parts.at(-1) ?? '').split('.').slice(1).at(-1)?.replaceAll('*', '') ?? '')

const hatch = (include: string) =>
  `[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.hatch.build.targets.sdist]\ninclude = [${include}]\n`

export default rule({
  id: 'build-pattern-unmatched',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Documentation of the build backends',
  url: 'https://hatch.pypa.io/latest/config/build/#patterns',
  summary: 'A list of files to include names something that does not exist.',
  why: 'Build backends do not report such a pattern, and the file that was meant is missing from the sdist or the wheel.',
  fix: 'Correct the path, or remove it from the list.',
  byHand: 'Only a person knows which files are meant.',
  precision: 'high',
  absence: 'member',
  bad: [
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.hatch.build.targets.sdist]\ninclude = ["lib", "README.md"]\n',
        files: { 'src/demo/__init__.py': '', 'README.md': '# demo\n' },
      },
    },
    { sdist: { pyproject: hatch('"/srcs", "/pyproject.toml"') } },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n\n[tool.poetry]\nname = "demo"\nversion = "1.0"\ndescription = ""\nauthors = []\ninclude = ["data/*.json"]\n',
        files: { '{top}/data/words.txt': 'one\n' },
      },
    },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools.packages.find]\nwhere = ["src"]\ninclude = ["demos*"]\n',
        files: { 'src/demo/__init__.py': '' },
      },
    },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools.packages.find]\nexclude = ["src*", "demo*"]\nwhere = ["src"]\n',
        files: {
          'src/demo/__init__.py': '',
          'MANIFEST.in': 'include CHANGES.md\nrecursive_include docs *.md\nrecursive-include docs\ninclude src\n',
        },
      },
    },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools.packages.find]\nwhere = ["lib"]\nnamespaces = false\n',
        files: { 'lib/tools/demo/__init__.py': '' },
      },
    },
    {
      tree: {
        pyproject: hatch('"tests"').replace('sdist]', 'wheel]\nexclude = ["demo"]\n\n[tool.hatch.build.targets.sdist]'),
        files: { 'demo/__init__.py': '', 'tests/test_demo.py': '' },
      },
    },
  ],
  good: [
    { sdist: { pyproject: hatch('"src/**", "demo", "*.toml", "!tests", "src/demo/_version.py"') } },
    { sdist: { pyproject: hatch('"/src/demo/*.py"'), files: { '{top}/src/demo/__init__.py': '' } } },
  ],
  *check(sdist) {
    const { pyproject } = sdist
    if (sdist.tree?.isWhole === false || sdist.members.files.length === 0) return
    if (sdist.tree && isSetuptools(sdist)) {
      yield* packageSearch(sdist)
      yield* manifestLines(sdist, mayBeWritten)
    }
    if (!pyproject) return
    const budget = globBudget()
    if (sdist.tree) yield* exclusions(pyproject, sdist, budget)
    let lacking = sdist.tree && inclusion(pyproject, sdist, budget)
    const hint = (text: string) => {
      const meant =
        sdist.tree && treePath(text) !== undefined ? nearPath(sdist, text.replace(/^\/|\/$/g, '')) : undefined
      return meant === undefined ? '' : ` Did you mean ${quote(meant)}?`
    }
    const lacks = (folder: string) =>
      `${quote(folder)}, the package of the project: the sdist does not contain it, nor does a wheel that is built from it.`
    const isWrong = ({ text, key }: Pattern) =>
      key === 'only-include' || (key === 'members' && !/[*?[]/.test(text))
        ? isMissing(text, sdist)
        : isUnmatched(text, sdist, budget)
    const patterns = [...patternsIn(pyproject, sdist)]
    const wrong = patterns.filter(isWrong)
    for (const { text, at, key, path } of wrong) {
      const what = `\`${key}\` lists ${quote(text)}, which does not match anything in ${placeOfFiles(sdist)}`
      if (lacking && lacking.path.join('.') === path.join('.')) {
        yield finding(at, `${what}, but not ${lacks(lacking.folder)}`, {
          help: `Write ${quote(lacking.folder)} instead of ${quote(text)}.`,
        })
        lacking = undefined
      } else
        yield finding(at, `${what}.${hint(text)}`, {
          severity: sdist.tree ? undefined : 'info',
          explains:
            key === 'members'
              ? ['workspace members']
              : OF_WHEELS.test(path.join('.')) && patterns.every(one => one.path !== path || wrong.includes(one))
                ? ['packages']
                : undefined,
        })
    }
    if (lacking)
      yield finding(
        pyproject.keyPlace(...lacking.path),
        `\`${lacking.path.at(-1)}\` for the sdist does not list ${lacks(lacking.folder)}`,
        { help: `Add ${quote(lacking.folder)} to the list.` },
      )
  },
})

/** `only-include` takes paths from the top. */
function isMissing(written: string, sdist: Sdist): boolean {
  const path = treePath(written.replace(/^\/+/, ''))
  return path !== undefined && path !== '' && !sourceTree(sdist).has(path) && !mayBeWritten(path.split('/'))
}

interface Pattern {
  readonly text: string
  readonly at: Place
  readonly key: string
  readonly path: readonly string[]
}

function* patternsIn(pyproject: Pyproject, { tree }: Sdist): Generator<Pattern> {
  const family = coreBackend(backendOf(pyproject) ?? '')
  // An sdist has one member of it.
  for (const [index, text] of tree && !tree.hasPkgInfo ? texts(pyproject.get(...MEMBERS)) : [])
    yield { text, at: pyproject.place(...MEMBERS, index), key: 'members', path: MEMBERS }
  for (const path of LISTS.get(family) ?? []) {
    const list = pyproject.get(...path)
    const key = path.at(-1) ?? ''
    for (const [index, text] of texts(list)) yield { text, at: pyproject.place(...path, index), key, path }
    // Items may be tables with a format.
    if ((family === 'poetry-core' || family === 'maturin') && Array.isArray(list))
      for (const [index, item] of list.entries())
        if (isTable(item) && typeof item.path === 'string')
          yield { text: item.path, at: pyproject.place(...path, index, 'path'), key, path }
  }
}

function isUnmatched(pattern: string, sdist: Sdist, budget: ReturnType<typeof globBudget>): boolean {
  const { has, files } = sourceTree(sdist)
  const all = pattern.split('/').filter(part => part !== '' && part !== '.')
  while (/^\*\*?$/.test(all.at(-1) ?? '')) all.pop()
  while (all[0] === '**') all.shift()
  const plain = all.join('/')
  if (plain === '' || plain.includes('**') || /[!\\$~{}?[\]]/.test(pattern) || all.includes('..') || mayBeWritten(all))
    return false
  if (!plain.includes('*')) {
    if (has(plain)) return false
    for (const path of files) if (path.endsWith(`/${plain}`) || `/${path}`.includes(`/${plain}/`)) return false
    return true
  }
  if (globProblem(plain) !== undefined) return false
  const matches = globMatcher(plain, budget)
  const parts = all.length
  for (const path of files) {
    const own = path.split('/')
    for (let from = 0; from + parts <= own.length; from++)
      if (matches(own.slice(from, from + parts).join('/')) || budget.left < 0) return false
  }
  return true
}
