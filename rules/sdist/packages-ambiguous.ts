import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { backendOf, isSetuptools, texts } from '../../src/views/pyproject.js'
import { setupCfg } from '../../src/views/setup-files.js'
import { plural, someQuoted } from '../../src/wording.js'
import { flitModule } from './_code.js'
import { sourceTree } from './_tree.js'

/** Folders that setuptools 84.2 does not take for a package of a flat layout. */
const NO_PACKAGES: ReadonlySet<string> = new Set(
  'ci bin debian doc docs documentation manpages news newsfragments changelog test tests unit_test unit_tests example examples scripts tools util utils python build dist venv env requirements tasks fabfile site_scons benchmark benchmarks exercise exercises htmlcov'.split(
    ' ',
  ),
)
/** And files that it does not take for a module. */
const NO_MODULES: ReadonlySet<string> = new Set(
  'setup conftest test tests example examples build toxfile noxfile pavement dodo tasks fabfile sconstruct conanfile manage benchmark benchmarks exercise exercises'.split(
    ' ',
  ),
)

/** Requirements of a build that leave the packages alone. */
const PLAIN: ReadonlySet<string> = new Set(['setuptools', 'wheel', 'setuptools-scm', 'packaging', 'tomli', 'toml'])

const MOST = 6

const project = (more = '') =>
  `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n${more}`
const PACKAGE = { '{top}/demo/__init__.py': '', '{top}/src/demo/__init__.py': null }

export default rule({
  id: 'packages-ambiguous',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'setuptools, "Package Discovery and Namespace Packages", "Automatic discovery"',
  url: 'https://setuptools.pypa.io/en/latest/userguide/package_discovery.html#automatic-discovery',
  summary: 'The backend finds several packages and does not choose one.',
  why: 'Without a list of packages, setuptools treats every folder next to pyproject.toml as a package, whether or not it contains Python files. It stops if there are several. flit stops if a folder and a file, or two folders, have the name of the module.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: 'Name the packages in `[tool.setuptools.packages.find]`, or move them into `src`.',
  byHand: 'Only a person knows which folders are packages.',
  precision: 'high',
  absence: 'member',
  bad: [
    {
      tree: {
        pyproject: project('description = "Reads demo files"\n')
          .replace('"setuptools"', '"flit_core"')
          .replace('setuptools.build_meta', 'flit_core.buildapi'),
        files: { 'demo/__init__.py': '"Reads demo files."\n', 'demo.py': '"Reads demo files."\n' },
      },
    },
    { sdist: { pyproject: project(), files: { ...PACKAGE, '{top}/data/words.txt': 'one\n' } } },
    {
      sdist: {
        pyproject: project(),
        files: { '{top}/src/demo/__init__.py': null, '{top}/a.py': '', '{top}/b.py': '' },
      },
    },
  ],
  good: [
    {
      sdist: { pyproject: project(), files: { ...PACKAGE, '{top}/tests/test_demo.py': '', '{top}/setup-data/a': '' } },
    },
    { sdist: { pyproject: project(), files: { '{top}/data/words.txt': 'one\n' } } },
    {
      sdist: {
        pyproject: project('\n[tool.setuptools.packages.find]\ninclude = ["demo*"]\n'),
        files: { ...PACKAGE, '{top}/data/words.txt': 'one\n' },
      },
    },
  ],
  *check(sdist) {
    if (sdist.tree?.isWhole === false) return
    yield* ofFlit(sdist)
    if (!discovers(sdist)) return
    const { pyproject } = sdist
    const { files } = sourceTree(sdist)
    const tops = (end: RegExp) => [...new Set([...files].flatMap(path => end.exec(path)?.[1] ?? []))]
    const packages = tops(/^([A-Za-z]\w*)\//).filter(name => !NO_PACKAGES.has(name))
    const modules = tops(/^([A-Za-z]\w*)\.py$/).filter(name => !NO_MODULES.has(name.toLowerCase()))
    const found = packages.length > 0 ? packages : modules
    if (found.length < 2) return
    const name = pyproject?.get('project', 'name')
    const named = found.filter(one => typeof name === 'string' && canonicalName(name) === canonicalName(one))
    const likely = found.filter(one => packages.length === 0 || files.has(`${one}/__init__.py`))
    const meant = named.length > 0 ? named : likely
    const kind = packages.length > 0 ? 'package' : 'module'
    const at = pyproject?.project
      ? pyproject.keyPlace('project')
      : { member: `${sdist.top}/setup.cfg`, line: 1, column: 1 }
    const [only] = meant.length > 0 ? meant : ['NAME']
    yield finding(
      at,
      `setuptools finds ${plural(found.length, `top-level ${kind}`)} and does not choose: ${someQuoted(found.sort(), MOST)}. The build fails.`,
      {
        help: !pyproject?.project
          ? `Set \`packages\` in \`[options]\` of setup.cfg.`
          : kind === 'module'
            ? `Write the modules that belong to the project into \`py-modules\` in \`[tool.setuptools]\`, as in \`py-modules = ["${only}"]\`.`
            : `Add \`[tool.setuptools.packages.find]\` with \`include = [${(meant.length > 0 ? meant : ['NAME']).map(one => `"${one}*"`).join(', ')}]\`.`,
        subject: 'packages',
      },
    )
  },
})

/** flit looks for a folder and a file with the name of the module, in two places. */
function* ofFlit(sdist: Sdist): Generator<Draft> {
  const { pyproject } = sdist
  const module = pyproject && backendOf(pyproject) === 'flit-core' ? flitModule(pyproject) : undefined
  if (!module) return
  const { has, isFolder } = sourceTree(sdist)
  const found = module.paths.flatMap(path => {
    const folder = path.endsWith('/__init__.py') ? path.slice(0, -'/__init__.py'.length) : undefined
    return folder === undefined ? (has(path) ? [path] : []) : isFolder(folder) ? [`${folder}/`] : []
  })
  if (found.length < 2) return
  yield finding(
    module.at,
    `flit finds ${plural(found.length, 'place')} for the module and does not choose: ${someQuoted(found, MOST)}. The build fails.`,
    { help: 'Keep one of them, and rename or remove the others.', subject: 'module' },
  )
}

/** Does setuptools look for the packages in the project's folder? */
function discovers(sdist: Sdist): boolean {
  const { pyproject, top, members } = sdist
  // What setup.py does with them is another matter.
  if (!isSetuptools(sdist) || members.get(`${top}/setup.py`)) return false
  const tree = sourceTree(sdist)
  if ([...tree.files].some(path => path.startsWith('src/'))) return false
  const options = setupCfg(sdist)
  const isInCfg = [...options.keys()].some(key =>
    /^options\.(?:packages|package_dir|py_modules|ext_modules)\b/.test(key),
  )
  const table = ['packages', 'package-dir', 'py-modules', 'ext-modules', 'cmdclass']
  if (isInCfg || table.some(key => pyproject?.get('tool', 'setuptools', key) !== undefined)) return false
  if (!pyproject?.project && !options.has('metadata.name')) return false
  const required = texts(pyproject?.get('build-system', 'requires')).map(([, text]) =>
    canonicalName(attempt(parseRequirement, text)?.name ?? ''),
  )
  return required.every(one => PLAIN.has(one))
}
