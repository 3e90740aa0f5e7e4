import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { type EntryPoint, isCommand, modulesAbove } from '../../src/distribution/entry-points.js'
import type { Draft } from '../../src/finding.js'
import { oncePer } from '../../src/once.js'
import { within } from '../../src/place.js'
import { topOf } from '../../src/python/module-name.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isStdlibModule } from '../../src/standards/import-name.js'
import { nearest } from '../../src/text/nearest.js'
import { packageFolders } from '../../src/views/built-modules.js'
import { namedEntryPoints } from '../../src/views/named-entry-points.js'
import { backendOf, isSetuptools } from '../../src/views/pyproject.js'
import {
  hasPrefixModules,
  hasStartFile,
  isShared,
  type ModuleEntry,
  namesOf,
  pythonModules,
} from '../../src/views/python-modules.js'
import { setupScript } from '../../src/views/setup-files.js'
import { placeOfFiles } from '../../src/views/tree.js'
import { missing } from '../shared/missing.js'

type Modules = ReadonlyMap<string, ModuleEntry>

/** Does every package above the module look only into its own folder, and does no other project provide a part of it? */
function isClosed(dist: Wheel | Sdist, modules: Modules, module: string): boolean {
  const [top = ''] = module.split('.')
  if (hasStartFile(dist)) return false
  if (!modules.has(top))
    return (
      modules.size > 0 &&
      ((dist.metadata?.all('Requires-Dist').length ?? 0) === 0 || isMisspelled(modules, top)) &&
      !isStdlibModule(top) &&
      !hasPrefixModules(dist)
    )
  if (isShared(dist, top)) return false
  const above = modulesAbove(module).flatMap(name => modules.get(name) ?? [])
  // Folders that projects share may be above the package, but not below it.
  const packages = above.slice(above.findIndex(({ kind }) => kind !== 'folder'))
  return packages.length > 0 && packages.every(({ file }) => file !== undefined && !file.cut && !file.module.redirects)
}

/** Is it the own package in another spelling, `recipe_box` for `recipebox`, so that no required project has it? */
function isMisspelled(modules: Modules, top: string): boolean {
  const plain = (name: string) => name.toLowerCase().replaceAll('_', '')
  return [...modules.keys()].some(name => !name.includes('.') && name !== top && plain(name) === plain(top))
}

/** A package can also be imported by the name of its file. */
const findModule = (modules: Modules, name: string): ModuleEntry | undefined => {
  const entry = modules.get(name)
  const package_ = entry || !name.endsWith('.__init__') ? undefined : modules.get(name.slice(0, -'.__init__'.length))
  return entry ?? (package_?.kind === 'package' ? package_ : undefined)
}

/** Other groups contain what their consumer reads, which may be an object written with dots only. */
const isObject = (entry: EntryPoint, modules: Modules, module: string) => {
  const above = module.slice(0, Math.max(0, module.lastIndexOf('.')))
  return entry.attr === undefined && modules.has(above) && namesOf(modules, above)?.has(lastPart(module)) !== false
}

/** Modules of the wheel with that name inside a package, or without the source folder. */
function modulesNamed(dist: Wheel | Sdist, module: string): readonly string[] {
  const without = module.replace(/^src\./, '')
  return (byLastPart(dist).get(lastPart(module)) ?? []).filter(
    name => name.endsWith(`.${module}`) || (without !== module && name === without),
  )
}

const lastPart = (module: string) => module.slice(module.lastIndexOf('.') + 1)

/** More modules with the same last part, such as `cli`, do not reveal which one was intended. */
const MOST_ALIKE = 100

const byLastPart = oncePer((dist: Wheel | Sdist): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>()
  for (const [name, { kind }] of pythonModules(dist)) {
    if (kind === 'folder') continue
    const list = found.get(lastPart(name))
    if (!list) found.set(lastPart(name), [name])
    else if (list.length < MOST_ALIKE) list.push(name)
  }
  return found
})

/** Is it a module of a package, and not of a required project? */
function isLost(dist: Wheel | Sdist, modules: Modules, module: string, inside: readonly string[]): boolean {
  const [top = ''] = module.split('.')
  return (
    inside.length > 0 &&
    !modules.has(top) &&
    !hasStartFile(dist) &&
    !hasPrefixModules(dist) &&
    !isStdlibModule(top) &&
    !isShared(dist, top)
  )
}

