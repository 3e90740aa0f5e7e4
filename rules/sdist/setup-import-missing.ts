import type { Sdist } from '../../src/distribution/distribution.js'
import { type Dotted, readModule } from '../../src/python/module.js'
import { absolute, topOf } from '../../src/python/module-name.js'
import { staticVersion } from '../../src/python/static-value.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { isStdlibModule } from '../../src/standards/import-name.js'
import { canonicalName } from '../../src/standards/name.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { parseVersion } from '../../src/standards/version.js'
import { isSetuptools, texts } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { codeIn, versionSource } from './_code.js'
import { sourceTree } from './_tree.js'

/**
 * What a build may require, with the modules that it provides, including dependencies. If anything else is required,
 * its modules are unknown.
 */
const BRINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['setuptools', ['setuptools', 'pkg_resources', '_distutils_hack', 'distutils']],
  ['wheel', ['wheel', 'packaging']],
  ['pip', ['pip']],
  ['build', ['build', 'packaging', 'pyproject_hooks', 'tomli', 'importlib_metadata', 'colorama']],
  ['cython', ['Cython', 'cython', 'pyximport']],
  ['packaging', ['packaging']],
  ['pybind11', ['pybind11']],
  ['toml', ['toml']],
  ['tomli', ['tomli']],
  ['ninja', ['ninja']],
  ['cmake', ['cmake']],
  ['cffi', ['cffi', '_cffi_backend', 'pycparser']],
  ['numpy', ['numpy']],
  ['versioneer', ['versioneer', 'tomli']],
  ['setuptools-rust', ['setuptools_rust', 'semantic_version', 'typing_extensions', 'setuptools']],
  [
    'setuptools-scm',
    [
      'setuptools_scm',
      'vcs_versioning',
      'packaging',
      'setuptools',
      'typing_extensions',
      'tomli',
      'importlib_metadata',
      'zipp',
    ],
  ],
])

/** Modules of Python 2, and of what some systems install in every environment. */
const UNKNOWN =
  /^(?:__builtin__|commands|ConfigParser|StringIO|cStringIO|cPickle|httplib|urllib2|urlparse|Queue|Tkinter|site|sitecustomize|six|ez_setup|distribute_setup|py2exe|cx_Freeze|win32.*|pythoncom|pywintypes|_.*)$/

const SETUP =
  'from setuptools import setup\n\nsetup(name="demo", version="1.0", packages=["demo"], package_dir={"": "src"})\n'
const required = (requires: string, more = '') =>
  `[build-system]\nrequires = [${requires}]\nbuild-backend = "setuptools.build_meta"\n${more}`

