import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { isCommand } from '../../src/distribution/entry-points.js'
import { within } from '../../src/place.js'
import type { PythonModule } from '../../src/python/module.js'
import { absolute, topOf } from '../../src/python/module-name.js'
import { finding, quote, rule } from '../../src/rule.js'
import { KEYWORDS } from '../../src/standards/import-name.js'
import { nearest } from '../../src/text/nearest.js'
import { namedEntryPoints } from '../../src/views/named-entry-points.js'
import {
  hasStartFile,
  isForPython3,
  isSetElsewhere,
  isShared,
  type ModuleEntry,
  namesByStar,
  namesOf,
  pythonModules,
  submodules,
} from '../../src/views/python-modules.js'
import { someQuoted } from '../../src/wording.js'

/** What to do where the object is there, and a command cannot call it like that. */
const CALLING =
  'Write a function without required parameters that calls it (a coroutine with `asyncio.run`), and name that function.'

export default rule({
  id: 'entry-point-object-missing',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The function of an entry point does not exist in its module.',
  why: 'Running the command raises ImportError or AttributeError; loading the entry point raises AttributeError.',
  breaks: 'The command fails with ImportError or AttributeError on every machine.',
  fix: (project, about) =>
    `Name a function of the module under ${project.key('entry-points', about.value)}, or write the function.`,
  precision: 'high',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    {
      wheel: {
        entryPoints:
          '[console_scripts]\none = demo.cli:main\ntwo = demo.cli:App.run\nthree = demo.cli:app.start\nfour = demo.cli:app.serve\n',
        files: {
          'demo/cli.py': 'from .core import App, main\nfrom .core import app\n',
          'demo/core.py':
            'def main(argv): ...\n\n\nclass App:\n    name = "demo"\n\n    def run(self): ...\n\n    def serve(self, port): ...\n\n\napp = App()\n',
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo:cli\n',
        files: { 'demo/__init__.py': 'from . import cli\n', 'demo/cli.py': 'def main(): ...\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.cli:app.run\n',
        files: { 'demo/cli.py': 'def app(): ...\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo:main\n',
        files: {
          'demo/__init__.py': 'from .app import *\n',
          'demo/app.py': "__all__ = ['run']\n\n\ndef run(): ...\ndef main(): ...\n",
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
        files: { 'demo/app.py': 'def main(): ...\n\n\ndel main\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:mian\n',
        files: { 'demo/app.py': 'def main():\n    print("Hello")\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[gui_scripts]\ndemo = demo.app:main\n',
        files: { 'demo/app.py': 'class Window: ...\n\n\nif __name__ == "__main__":\n    main = Window()\n' },
      },
    },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo:cli\n', files: { 'demo/cli.py': 'def main(): ...\n' } } },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:App.start\n',
        files: { 'demo/app.py': 'class App:\n    @classmethod\n    def run(cls): ...\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\none = demo:cli.run\n',
        files: { 'demo/cli.py': 'from . import main\n', 'demo/main.py': 'def main(): ...\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\none = demo.app:serve\n',
        files: { 'demo/app.py': 'def main(argv, *, out): ...\n\n\nasync def serve(): ...\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:App.run\n',
        files: { 'demo/app.py': 'class App:\n    def run(self): ...\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:App\n',
        files: { 'demo/app.py': 'class App:\n    def __init__(self, settings): ...\n' },
      },
    },
    {
      sdist: {
        files: {
          '{top}/src/demo/app.py': 'def main(): ...\n',
          '{top}/src/demo.egg-info/entry_points.txt': '[console_scripts]\ndemo = demo.app:mian\n',
        },
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nscripts = { demo = "demo.app:run" }\n',
        files: { '{top}/src/demo/app.py': 'def main(): ...\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[demo.plugins]\none = demo.app:Two\n',
        files: { 'demo/app.py': 'class One: ...\n' },
      },
    },
  ],
  good: [
    {
      wheel: {
        entryPoints:
          '[console_scripts]\none = demo.cli:main\ntwo = demo.cli:app.run\nthree = demo.cli:lazy.start\nfour = demo.cli:app.serve\n',
        files: {
          'demo/cli.py': 'from .core import main, app, lazy\n',
          'demo/core.py':
            'def main(argv=None): ...\n\n\nclass App:\n    def __init__(self):\n        self.serve = print\n\n    def run(self): ...\n\n\nclass Lazy:\n    def __getattr__(self, name):\n        return print\n\n\napp = App()\nlazy = Lazy()\n',
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
        files: { 'demo/app.py': 'def main(argv): ...\n\n\nmain.__defaults__ = ([],)\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
        files: { 'demo/app.py': 'class App: ...\n\n\nApp.__call__ = lambda self: print("Hello")\nmain = App()\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo:_main\none = demo.app:main\n',
        files: {
          'demo/__init__.py': 'from .app import *\n',
          'demo/app.py':
            "__all__ = ['run']\n__all__ += ['_main']\n\n\ndef run(): ...\ndef _main(): ...\n\n\nmain = 1\ndel main\n\n\ndef main(): ...\n",
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\none = demo:cli.main\ntwo = demo.app:App.run\n',
        files: {
          'demo/app.py': 'from .cli import *\n\n\nclass App:\n    @classmethod\n    def run(cls): ...\n',
          'demo/cli.py': 'def main(): ...\n',
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
        files: { 'demo/app.py': 'def __getattr__(name):\n    return print\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.app:main\n',
        files: { 'demo/app.py': 'from click import *\n' },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo:cli\none = demo:main\n',
        files: {
          'demo/__init__.py': 'from . import cli\n\nmain = 1\ndel main\n\n\ndef main(): ...\n',
          'demo/cli.py':
            'import sys\n\n\nclass Callable(type(sys)):\n    def __call__(self): ...\n\n\nsys.modules[__name__].__class__ = Callable\n',
        },
      },
    },
    {
      wheel: {
        entryPoints:
          '[console_scripts]\ndemo = demo.app:main\none = demo.app:run\ntwo = demo.app:App.start\nthree = demo.app:App.stop\nfour = demo.wrapped:App.run\nfive = demo.made:App.__class_getitem__\n',
        files: {
          'demo/wrapped.py':
            'class App:\n    def run(self): ...\n\n\nfor name in ["run"]:\n    setattr(App, name, classmethod(getattr(App, name)))\n',
          'demo/made.py': 'class App:\n    def __class_getitem__(cls): ...\n',
          'demo/app.py':
            'import click\n\n\n@click.command()\ndef main(name): ...\n\n\ndef run(argv=None, *more, out=None, **rest): ...\n\n\nclass App:\n    @staticmethod\n    def start(): ...\n\n    def stop(self): ...\n\n    stop = classmethod(stop)\n',
        },
      },
    },
    {
      sdist: {
        files: {
          '{top}/lib/demo/app.py': 'def main(): ...\n',
          '{top}/lib/demo.egg-info/entry_points.txt': '[console_scripts]\ndemo = demo.app:main\nold = old.app:mian\n',
        },
      },
    },
    { wheel: { entryPoints: '[demo.manifest]\ndemo = demo:plugins.yaml\n', files: { 'demo/plugins.yaml': 'a: 1\n' } } },
  ],
  *check(dist) {
    if ((dist.kind === 'wheel' && !isForPython3(dist)) || hasStartFile(dist)) return
    const modules = pythonModules(dist)
    for (const entry of namedEntryPoints(dist)) {
      const { attr } = entry
      // The file is also a module of its own name.
      const module = entry.module?.replace(/\.__init__$/, '')
      if (module === undefined || attr === undefined || attr.split('.').some(part => KEYWORDS.has(part))) continue
      // The consumer of a group may want a file: `demo:plugins.yaml`.
      if (!isCommand(entry) && isFileBeside(dist, modules.get(module), attr)) continue
      const [first = '', ...rest] = attr.split('.')
      const facts = modules.get(module)?.file?.module
      const isFolder = modules.get(module)?.kind === 'folder'
      const names = isFolder ? namesOfFolder(dist, modules, module) : namesOf(modules, module)
      if (!names) continue
      const submodule = modules.get(`${module}.${first}`)
      const isSubmodule = submodule !== undefined
      // It may give itself a class that can be called.
      const isCallable = submodule?.file?.module.isOpen === true
      const at = within(entry.targetPlace, attr, entry.target.indexOf(':'))
      const severity = isCommand(entry) ? 'error' : 'warning'
      const who = isCommand(entry) ? `The command ${quote(entry.name)} fails` : `${quote(entry.value)} cannot be loaded`
      if (isSubmodule && !names.has(first)) {
        // `from demo import cli` imports the submodule.
        if (rest.length === 0 && isCommand(entry) && !isCallable)
          yield finding(
            at,
            `${who}: ${quote(`${module}.${first}`)} is a module, which cannot be called.${suggestion('main', namesOf(modules, `${module}.${first}`), name => `${module}.${first}:${name}`)}`,
            { severity },
          )
        else if (rest.length === 1 && lacks(dist, modules, `${module}.${first}`, rest[0] ?? ''))
          yield finding(
            at,
            `${who}: the module ${quote(`${module}.${first}`)} does not define ${quote(rest[0] ?? '')}.${suggestion(rest[0] ?? '', namesOf(modules, `${module}.${first}`))}`,
            { severity },
          )
        continue
      }
      if (!names.has(first)) {
        if (isSetElsewhere(dist, first)) continue
        yield finding(
          at,
          `${who}: the module ${quote(module)} does not define ${quote(first)}.${suggestion(first, names)}`,
          {
            severity,
          },
        )
        continue
      }
      const [second, third] = rest
      const home = homeOf(modules, module, first)
      if (second === undefined) {
        const what =
          home?.facts.uncallable.get(home.name) ??
          (facts && ((isSubmodule && isOwn(facts, first, module)) || isModuleOfPackage(modules, module, facts, first))
            ? 'a module'
            : undefined)
        const called = home?.facts.functions.get(home.name)
        if (home && called && isCommand(entry) && (called.isDeferred || called.required.length > 0)) {
          if (mayBeCalled(dist, home.name)) continue
          yield finding(
            at,
            called.required.length > 0
              ? `${who}: ${quote(home.name)} in ${quote(home.module)} requires ${someQuoted(called.required, 3)}, and a command calls it without arguments.`
              : `${who}: ${quote(home.name)} in ${quote(home.module)} is a coroutine or a generator, and calling it runs nothing.`,
            { help: CALLING },
          )
          continue
        }
        const members = home?.facts.classes.get(home.name)
        const made = members && !members.has('__new__') ? home?.facts.methods.get(`${home.name}.__init__`) : undefined
        // Of a call on the class itself, the first one is the object.
        const given = made?.required.slice(1) ?? []
        if (home && given.length > 0 && isCommand(entry) && !mayBeCalled(dist, '__init__')) {
          yield finding(
            at,
            `${who}: the class ${quote(home.name)} in ${quote(home.module)} requires ${someQuoted(given, 3)}, and a command calls it without arguments.`,
            { help: CALLING },
          )
          continue
        }
        if (what === undefined || !isCommand(entry) || isSetElsewhere(dist, first)) continue
        if (isCallable && what === 'a module') continue
        // The class of an object may get `__call__` later.
        if (isSetElsewhere(dist, '__call__')) continue
        // A later `import *` may bind it again.
        if (namesByStar(modules, module)?.has(first) !== false) continue
        yield finding(at, `${who}: ${quote(first)} in ${quote(module)} is ${what}, which cannot be called.`)
        continue
      }
      if (!home || isSetElsewhere(dist, first)) continue
      if (home.facts.functions.has(home.name)) {
        if (/^__\w+__$/.test(second) || isSetElsewhere(dist, second)) continue
        yield finding(
          at,
          `${who}: ${quote(home.name)} in ${quote(home.module)} is a function, which does not have ${quote(second)}.`,
          { severity },
        )
        continue
      }
      if (third !== undefined) continue
      // A loop may set methods by names that it computes.
      const mayBeSet = mayBeCalled(dist, second) || /\bsetattr\b/.test(modules.get(home.module)?.file?.text ?? '')
      const isObject = home.facts.objects.has(home.name)
      const of = home.facts.objects.get(home.name) ?? home.name
      const members = home.facts.classes.get(of)
      const method = home.facts.methods.get(`${of}.${second}`)
      const said = `${of}.${second}`
      const required = isObject ? method?.ofObject : method?.required
      if (method && required && isCommand(entry) && (method.isDeferred || required.length > 0)) {
        if (!mayBeSet)
          yield finding(
            at,
            required.length > 0
              ? `${who}: ${quote(said)} in ${quote(home.module)} requires ${someQuoted(required, 3)}, and a command calls it without arguments.`
              : `${who}: ${quote(said)} in ${quote(home.module)} is a coroutine or a generator, and calling it runs nothing.`,
            { help: CALLING },
          )
        continue
      }
      const what = members ? home.facts.uncallable.get(said) : undefined
      if (what !== undefined && isCommand(entry)) {
        if (!mayBeSet)
          yield finding(at, `${who}: ${quote(said)} in ${quote(home.module)} is ${what}, which cannot be called.`)
        continue
      }
      if (!members || members.has(second) || OF_OBJECTS.test(second) || isSetElsewhere(dist, second)) continue
      // An object may find attributes by itself.
      if (isObject && (members.has('__getattr__') || members.has('__getattribute__') || mayBeSet)) continue
      yield finding(
        at,
        `${who}: the class ${quote(of)} does not define ${quote(second)}.${suggestion(second, members)}`,
        { severity },
      )
    }
  },
})

/** Where a name is defined that a module may import from another one. */
function homeOf(
  modules: ReadonlyMap<string, ModuleEntry>,
  module: string,
  name: string,
  depth = 0,
): { readonly module: string; readonly name: string; readonly facts: PythonModule } | undefined {
  const entry = modules.get(module)
  const facts = entry?.file?.module
  if (!facts || facts.isOpen || depth > MOST_HOPS || namesByStar(modules, module)?.has(name) !== false) return undefined
  const alias = facts.rebound.has(name) ? undefined : facts.aliases.get(name)
  if (!alias || alias.name === '') return { module, name, facts }
  const base = absolute(module, entry.kind === 'package', alias.level, alias.module)
  return base === undefined || base === module ? undefined : homeOf(modules, base, alias.name, depth + 1)
}

/** A folder without `__init__` has modules and nothing else, where neither another project nor a build provides one. */
function namesOfFolder(
  dist: Wheel | Sdist,
  modules: ReadonlyMap<string, ModuleEntry>,
  module: string,
): ReadonlySet<string> | undefined {
  if (dist.kind !== 'wheel') return undefined
  const above = module.slice(0, Math.max(0, module.lastIndexOf('.')))
  const file = modules.get(above)?.file
  if (!file || file.cut || file.module.redirects || isShared(dist, topOf(module))) return undefined
  return new Set(submodules(modules, module))
}

/** Is the name sure to be missing from a module? */
const lacks = (dist: Wheel | Sdist, modules: ReadonlyMap<string, ModuleEntry>, module: string, name: string): boolean =>
  namesOf(modules, module)?.has(name) === false && !modules.has(`${module}.${name}`) && !isSetElsewhere(dist, name)

const MOST_HOPS = 5

/** May a function get other defaults, or be another one, by a statement outside of it? */
const mayBeCalled = (dist: Wheel | Sdist, name: string): boolean =>
  [name, '__defaults__', '__kwdefaults__', '__code__'].some(one => isSetElsewhere(dist, one))

/** Is what it imports from a package of the wheel a module of that, which gives the name to nothing else? */
function isModuleOfPackage(
  modules: ReadonlyMap<string, ModuleEntry>,
  module: string,
  { aliases, rebound }: PythonModule,
  name: string,
): boolean {
  const alias = aliases.get(name)
  if (!alias || alias.name === '' || rebound.has(name)) return false
  const base = absolute(module, modules.get(module)?.kind === 'package', alias.level, alias.module)
  if (base === undefined || base === module) return false
  const file = modules.get(`${base}.${alias.name}`)?.file
  return file?.module.isOpen === false && namesOf(modules, base)?.has(alias.name) === false
}

/** Is the name only that of the submodule, imported from its own package? */
function isOwn({ imports, names, aliases, rebound }: PythonModule, name: string, package_: string): boolean {
  const alias = aliases.get(name)
  if (!alias || alias.name !== name || rebound.has(name)) return false
  if (!(alias.level === 1 ? alias.module === '' : alias.level === 0 && alias.module === package_)) return false
  const at = names.get(name)
  return imports.some(one => one.unguarded && one.line === at?.line && one.names.includes(name))
}

/** Is it a file next to the module, or in the package? */
function isFileBeside({ members }: Wheel | Sdist, module: ModuleEntry | undefined, name: string): boolean {
  const path = module?.installed?.member.path
  if (path === undefined) return false
  const parts = path.split('/')
  return [1, 2].some(up => members.get([...parts.slice(0, -up), name].join('/'))?.type === 'file')
}

/** What every class has. */
const OF_OBJECTS = /^(?:__\w+__|mro)$/

function suggestion(wanted: string, names: ReadonlySet<string> | undefined, say = (name: string) => name): string {
  const found = names && nearest(wanted, names)
  return found === undefined ? '' : ` Did you mean ${quote(say(found))}?`
}