/** May a build of an sdist write modules, or take some from elsewhere? */
function mayAddModules(sdist: Sdist): boolean {
  const { pyproject } = sdist
  if (!isSetuptools(sdist)) {
    const backend = pyproject && backendOf(pyproject)
    return (
      backend === undefined ||
      !/^(?:hatchling|flit-core|flit|poetry-core|pdm-backend|uv-build)$/.test(backend) ||
      BUILDS.some(path => pyproject?.get(...path) !== undefined)
    )
  }
  const setup = setupScript(sdist)?.setup
  return (
    [...packageFolders(sdist)].some(name => name !== '') ||
    setup?.isOpen === true ||
    /cmdclass|ext_modules|build_py|rust_extensions/.test(sdist.texts.get(`${sdist.top}/setup.py`)?.text ?? '')
  )
}

/** Does setuptools take the package of a module from a folder of another name? */
const isMoved = (sdist: Sdist, module: string) =>
  [...packageFolders(sdist)].some(name => name !== '' && `${module}.`.startsWith(`${name}.`))

/** Files that tell a build what to run, or to take from elsewhere. */
const hasBuildFile = ({ members, top }: Sdist): boolean =>
  ['hatch.toml', 'pdm_build.py'].some(name => members.get(`${top}/${name}`) !== undefined)

/** Tables of what a build runs, or takes from elsewhere. */
const BUILDS = [
  ['tool', 'hatch', 'build'],
  ['tool', 'poetry', 'build'],
  ['tool', 'poetry', 'packages'],
  ['tool', 'pdm', 'build'],
]

/** Each suggestion searches all modules. */
const MOST_HINTS = 10

/** A folder for the packages, and a module in it. */
const LAYOUT = /^(src|lib)\.(.+)$/

/** The intended module has the function, as far as that is known. */
function hintOf(dist: Wheel | Sdist, { attr }: EntryPoint, module: string, inside: readonly string[]): string {
  const modules = pythonModules(dist)
  const [first = ''] = attr?.split('.') ?? []
  const mayHave = (name: string) => first === '' || namesOf(modules, name)?.has(first) !== false
  const fitting = inside.filter(mayHave)
  const others = [...modules].flatMap(([name, { kind }]) => (kind === 'folder' ? [] : [name]))
  const found = fitting.length > 0 ? fitting : [nearest(module, others, mayHave)]
  const [only] = found
  // Not the name is wrong, but where the package is installed.
  if (only !== undefined && LAYOUT.exec(only)?.[2] === module && dist.kind === 'wheel')
    return ` The wheel has it in ${quote(LAYOUT.exec(only)?.[1] ?? '')}.`
  return found.length === 1 && only !== undefined ? ` Did you mean ${quote(only)}?` : ''
}