export default rule({
  id: 'setup-import-missing',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'pyproject.toml specification, "[build-system] table"; PEP 517, "Build environment"',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: 'setup.py, or the module that has the version, imports a module that is missing from its build environment.',
  why: 'A build runs in an environment that contains only what `build-system.requires` lists. `setuptools.build_meta` does not find modules next to setup.py either.',
  fix: 'Add the project that provides the module to `build-system.requires`; for a module next to setup.py, add its folder to `sys.path` before the import.',
  byHand: 'The code has to be changed, or support for a Python version dropped.',
  precision: 'high',
  absence: 'member',
  needs: ['python-imports'],
  bad: [
    {
      tree: {
        pyproject: required('"setuptools>=77"'),
        files: {
          'setup.py':
            'import sys\n\nfrom setuptools import setup\n\nsys.path.insert(0, "src")\nimport demo\n\nsetup(name="demo", version=demo.__version__, packages=["demo"], package_dir={"": "src"})\n',
          'src/demo/__init__.py': 'import numpy\n\n__version__ = "1.0"\n',
        },
      },
    },
    {
      sdist: {
        pyproject: required(
          '"setuptools>=77"',
          '[project]\nname = "demo"\ndynamic = ["version"]\n\n[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n',
        ),
        files: { '{top}/src/demo/__init__.py': 'import numpy\n\n__version__ = ".".join(["1", "0"])\n' },
      },
    },
    { sdist: { pyproject: null, files: { '{top}/setup.py': `import numpy\n${SETUP}` } } },
    { sdist: { pyproject: required('"setuptools>=77"'), files: { '{top}/setup.py': `import numpy\n${SETUP}` } } },
    { sdist: { pyproject: required('"setuptools>=77"'), files: { '{top}/setup.py': `import pip\n${SETUP}` } } },
    { sdist: { pyproject: required('"setuptools<71"'), files: { '{top}/setup.py': `import packaging\n${SETUP}` } } },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\n',
        files: {
          '{top}/setup.py': `from tool import VERSION\n${SETUP}`,
          '{top}/tool/__init__.py': 'from . import core\nfrom .core import VERSION\n',
          '{top}/tool/core.py': 'import yaml\n\nVERSION = "1.0"\n',
        },
      },
    },
    {
      sdist: {
        pyproject: required('"setuptools"'),
        files: { '{top}/setup.py': `from helper import find\n${SETUP}`, '{top}/helper.py': 'find = 1\n' },
      },
    },
    {
      sdist: {
        pyproject: required('"setuptools"'),
        files: { '{top}/setup.py': `from demo import __version__\n${SETUP}` },
      },
    },
    {
      sdist: {
        pyproject: required('"setuptools>=77"'),
        files: { '{top}/setup.py': `import pkg_resources\n${SETUP}` },
      },
    },
  ],
  good: [
    // setuptools runs the file that has the version, and not the package around it.
    {
      sdist: {
        pyproject: required(
          '"setuptools>=77"',
          '[project]\nname = "demo"\ndynamic = ["version"]\n\n[tool.setuptools.dynamic]\nversion = { attr = "demo.about.VERSION" }\n',
        ),
        files: {
          '{top}/src/demo/__init__.py': 'import numpy\n',
          '{top}/src/demo/about.py': 'VERSION = ".".join(["1", "0"])\n',
        },
      },
    },
    {
      sdist: {
        pyproject: required('"setuptools"'),
        files: { '{top}/setup.py': `from packaging.version import Version\n${SETUP}` },
      },
    },
    { sdist: { pyproject: required('"setuptools", "numpy"'), files: { '{top}/setup.py': `import numpy\n${SETUP}` } } },
    {
      sdist: {
        pyproject: required('"setuptools"'),
        files: { '{top}/setup.py': `try:\n    import numpy\nexcept ImportError:\n    numpy = None\n${SETUP}` },
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\n',
        files: { '{top}/setup.py': `import helper\n${SETUP}`, '{top}/helper.py': 'x = 1\n' },
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\n',
        files: {
          '{top}/setup.py': `import tool.text\n${SETUP}`,
          '{top}/tool/__init__.py': 'from .words import yaml\n',
          '{top}/tool/text.py': 'from . import yaml\n',
          '{top}/tool/words.py': 'yaml = "words"\n',
          '{top}/tool/yaml.py': 'import numpy\n',
        },
      },
    },
  ],
  *check(sdist) {
    const { top, pyproject, metadata } = sdist
    yield* forVersion(sdist)
    const member = `${top}/setup.py`
    const kept = sdist.texts.get(member)
    if (!kept || kept.cut || !kept.utf8 || !isSetuptools(sdist)) return
    const modules = environmentOf(sdist)
    if (!modules || /^\s*(?:<|==?\s*2)/.test(metadata?.value('Requires-Python') ?? '')) return
    // Once anything else changes sys.path, modules may come from anywhere.
    const text = kept.text.replace(OWN_FOLDER, all => ' '.repeat(all.length))
    const isOwnFolder = text !== kept.text
    const pathAt =
      /\bsys\.path\b|\bsys\.modules\b|\bos\.chdir\b|\bsite\b|\bPYTHONPATH\b|\bsubprocess\b|\bpip\b|\beasy_install\b|\bfetch_build_eggs\b/.exec(
        text,
      )
    const until = pathAt ? text.slice(0, pathAt.index).split('\n').length : Number.POSITIVE_INFINITY
    const module = readModule(kept.text)
    // Another rule reports Python 2 code.
    if (module.broken) return
    const isLegacy = isOwnFolder || pyproject?.get('build-system', 'build-backend') !== 'setuptools.build_meta'
    const inPath = pyproject?.get('build-system', 'backend-path') !== undefined
    const told = new Set<string>()
    const always = module.imports.filter(({ unguarded }) => unguarded)
    const [, inner] = IN_FOLDER.exec(text) ?? []
    const own = [
      ...ownImports(sdist, always, pathAt !== null || isLegacy || inPath),
      ...ownImports(sdist, always, inner !== undefined, `${inner}/`),
    ]
    for (const { by, chain, name } of INSTALLS.test(kept.text) ? [] : own) {
      const [first = ''] = name.split('.', 1)
      if (modules.has(first) || isStdlibModule(first) || UNKNOWN.test(first) || hasModule(sdist, first)) continue
      // The first one stops the build.
      if (told.has(by.module)) continue
      told.add(by.module).add(first)
      yield finding(
        { member, line: by.line, column: by.column, mark: '' },
        `setup.py imports ${quote(by.module)}, and ${chain} imports ${quote(name)}, which \`build-system.requires\` does not provide: the build fails with ModuleNotFoundError.`,
        { subject: first, help: 'Read the version from the text of the file, or require the project for the build.' },
      )
    }
    for (const { module: name, level, unguarded, line, column } of module.imports) {
      const first = name.split('.', 1)[0] ?? ''
      if (level > 0 || !unguarded || line > until || told.has(first)) continue
      if (modules.has(first) || isStdlibModule(first) || UNKNOWN.test(first)) continue
      const isLocal = hasModule(sdist, first)
      // The legacy backend finds modules next to setup.py, and so does backend-path.
      if (isLocal ? isLegacy || inPath : inPath) continue
      told.add(first)
      // It existed when the sdist was built.
      const isOld = first === 'pkg_resources'
      yield finding(
        { member, line, column, mark: '' },
        isLocal
          ? `setup.py imports ${quote(name)}, which is next to setup.py, where setuptools.build_meta does not look: the build fails with ModuleNotFoundError.`
          : `setup.py imports ${quote(name)}, which ${isOld ? 'setuptools 82 and later no longer contain' : '`build-system.requires` does not provide'}: the build fails with ModuleNotFoundError.`,
        {
          subject: first,
          ...(isOld && {
            severity: 'warning' as const,
            help: 'Require `setuptools<82` for the build, or stop using pkg_resources.',
          }),
          ...(isLocal && {
            help: 'Add the folder of setup.py to `sys.path` before the import.',
          }),
        },
      )
    }
  },
})