export default rule({
  id: 'entry-point-module-missing',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The module of an entry point is not in the wheel.',
  why: 'Loading the entry point or running the command raises ModuleNotFoundError.',
  breaks: 'The command fails with ModuleNotFoundError before any code of the project runs.',
  fix: (project, about) =>
    `Correct the module under ${project.key('entry-points', about.value)}, or make sure that the build includes it.`,

  precision: 'high',
  absence: 'member',
  needs: ['python-imports'],
  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = de_mo.cli:main\n', metadata: { 'Requires-Dist': 'attrs' } } },
    {
      wheel: {
        metadata: { 'Requires-Dist': 'attrs' },
        entryPoints: '[console_scripts]\ndemo = octopus_cli:main\n',
        files: { 'demo/octopus_cli.py': 'def main(): ...\n' },
      },
    },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.commands:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = src.demo:main\n' } },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.commands:main\n',
        files: { 'demo/__init__.py': "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n" },
      },
    },
    {
      sdist: {
        files: {
          '{top}/src/demo/app.py': 'def main(): ...\n',
          '{top}/src/demo.egg-info/entry_points.txt': '[console_scripts]\ndemo = demo.cli:main\n',
        },
      },
    },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.plugins:One\n' } },
    { wheel: { entryPoints: '[pytest11]\ndemo = demo.plugin\n' } },
  ],
  good: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nscripts = { demo = "demo.apps.show:main" }\n\n[tool.setuptools]\npackages = ["demo", "demo.apps"]\npackage-dir = { "demo" = "src/demo", "demo.apps" = "apps" }\n',
        files: {
          '{top}/src/demo.egg-info/entry_points.txt': '[console_scripts]\ndemo = demo.apps.show:main\n',
          '{top}/apps/__init__.py': '',
          '{top}/apps/show.py': 'def main(): ...\n',
        },
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n\n[project]\nname = "demo"\nversion = "1.0"\nscripts = { demo = "demo.cli:main" }\n',
        files: {
          '{top}/src/demo/app.py': 'def main(): ...\n',
          '{top}/pdm_build.py':
            'from pathlib import Path\n\n\ndef pdm_build_initialize(context):\n    Path("src/demo/cli.py").write_text("def main(): ...\\n")\n',
        },
      },
    },
    {
      sdist: {
        pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
        files: {
          '{top}/setup.py':
            'from setuptools import setup\nfrom setuptools.command.build_py import build_py\n\n\nclass Generate(build_py): ...\n\n\nsetup(\n    name="demo",\n    version="1.0",\n    packages=["demo"],\n    package_dir={"": "src"},\n    cmdclass={"build_py": Generate},\n)\n',
          '{top}/src/demo.egg-info/entry_points.txt': '[console_scripts]\ndemo = demo.cli:main\n',
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.commands:main\n',
        files: { 'demo/commands.py': 'def main(): ...\n' },
      },
    },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.One\n', files: { 'demo/__init__.py': 'class One: ...\n' } } },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.__init__:main\n',
        files: { 'demo/__init__.py': 'def main(): ...\n' },
      },
    },
    { wheel: { entryPoints: '[console_scripts]\ndemo = other:main\n', metadata: { 'Requires-Dist': 'something' } } },
  ],
  *check(dist) {
    const isSource = dist.kind === 'sdist'
    const mayAdd =
      dist.kind === 'sdist' && ((dist.tree ? dist.tree.mayAddModules : mayAddModules(dist)) || hasBuildFile(dist))
    const where = placeOfFiles(dist)
    const modules = pythonModules(dist)
    let hints = 0
    for (const entry of namedEntryPoints(dist)) {
      const { module } = entry
      if (module === undefined || findModule(modules, module)) continue
      const command = isCommand(entry)
      const inside = modulesNamed(dist, module)
      const isKnownTop = modules.has(topOf(module))
      // In a source tree, a package may be built from a folder of another name.
      const closed =
        command &&
        (isKnownTop || !isSource) &&
        (isClosed(dist, modules, module) || isLost(dist, modules, module, inside))
      // A command that calls nothing has its own rule.
      if (isObject(entry, modules, module)) continue
      const hint = hints++ < MOST_HINTS ? hintOf(dist, entry, module, inside) : ''
      // What a build may add is not missing, but a name that is almost that of a module is most likely misspelled.
      if (mayAdd) {
        if (dist.kind === 'sdist' && isMoved(dist, module)) continue
        if (command && hint !== '' && inside.length === 0 && isClosed(dist, modules, module) && isKnownTop)
          yield finding(
            within(entry.targetPlace, module),
            `The module ${quote(module)} of the command ${quote(entry.name)} is not in ${where}.${hint}`,
            { severity: 'warning' },
          )
        continue
      }
      // Another project may provide the module.
      if (!closed && !isKnownTop && !(isSource && command && hint !== '')) continue
      const isCertain = command || (isKnownTop && !isSource && isClosed(dist, modules, module))
      // A group for tests, as stevedore has one, has entries that fail on purpose.
      const isForTests = !command && entry.group.split('.').some(part => /^(?:unit_?)?tests?$/i.test(part))
      const severity: Draft['severity'] = closed ? 'error' : isCertain && !isForTests ? 'warning' : 'info'
      yield finding(
        within(entry.targetPlace, module),
        closed
          ? `The command ${quote(entry.name)} fails: the module ${quote(module)} is not in ${where}.${hint}`
          : `The module ${quote(module)} of ${quote(entry.value)} is not in ${where}.${hint}`,
        { severity, ...(inside.length === 1 && { follows: inside.map(name => missing.below(topOf(name))) }) },
      )
    }
  },
})