/** The folder of setup.py is put into `sys.path`. */
const OWN_FOLDER =
  /\bsys\.path\.(?:insert\(0, ?|append\()(?:['"]\.?['"]|os\.getcwd\(\)|(?:os\.path\.)?dirname\((?:(?:os\.path\.)?(?:abs|real)path\(__file__\)|__file__)\)|(?:str\()?(?:pathlib\.)?Path\(__file__\)(?:\.(?:resolve|absolute)\(\))?\.parent\)?)\)/g

/** A folder for the packages is put into `sys.path`. */
const IN_FOLDER =
  /\bsys\.path\.(?:insert\(0, ?|append\()(?:os\.path\.(?:join|abspath)\()?(?:[A-Za-z_]{1,30}, ?)?['"](src|lib|python)\/?['"]\)/

/** Where `attr` names what is not a literal, setuptools runs the module. */
function* forVersion(sdist: Sdist) {
  const source = versionSource(sdist)
  const modules = environmentOf(sdist)
  const [path, ...others] = source?.paths ?? []
  const code = path === undefined || others.length > 0 ? undefined : codeIn(sdist, path)
  if (!source?.name || !modules || path === undefined || !code || code.module.broken) return
  if (staticVersion(code.text, source.name) !== undefined) return
  const [, root = '', written = ''] = /^(src\/)?(.*?)(?:\/__init__)?\.py$/.exec(path) ?? []
  const module = written.replaceAll('/', '.')
  // It runs the file alone: the packages around it are not imported, and what it needs of them is another matter.
  const isAlone = module.includes('.')
  const direct = code.module.imports.filter(({ unguarded, level }) => unguarded && level === 0)
  const found = isAlone
    ? direct.map(one => ({ chain: quote(path), name: one.module }))
    : ownImports(sdist, [{ level: 0, module }], true, root)
  for (const { chain, name } of found) {
    const first = topOf(name)
    if (modules.has(first) || isStdlibModule(first) || UNKNOWN.test(first) || hasModule(sdist, first)) continue
    yield finding(
      source.at,
      `setuptools runs ${quote(path)} for the version, because \`${source.name}\` is not a literal there, and ${chain} imports ${quote(name)}, which \`build-system.requires\` does not provide: the build fails with ModuleNotFoundError.`,
      { subject: first, help: 'Set the version as a literal, or name a file of its own that sets it.' },
    )
    return
  }
}

/** Modules of others that a package of the sdist imports whenever setup.py imports that. */
function* ownImports<T extends Dotted>(
  sdist: Sdist,
  imports: readonly T[],
  isFound: boolean,
  root = '',
): Generator<{ readonly by: T; readonly chain: string; readonly name: string }> {
  if (!isFound) return
  for (const by of imports) {
    if (by.level > 0) continue
    const seen = new Set<string>()
    const left = [by.module]
    for (let name = left.pop(); name !== undefined && seen.size < MOST_FOLLOWED; name = left.pop()) {
      const parts = name.split('.')
      for (let i = 1; i <= parts.length; i++) {
        const module = parts.slice(0, i).join('.')
        const found = ownFile(sdist, module, root)
        if (!found || seen.has(module)) continue
        const { path, file } = found
        seen.add(module)
        // What changes sys.path or installs hooks may find anything.
        if (file.module.hooks || file.module.broken) return
        for (const one of file.module.imports) {
          if (!one.unguarded) continue
          const base = absolute(module, path.endsWith('/__init__.py'), one.level, one.module)
          if (base === undefined) continue
          if (topOf(base) === topOf(by.module)) left.push(base, ...submodules(sdist, base, one.names, root))
          else if (one.level === 0) yield { by, chain: quote(path), name: base }
        }
      }
    }
  }
}

/** Those of the names that are modules; what the package itself binds is taken first. */
function submodules(sdist: Sdist, base: string, names: readonly string[], root: string): readonly string[] {
  const module = ownFile(sdist, base, root)?.file.module
  if (module?.isOpen) return []
  return names
    .filter(name => {
      const alias = module?.aliases.get(name)
      const from = alias && absolute(base, true, alias.level, alias.module)
      return !module?.names.has(name) || (alias && `${from}.${alias.name}` === `${base}.${name}`)
    })
    .map(name => `${base}.${name}`)
}

/** The file of a module below the top directory, or a folder in it. */
function ownFile(sdist: Sdist, module: string, root: string) {
  const base = root + module.replaceAll('.', '/')
  for (const path of [`${base}/__init__.py`, `${base}.py`]) {
    const file = sourceTree(sdist).files.has(path) ? codeIn(sdist, path) : undefined
    if (file) return { path, file }
  }
  return undefined
}

const MOST_FOLLOWED = 200
/** It may install what is missing, or put something in its place. */
const INSTALLS = /\bsys\.modules\b|\bsubprocess\b|\bpip\b|\beasy_install\b|\bfetch_build_eggs\b|\bos\.system\b/

/** A setuptools without pkg_resources, like the newest. */
const WITHOUT_PKG_RESOURCES = parseVersion('84.2.1')
/** One that adds its own copies of these to the path: 71 and later. */
const WITH_COPIES = parseVersion('80.9.0')
const COPIES = [
  'autocommand',
  'backports',
  'importlib_metadata',
  'jaraco',
  'more_itertools',
  'packaging',
  'platformdirs',
  'tomli',
  'wheel',
  'zipp',
]

/** Modules of the build environment; undefined where not all of them are known. */
function environmentOf({ pyproject }: Sdist): ReadonlySet<string> | undefined {
  const listed = pyproject?.get('build-system', 'requires')
  // Without a table, pip and uv install setuptools; build adds nothing.
  const requires = listed === undefined ? ['setuptools'] : texts(listed).map(([, text]) => text)
  const found = new Set<string>()
  for (const text of requires) {
    const requirement = attempt(parseRequirement, text)
    const modules = requirement && BRINGS.get(canonicalName(requirement.name))
    if (!requirement || !modules || requirement.extras.length > 0) return undefined
    const { specifier } = requirement
    if (modules.includes('setuptools') && [WITH_COPIES, WITHOUT_PKG_RESOURCES].some(one => specifier.contains(one)))
      for (const module of COPIES) found.add(module)
    for (const module of modules)
      if (module !== 'pkg_resources' || !specifier.contains(WITHOUT_PKG_RESOURCES)) found.add(module)
  }
  return found
}

/** Is a module of this name in the sdist, next to setup.py or in a folder that may be on the path? */
function hasModule(sdist: Sdist, name: string): boolean {
  for (const path of sourceTree(sdist).files) {
    const parts = path.split('/')
    const at = parts.findIndex(part => part === name || part.split('.', 1)[0] === name)
    if (at >= 0 && at <= 2) return true
  }
  return false
}
