import { append } from '../append.js'
import type { Sdist, Wheel } from '../distribution/distribution.js'
import { isCommand } from '../distribution/entry-points.js'
import { bundledModules } from '../native/symbols.js'
import { once, oncePer } from '../once.js'
import { pythonFile } from '../python/file.js'
import { type Dotted, type PythonImport, type PythonModule, readCall, readModule } from '../python/module.js'
import { absolute, topOf } from '../python/module-name.js'
import { parsePython } from '../python/parse.js'
import { type End, ON, Running } from '../python/running.js'
import { givesToAll } from '../python/used-names.js'
import type { Value } from '../python/values.js'
import { isStdlibModule } from '../standards/import-name.js'
import { stdlibName } from '../standards/stdlib-names.js'
import { fits } from '../text/ascii.js'
import { detached } from '../text/detached.js'
import { linesOf, type Position, splitLines } from '../text/lines.js'
import { builtModules } from './built-modules.js'
import { ancestorsOf, earlyImport, isBefore, MOST_LOOKED_AT, type NamesSoFar, type Step } from './import-order.js'
import { installed } from './install-tree.js'
import { namedEntryPoints } from './named-entry-points.js'
import {
  hasPrefixModules,
  hasStartFile,
  isForPython3,
  isSetElsewhere,
  isShared,
  type ModuleEntry,
  namesByStar,
  namesOf,
  pythonModules,
  submodules,
} from './python-modules.js'
import { requiredBy } from './required.js'
import { wheelPythons } from './wheel-pythons.js'

/** A module with the import that leads to it. */
export interface Link extends Position {
  /** '' for a script. */
  readonly module: string
  /** Path below site-packages. */
  readonly path: string
  /** Path in the archive. */
  readonly member: string
  /** The command whose function does it: the module itself is imported without. */
  readonly command?: string
  /** `python -m` starts it. */
  readonly isMain?: boolean
  /** The line, where the text of the file is gone when a rule is asked. */
  readonly text?: string | undefined
}

/** An import that must fail: what it names is in no file of the wheel, and nobody else can put it there. */
export interface MissingImport {
  /** The modules that are imported one by the other, each with the place of its import of the next. */
  readonly chain: readonly Link[]
  /** What is not there. */
  readonly module: string
  /** In `from module import name`: the module is there, and has no such name. */
  readonly name: string | undefined
  /** For a name: what the module has. */
  readonly candidates: readonly string[]
  /** The module of the wheel that is there, under another name. */
  readonly meant?: string
  /** It is relative, and goes above the package that the module is in. */
  readonly isAbove?: boolean
  /** The package binds the name, but only behind the import that leads here. */
  readonly isLater?: boolean
  /** `import *` takes the name, because `__all__` lists it. */
  readonly isListed?: boolean
  /** It is not an import: `module.name`, where the module is imported. */
  readonly isUsed?: boolean
  /** It is in a module that is imported whenever the package is imported, or a command of the project starts. */
  readonly onChain: boolean
}

/** A name that a module uses, and that nothing in it binds before. */
interface UndefinedName extends NonNullable<PythonModule['undefinedName']> {
  readonly chain: readonly Link[]
}

export interface ChainModule {
  readonly module: string
  /** Path below site-packages. */
  readonly path: string
  readonly isPackage: boolean
  /** Path in the archive. */
  readonly member: string
  readonly facts: PythonModule
}

/** An import of a module that is not part of the wheel. */
export interface ForeignImport {
  readonly chain: readonly Link[]
  readonly module: string
}

/** A name of the standard library that not every Python has. */
export interface StdlibName {
  /** It is taken from the module, not imported: `collections.Mapping`. */
  readonly isAttribute?: boolean
  readonly chain: readonly Link[]
  readonly module: string
  readonly name: string
}

export interface ImportChain {
  readonly missing: readonly MissingImport[]
  /** Only on the chain, the first import of each. */
  readonly foreign: readonly ForeignImport[]
  /** Only on the chain, the first import of each. */
  readonly stdlibNames: readonly StdlibName[]
  /** Only on the chain. */
  readonly undefinedNames: readonly UndefinedName[]
  /** What is imported whenever the wheel is used. */
  readonly modules: readonly ChainModule[]
  /** Other modules that were read, and that nothing imports only on some Pythons or machines. */
  readonly beside: readonly ChainModule[]
  /** The first module of the chain that was not read to its end. */
  readonly cut: string | undefined
}

/** Bytes of Python that are read to follow imports. */
const MOST_READ = 6 * 1024 * 1024
/** The same for a wheel of very many modules, so that reading them stays a small part of the audit. */
const MOST_READ_OF_MANY = 512 * 1024
const MANY = 3000
/** Bytes of Python outside the chain that are read. */
const MOST_BESIDE = 1024 * 1024
const MOST_FOUND = 20
/** Every text of the wheel is searched for a name. */
const MOST_SEARCHES = 10

/** Packages and modules that nobody imports to use the project. */
const ASIDE =
  /^(?:tests?|testing|docs?|examples?|samples?|benchmarks?|scripts?|tools?|setup|_?custom_?build|build_backend|conftest|noxfile|tasks|fabfile|build|dist|tutorials?|notebooks?|sandbox|legacy|old|tmp|misc)$/
/** Parts of packages that are not for users, or are not modules although they end in .py. */
const BESIDE =
  /(?:^|[._])(?:tests?|testing|templates?|skeletons?|fixtures?|testdata|data|examples?|samples?|vendor|_vendor|third_party|lib2to3|docs?|benchmarks?|scripts|contrib|boilerplates?|scaffolds?|cookiecutters?)(?:[._]|$)/i

/** Names that every module has. */
const GIVEN = new Set(
  '__name__ __doc__ __file__ __path__ __spec__ __loader__ __package__ __builtins__ __dict__ __cached__ __annotations__ __class__ __annotate__'.split(
    ' ',
  ),
)

export const importChain = oncePer((wheel: Wheel | Sdist): ImportChain => {
  const built = wheel.kind === 'sdist' ? builtModules(wheel) : undefined
  const modules = wheel.kind === 'sdist' ? builtModules(wheel).modules : pythonModules(wheel)
  const nothing: ImportChain = {
    missing: [],
    foreign: [],
    stdlibNames: [],
    undefinedNames: [],
    modules: [],
    beside: [],
    cut: undefined,
  }
  const isNew = isForPython3(wheel)
  // What is wrong in an old sdist is wrong for every Python, but for imports that only Python 2 finds.
  if ((!isNew && (!built || wheel.metadata?.first('Requires-Python'))) || modules.size === 0) return nothing
  const isTrusted = !hasStartFile(wheel) && built?.mayAdd !== true
  const parents = new Map<string, Step | undefined>()
  const queue: string[] = []
  const most = modules.size > MANY ? MOST_READ_OF_MANY : MOST_READ
  let left = most
  let cut: string | undefined
  const missing: MissingImport[] = []
  const foreign = new Map<string, ForeignImport>()
  const stdlibNames = new Map<string, StdlibName>()
  const known = new Set<string>()
  /** What some module imports only inside a condition or a function. */
  const guarded = new Set<string>()
  /** What a module imports that is not in it. */
  const imported = new Set<string>()
  const shared = new Map<string, boolean>()
  const isOwn = (top: string) => {
    const found = shared.get(top) ?? isShared(wheel, top)
    shared.set(top, found)
    return !found
  }
  /** What an extension module has inside, and a finder of its own loads: Cython compiles a package into one file. */
  const bundled = once(() => new Set([...wheel.natives.values()].flatMap(bundledModules)))
  let isRedirected = false
  let searches = 0

  /** With `a.b.c` come `a` and `a.b`. */
  const visit = (module: string, from: Step | undefined) => {
    const parts = module.split('.')
    for (let i = 1; i <= parts.length; i++) {
      const name = parts.slice(0, i).join('.')
      if (parents.has(name) || !modules.has(name)) continue
      parents.set(name, from)
      queue.push(name)
    }
  }
  const read = (name: string): PythonModule | undefined => {
    const file = modules.get(name)?.file
    if (!file) return undefined
    if (!known.has(name)) {
      if (left < file.size) {
        cut ??= modules.get(name)?.installed?.member.path
        return undefined
      }
      known.add(name)
      left -= file.size
    }
    return file.module
  }
  const linkOf = ({ module, line, column, command }: Step): readonly Link[] => {
    const file = modules.get(module)?.installed
    return file
      ? [{ module, path: file.path, member: file.member.path, line, column, ...(command && { command }) }]
      : []
  }
  const chainTo = (module: string, at: Position, command?: string): readonly Link[] => {
    const chain: Link[] = []
    let one: Step | undefined = { module, ...at, ...(command !== undefined && { command }) }
    for (; one; one = one.command === undefined ? parents.get(one.module) : undefined) chain.unshift(...linkOf(one))
    return chain
  }

  /** Does a package look only in its own folder, and does a module have none? */
  const isClosed = (module: string): boolean => {
    const entry = modules.get(module)
    // One without `__init__` is looked for in the folder of the package around it.
    if (entry?.kind === 'folder') return module.includes('.') && ancestorsClosed(module) && isClosed(parentOf(module))
    if ((entry?.kind !== 'package' && entry?.kind !== 'module') || !entry.file || entry.file.cut) return false
    return read(module)?.redirects === false
  }

  /** What a package has of its own when it imports from itself: `from . import x` gives it the name `x` only if that succeeds. */
  const namesBefore = (module: string, at: Position): NamesSoFar | undefined => {
    const names = modules.get(module)?.file?.module.names
    const stars = namesOf(modules, module) && namesByStar(modules, module)
    return (
      stars && {
        has: name => {
          const place = names?.get(name)
          return stars.has(name) || (place !== undefined && isBefore(place, at))
        },
      }
    )
  }

  const setsOfCallers = once(() => [...wheel.python.values()].some(({ text }) => SETS_OF_CALLERS.test(text)))

  const setters = once(() => [...wheel.python.values()].filter(({ text }) => SETS_NAMES.test(text)))
  const setsNamesOf = (module: string) => setters().some(({ text }) => isSettingNames(text, module))

  let reachesElsewhere: boolean | undefined
  /** The module of the wheel that an import of Python 2, or of a source tree, meant; undefined where another project may be. */
  const lostBeside = (from: string, { kind }: ModuleEntry, base: string): string | undefined => {
    const [top = '', ...rest] = base.split('.')
    if (isStdlibModule(top) || isShared(wheel, top) || mayProvide(wheel, top)) return undefined
    const folder = kind === 'package' ? from : parentOf(from)
    // `src.demo`, `repository.demo.core`: the folder that the package lies in, where it was tried.
    const isPrefixed = rest.length > 0 && modules.has(rest[0] ?? '') && (top === 'src' || rest.length > 1)
    const meant = isPrefixed ? rest.join('.') : folder === '' ? '' : `${folder}.${base}`
    const found = modules.get(meant)
    if (!found || found.kind === 'folder' || hasPrefixModules(wheel)) return undefined
    reachesElsewhere ??= [...wheel.python.values()].some(({ text }) => OTHER_PLACES.test(text))
    return reachesElsewhere ? undefined : meant
  }

  const miss = (one: MissingImport) => {
    const same = (other: MissingImport) => other.module === one.module && other.name === one.name
    if (missing.length < MOST_FOUND && !missing.some(same)) missing.push(one)
  }

  const supported = wheelPythons(wheel)
  /** Does it run whenever the module is imported, and does the module fail with it? */
  const isCertain = (from: string, entry: ModuleEntry, one: PythonImport): boolean =>
    one.unguarded ? !one.ofPackage || entry.kind === 'package' : !one.isCaught && isReached(from, entry, one)
  const isReached = (from: string, entry: ModuleEntry, { reached, pythons, ofPackage }: PythonImport): boolean => {
    if (reached === false || (ofPackage && entry.kind !== 'package')) return false
    if (pythons && !(supported.length > 0 && supported.every(minor => minor >= pythons[0] && minor < pythons[1])))
      return false
    const imports = entry.file?.imports ?? []
    return (
      reached === true ||
      reached.some(index => {
        const other = imports[index]
        return other && isReached(from, entry, other) && fails(from, entry, other)
      })
    )
  }
  const fails = (from: string, entry: ModuleEntry, one: PythonImport): boolean =>
    (one.level === 0 && !modules.has(topOf(one.module)) && isOfPython2(wheel, topOf(one.module))) ||
    lacking(from, entry, one, true).length > 0

  /** What a statement that runs names and nobody has. */
  const lacking: typeof lackingIn = (from, entry, one, onChain) => {
    const found = lackingIn(from, entry, one, onChain)
    return built ? found.filter(({ module, name }) => name !== undefined || !built.mayMake(module)) : found
  }
  const lackingIn = (
    from: string,
    entry: ModuleEntry,
    one: PythonImport,
    onChain: boolean,
  ): readonly Omit<MissingImport, 'chain' | 'onChain'>[] => {
    if (!isTrusted || isRedirected) return []
    const isPackage = entry.kind === 'package'
    const base = absolute(from, isPackage, one.level, one.module)
    const [top = ''] = (base ?? from).split('.')
    if (base === undefined || base === '' || (one.level > 0 && top !== topOf(from))) {
      if (one.level === 0 || !isClosedAbove(from)) return []
      const written = `${'.'.repeat(one.level)}${one.module}`
      return [{ module: written, name: undefined, candidates: [], isAbove: true }]
    }
    const parts = base.split('.')
    if (!modules.has(top)) {
      const meant = onChain && isNew ? lostBeside(from, entry, base) : undefined
      return meant === undefined ? [] : [{ module: base, name: undefined, candidates: [], meant }]
    }
    for (let i = 1; i < parts.length; i++) {
      const parent = parts.slice(0, i).join('.')
      const child = parts.slice(0, i + 1).join('.')
      if (modules.has(child)) continue
      // `demo.__init__` is the file of the package, read once more.
      if (parts[i] === '__init__' && modules.get(parent)?.kind !== 'folder') return []
      if (bundled().has(parts[i] ?? '') || writtenModules(wheel).has(parts[i] ?? '')) return []
      return isOwn(top) && isClosed(parent) && ancestorsClosed(parent)
        ? [{ module: child, name: undefined, candidates: submodules(modules, parent) }]
        : []
    }
    const target = modules.get(base)
    if (!target || target.kind === 'binary' || !isOwn(top)) return []
    const found: Omit<MissingImport, 'chain' | 'onChain'>[] = []
    if (target.kind === 'folder') {
      // A folder without `__init__` has modules, and nothing else.
      if (!isClosed(base)) return []
      for (const name of one.names) {
        if (name === '*' || GIVEN.has(name) || modules.has(`${base}.${name}`)) continue
        if (searches++ >= MOST_SEARCHES || isSetElsewhere(wheel, name)) continue
        found.push({ module: base, name, candidates: submodules(modules, base) })
      }
      return found
    }
    const isStar = one.names.includes('*')
    const all = isStar ? read(base)?.all?.names : undefined
    for (const name of all ?? one.names) {
      if (name === '*' || modules.has(`${base}.${name}`) || GIVEN.has(name)) continue
      if (target.kind === 'package' ? !isClosed(base) || !ancestorsClosed(base) : !ancestorsClosed(parentOf(base)))
        continue
      const whole = read(base) && namesOf(modules, base)
      const has: NamesSoFar | undefined = whole && from === base ? namesBefore(base, at(one)) : whole
      if (!has || has.has(name) || searches++ >= MOST_SEARCHES || isSetElsewhere(wheel, name)) continue
      if (setsOfCallers() || setsNamesOf(base)) continue
      const there = [...(whole ?? [])].filter(each => has.has(each))
      const candidates = [...there, ...(target.kind === 'package' ? submodules(modules, base) : [])]
      found.push({ module: base, name, candidates, ...(isStar && { isListed: true }) })
    }
    return found
  }
  const isClosedAbove = (module: string) => ancestorsClosed(parentOf(module))
  const at = ({ line, column }: Position): Position => ({ line, column })

  /** `command`: the function of a command imports it. */
  const follow = (from: string, entry: ModuleEntry, one: PythonImport, onChain: boolean, command?: string) => {
    const base = absolute(from, entry.kind === 'package', one.level, one.module)
    if (!isCertain(from, entry, one)) {
      if (base) for (const name of [base, ...one.names.map(name => `${base}.${name}`)]) guarded.add(name)
      return
    }
    const chain = once(() => chainTo(from, at(one), command))
    for (const lost of lacking(from, entry, one, onChain)) miss({ ...lost, chain: chain(), onChain })
    if (!onChain || !base) return
    if (!modules.has(topOf(base))) {
      const isLost = missing.some(({ module, meant }) => module === base && meant !== undefined)
      // Other things that a command imports may be for those who installed them.
      const isAsked = () =>
        isStdlibModule(topOf(base)) || topOf(base) === 'pkg_resources' || chain()[0]?.command === undefined
      if (!isLost && !foreign.has(base) && isAsked()) foreign.set(base, { chain: chain(), module: base })
      // `importlib.metadata` is a name of `importlib` too.
      const pairs = [[parentOf(base), base.slice(base.lastIndexOf('.') + 1)], ...one.names.map(name => [base, name])]
      for (const [module = '', name = ''] of pairs)
        if (stdlibName(module, name) && !stdlibNames.has(`${module}.${name}`))
          stdlibNames.set(`${module}.${name}`, { chain: chain(), module, name })
      return
    }
    // Where a part is missing, nothing behind it is imported.
    if (!ancestorsOf(base).every(name => modules.has(name))) return
    for (const name of ancestorsOf(base)) if (!`${from}.`.startsWith(`${name}.`)) imported.add(name)
    const step: Step = { module: from, ...at(one), ...(command !== undefined && { command }) }
    visit(base, step)
    const target = modules.get(base)
    const isPlain = !target || target.kind === 'folder' || target.kind === 'binary'
    for (const name of one.names) {
      if (!modules.has(`${base}.${name}`)) continue
      if (isPlain || from === base || !namesOf(modules, base)?.has(name)) visit(`${base}.${name}`, step)
    }
  }
  /** Where each branch of an `if` imports what is not there, the module fails on every machine. */
  const followBranches = (
    from: string,
    entry: ModuleEntry,
    { imports }: PythonModule,
    branches: readonly (readonly number[])[],
  ) => {
    const failing = branches.map(branch =>
      branch.flatMap(index => imports[index] ?? []).find(one => lacking(from, entry, one, true).length > 0),
    )
    if (failing.includes(undefined)) return
    for (const one of failing.flatMap(one => one ?? []))
      for (const lost of lacking(from, entry, one, true))
        miss({ ...lost, chain: chainTo(from, at(one)), onChain: true })
  }
  const ancestorsClosed = (module: string): boolean => {
    for (let name = module; name !== ''; name = parentOf(name)) {
      const entry = modules.get(name)
      if (entry?.kind === 'package' && !isClosed(name)) return false
    }
    return true
  }
  /** Is it a module of the project that has no such name, and that nobody gives one? */
  const isUnset = (module: string, name: string, isAfter: boolean): boolean => {
    const file = modules.get(module)?.file
    if (!file || !known.has(module) || file.module.names.has(name)) return false
    if (modules.has(`${module}.${name}`) && !(isAfter && isDeleted(module, name))) return false
    if (!isOwn(topOf(module)) || !isClosed(module) || !ancestorsClosed(parentOf(module))) return false
    // A package may have another thing of that name.
    for (let below = module, above = parentOf(below); above !== ''; below = above, above = parentOf(below)) {
      const local = below.slice(above.length + 1)
      const alias = modules.get(above)?.file?.module.aliases.get(local)
      const meant = alias && absolute(above, true, alias.level, [alias.module, alias.name].filter(Boolean).join('.'))
      if ((meant === below ? namesByStar(modules, above) : namesOf(modules, above))?.has(local) !== false) return false
    }
    if (namesOf(modules, module)?.has(name) !== false || setsNames()) return false
    return searches++ < MOST_SEARCHES && !isSetElsewhere(wheel, name)
  }
  /** Has a package deleted the name of a module of it, once it was imported? It gets it only then. */
  const isDeleted = (module: string, name: string): boolean =>
    modules.get(module)?.file?.module.deleted.has(name) === true &&
    (modules.get(module)?.file?.imports ?? []).some(one => {
      const base = one.unguarded && !one.isCalled ? absolute(module, true, one.level, one.module) : undefined
      return base === `${module}.${name}` || (base === module && one.names.includes(name))
    })
  /** Does a module set names on others that are not written out? */
  const setsNames = () => setsOfCallers() || setters().length > 0
  const commands = (built ? namedEntryPoints(wheel) : (wheel.entryPoints?.entries ?? [])).flatMap(entry =>
    isCommand(entry) && entry.module !== undefined ? [{ ...entry, module: entry.module }] : [],
  )
  const started = new Set(commands.map(({ module }) => module))
  const starts = new Set([...topsOf(wheel, modules), ...started])
  for (const name of starts) visit(name, undefined)
  const run = (name: string) => {
    const entry = modules.get(name)
    const facts = entry && read(name)
    if (!entry || !facts) return
    if (entry.file?.cut) cut ??= entry.installed?.member.path
    // What it imports itself comes before.
    for (const one of facts.imports) follow(name, entry, one, true)
    for (const branches of facts.alternatives) followBranches(name, entry, facts, branches)
    if (!facts.hooks || /(?:^|\.)six$/.test(name)) return
    isRedirected = true
    // What comes behind its import finds what it provides.
    for (let above = parents.get(name); above; above = parents.get(above.module)) {
      const { module, line } = above
      const isBehind = ({ chain }: MissingImport) => chain.at(-1)?.module === module && (chain.at(-1)?.line ?? 0) > line
      missing.splice(0, missing.length, ...missing.filter(one => !isBehind(one)))
    }
  }
  let done = 0
  const runQueue = () => {
    for (let name = queue[done]; name !== undefined; name = queue[++done]) run(name)
  }
  runQueue()
  // Scripts stand in no package, and nothing imports them.
  for (const [member, { text, cut }] of built ? [] : wheel.texts) {
    const [, name] = /^[^/]+\.data\/scripts\/([^/]+)$/.exec(member) ?? []
    if (name === undefined || cut || !/^#!.*python/.test(text)) continue
    const file = pythonFile(new TextEncoder().encode(text), false)
    const entry: ModuleEntry = { kind: 'module', installed: undefined, file }
    for (const one of file.imports) {
      if (!one.unguarded || one.level > 0) continue
      const link = { module: '', path: name, member, ...at(one) }
      for (const lost of lacking('', entry, one, false)) miss({ ...lost, chain: [link], onChain: true })
    }
  }
  // `python -m demo` starts it, and nothing imports it.
  for (const top of built ? [] : starts) {
    const name = `${top}.__main__`
    const entry = modules.get(name)
    if (!entry?.file || !read(name)) continue
    const { text, cut, size } = entry.file
    const facts = readModule(text, { isMain: true })
    const file = { text, cut, size, module: facts, imports: facts.imports, drop: () => {} }
    const main: ModuleEntry = { ...entry, file }
    for (const one of facts.imports) {
      if (!isCertain(name, main, one)) continue
      for (const lost of lacking(name, main, one, true))
        miss({
          ...lost,
          chain: linkOf({ module: name, ...at(one) }).map(link => ({ ...link, isMain: true })),
          onChain: true,
        })
    }
  }
  const found = (name: string): readonly ChainModule[] => {
    const entry = modules.get(name)
    return entry?.installed && entry.file && known.has(name)
      ? [
          {
            module: name,
            path: entry.installed.path,
            isPackage: entry.kind === 'package',
            member: entry.installed.member.path,
            facts: entry.file.module,
          },
        ]
      : []
  }
  const chain = queue.flatMap(found)
  const textOf = ({ member }: ChainModule) => wheel.python.get(member)?.text ?? ''
  const patched = once(
    () => new Set(chain.flatMap(one => [...textOf(one).matchAll(ATTRIBUTE_SET)].map(([, name]) => name))),
  )
  for (const { module: from, facts } of chain)
    for (const { level, module, name, ...place } of facts.attributes)
      if (level === 0 && stdlibName(module, name) && !modules.has(topOf(module)))
        if (!stdlibNames.has(`${module}.${name}`) && !patched().has(name))
          stdlibNames.set(`${module}.${name}`, { chain: chainTo(from, place), module, name, isAttribute: true })
  const isCertainOrder = isTrusted && !isRedirected
  const order = { modules, read: (name: string) => (known.has(name) ? read(name) : undefined), namesBefore }
  const budget = { left: MOST_LOOKED_AT }
  for (const start of isCertainOrder ? starts : []) {
    const early = earlyImport(start, order, budget)
    if (!early || !isOwn(topOf(early.module)) || !isClosed(early.module) || !ancestorsClosed(early.module)) continue
    // What is private, and imported by another module, nobody imports first.
    if (/(?:^|\.)_/.test(start) && imported.has(start) && !started.has(start)) continue
    const texts = [...early.begun].map(name => modules.get(name)?.file?.text ?? '')
    if (texts.some(text => IMPORTS_ANY.test(text) || SETS_NAMES.test(text))) continue
    for (const name of early.names)
      if (searches++ < MOST_SEARCHES && !isSetElsewhere(wheel, name))
        miss({
          module: early.module,
          name,
          candidates: [],
          isLater: true,
          ...(early.isUsed && { isUsed: true }),
          onChain: true,
          chain: early.steps.flatMap(linkOf),
        })
  }
  const attributesOf = (one: Omit<ChainModule, 'path' | 'member'>, command?: string) => {
    // Such an import may give another meaning to any name.
    if (one.facts.isOpen || one.facts.imports.some(({ names }) => names.includes('*'))) return
    for (const { level, module, name, ...place } of one.facts.attributes) {
      const base = absolute(one.module, one.isPackage, level, module)
      if (base === undefined || name.startsWith('__') || !isUnset(base, name, command !== undefined)) continue
      miss({
        module: base,
        name,
        candidates: [...(namesOf(modules, base) ?? [])],
        isUsed: true,
        onChain: true,
        chain: chainTo(one.module, at(place), command),
      })
    }
  }
  for (const one of isCertainOrder ? chain : []) attributesOf(one)
  // A submodule that was imported is a name of its package.
  const undefinedIn = (one: Omit<ChainModule, 'path' | 'member'>, command?: string): readonly UndefinedName[] => {
    const { module, isPackage, facts } = one
    const { undefinedName } = facts
    return undefinedName && !(isPackage && modules.has(`${module}.${undefinedName.name}`))
      ? [{ ...undefinedName, chain: chainTo(module, at(undefinedName), command) }]
      : []
  }
  const undefinedNames = chain.flatMap(one => undefinedIn(one))
  /** The functions of commands, by the command. */
  const calls = new Map<string, Called>()
  const told = new Set<string>()
  for (const { name, module, attr = '' } of commands) {
    if (told.has(`${module}:${attr}`) || told.size >= MOST_COMMANDS) continue
    told.add(`${module}:${attr}`)
    const from = functionOf(modules, module, attr)
    const entry = from && known.has(from.module) ? modules.get(from.module) : undefined
    if (!from || !entry?.file || entry.file.cut || isSetElsewhere(wheel, from.name)) continue
    const facts = readCall(entry.file.text, from.name, { isReplaced: one => isSetElsewhere(wheel, one) })
    calls.set(name, { from, facts })
    const before = entry.file.imports
    for (const [i, one] of facts.imports.entries())
      if (one.isCalled && one.reached !== before[i]?.reached) follow(from.module, entry, one, true, name)
    runQueue()
    const called = { module: from.module, isPackage: entry.kind === 'package', facts }
    if (isCertainOrder && !isRedirected) attributesOf(called, name)
    append(undefinedNames, undefinedIn(called, name))
  }
  const isComing = reachedOf(modules, known, calls)
  // What is put there can be used by every module.
  const isGiven = undefinedNames.length > 0 && (setsNames() || chain.some(one => givesToAll(textOf(one))))
  left = Math.min(left, MOST_BESIDE, most / 8)
  const wasCut = cut
  const beside: string[] = []
  const onChain = new Set(chain.map(({ module }) => module))
  // A wheel for one platform may contain modules that work only on others.
  const isForAll = wheel.kind === 'wheel' && wheel.name?.platform.includes('any') === true
  for (const [name, entry] of built ? [] : modules) {
    if (left <= 0) break
    if (!entry.file || onChain.has(name) || BESIDE.test(name) || ASIDE.test(topOf(name))) continue
    const facts = read(name)
    if (!facts) continue
    beside.push(name)
    if (isForAll && !facts.broken) for (const one of facts.imports) follow(name, entry, one, false)
  }
  const withLine = <T extends { readonly chain: readonly Link[] }>(one: T): T => {
    const last = one.chain.at(-1)
    const text = last && modules.get(last.module)?.file?.text
    return last && text !== undefined
      ? { ...one, chain: [...one.chain.slice(0, -1), { ...last, text: detached(linesOf(text).text(last.line) ?? '') }] }
      : one
  }
  return {
    missing: missing
      .filter(
        one =>
          isComing(one) &&
          !(mayBeModule(modules, one) && isAfterProgram(wheel, one.chain)) &&
          !isWrittenBefore(modules, one),
      )
      .map(withLine),
    foreign: [...foreign.values()],
    stdlibNames: [...stdlibNames.values()].filter(isComing),
    undefinedNames: isGiven ? [] : undefinedNames.filter(one => !isSetElsewhere(wheel, one.name) && isComing(one)),
    modules: chain,
    beside: beside.filter(name => !guarded.has(name)).flatMap(found),
    cut: wasCut,
  }
})

/** The function of a command, and what a call of it does. */
interface Called {
  readonly from: { readonly module: string; readonly name: string }
  readonly facts: PythonModule
}

/** Is every step of a chain reached, also where modules import and call what ends the program? They are read once more for it. */
function reachedOf(
  modules: ReadonlyMap<string, ModuleEntry>,
  known: ReadonlySet<string>,
  calls: ReadonlyMap<string, Called>,
): (found: { readonly chain: readonly Link[] }) => boolean {
  const read = new Map<string, PythonModule | undefined>()
  const ran = new Map<string, Running | undefined>()
  let endingNow: ReadonlySet<string> | undefined
  let depth = 0
  const outsideOf = (module: string, isMain = false) => ({
    absolute: (level: number, path: string) => resolved(module, { level, module: path }),
    valueAt,
    endOf: (of: string) => endOf(module, of),
    isMain,
  })
  /** `as`: of a command, or `-m`. */
  const again = (module: string, as?: string): PythonModule | undefined => {
    const key = as === undefined ? module : `${module} ${as}`
    if (read.has(key)) return read.get(key)
    const file = known.has(module) ? modules.get(module)?.file : undefined
    const called = as === undefined ? undefined : calls.get(as)
    const outside = outsideOf(module, as === MAIN)
    const found = file && (called ? readCall(file.text, called.from.name, outside) : readModule(file.text, outside))
    read.set(key, found)
    return found
  }
  /** What an import of the module does; undefined while it is being read. */
  const run = (module: string): Running | undefined => {
    if (ran.has(module)) return ran.get(module)
    ran.set(module, undefined)
    const text = known.has(module) && depth < MOST_INSIDE ? modules.get(module)?.file?.text : undefined
    depth++
    if (text !== undefined) ran.set(module, new Running(text, parsePython(text).body, outsideOf(module), false))
    depth--
    return ran.get(module)
  }
  const resolved = (from: string, of: Dotted) =>
    absolute(from, modules.get(from)?.kind === 'package', of.level, of.module)
  const values = new Map<string, Value | undefined>()
  /** `module.Class.method`; modules may take names of one another. */
  const valueAt = (path: string): Value | undefined => {
    if (values.has(path)) return values.get(path)
    const module = ancestorsOf(path).findLast(name => known.has(name))
    const running = module === undefined || module === path ? undefined : run(module)
    if (!running || module === undefined) return undefined
    values.set(path, undefined)
    const found = running.valueAt(path.slice(module.length + 1).split('.'))
    values.set(path, found)
    return found
  }
  /** The modules that an import runs, but for those around the one that has it. */
  const runBy = (from: string, of: string) => ancestorsOf(of).filter(name => !`${from}.`.startsWith(`${name}.`))
  const endOf = (from: string, of: string): End | undefined =>
    runBy(from, of)
      .map(name => (ending().has(name) ? run(name)?.end : undefined))
      .find(end => end && end.ways !== ON)
  /** Modules that end, or call what others have, and those that lead to them: only they are read again. */
  const ending = (): ReadonlySet<string> => {
    if (endingNow) return endingNow
    const facts = [...known].flatMap(name => {
      const found = modules.get(name)?.file?.module
      return found ? [[name, found] as const] : []
    })
    const importers = new Map<string, Set<string>>()
    for (const [from, { imports }] of facts)
      for (const one of imports)
        for (const module of one.reached === false ? [] : ['', ...one.names.map(name => `.${name}`)])
          for (const name of runBy(
            from,
            resolved(from, { level: one.level, module: `${one.module}${module}`.replace(/^\./, '') }) ?? '',
          )) {
            const others = importers.get(name)
            if (others) others.add(from)
            else importers.set(name, new Set([from]))
          }
    const found = new Set<string>()
    endingNow = found
    const endings = new Set(facts.flatMap(([, { endings }]) => [...endings]))
    const left = facts.flatMap(([name, { isEnd, callsOutside }]) =>
      isEnd || callsOutside.some(of => isEnding(name, of, endings)) ? [name] : [],
    )
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (found.has(next)) continue
      found.add(next)
      append(left, [...(importers.get(next) ?? [])])
    }
    return found
  }
  /** May a call end the program, by the names in it? */
  const isEnding = (from: string, of: Dotted, endings: ReadonlySet<string>) => {
    const path = resolved(from, of) ?? ''
    return modules.has(topOf(path)) && path.split('.').some(name => endings.has(name))
  }
  const isOver = (module: string) => ending().has(module) && (run(module)?.end.ways ?? ON) !== ON
  return ({ chain }) =>
    // What is around the first one is imported before, and of a command, its module too.
    !ancestorsOf(chain[0]?.module ?? '').some(
      name => (name !== chain[0]?.module || chain[0].command !== undefined) && isOver(name),
    ) &&
    chain.every(({ module, line, column, command, isMain }) => {
      const before = command === undefined ? modules.get(module)?.file?.module : calls.get(command)?.facts
      const isSame = command === undefined && !isMain && !ending().has(module)
      const now = before && !isSame ? again(module, isMain ? MAIN : command) : undefined
      if (!before || !now) return true
      const has = (facts: PythonModule) =>
        [facts.undefinedName, ...facts.attributes, ...facts.imports.filter(({ reached }) => reached !== false)].some(
          one => one?.line === line && one.column === column,
        )
      return has(now) || (!isMain && !has(before))
    })
}

/** How a file is read that `python -m` starts. */
const MAIN = '-m'

/** Modules that are read inside one another. */
const MOST_INSIDE = 50

/** Commands whose functions are read. */
const MOST_COMMANDS = 20
const MOST_HOPS = 5

/** The function that a command calls, in the module that defines it. */
function functionOf(
  modules: ReadonlyMap<string, ModuleEntry>,
  module: string,
  name: string,
  hops = 0,
): { readonly module: string; readonly name: string } | undefined {
  const entry = modules.get(module)
  const facts = entry?.file?.module
  if (!facts || facts.isOpen || facts.broken || facts.rebound.has(name) || hops > MOST_HOPS) return undefined
  if (namesByStar(modules, module)?.has(name) !== false) return undefined
  const called = facts.functions.get(name)
  if (called) return called.isDeferred || called.required.length > 0 ? undefined : { module, name }
  const alias = facts.aliases.get(name)
  const base = alias?.name && absolute(module, entry.kind === 'package', alias.level, alias.module)
  return base && alias ? functionOf(modules, base, alias.name, hops + 1) : undefined
}

const isPlainName = fits(/^[A-Za-z_]\w*$/, () => /^[\p{L}_][\p{L}\p{N}_]*$/u)

/** The packages and modules that are not inside a package, and are for users. */
function topsOf(wheel: Wheel | Sdist, modules: ReadonlyMap<string, ModuleEntry>): readonly string[] {
  if (wheel.kind === 'wheel' && installed(wheel).length === 0) return []
  return [...modules].flatMap(([name, { kind, file }]) => {
    if (!file || (kind !== 'package' && kind !== 'module')) return []
    const parts = name.split('.')
    if (parts.some(part => !isPlainName(part)) || ASIDE.test(parts[0] ?? '')) return []
    // A module in a folder without `__init__` is found only by its own name.
    if (kind === 'module' && parts.length > 1) return []
    for (let above = parentOf(name); above !== ''; above = parentOf(above))
      if (modules.get(above)?.kind !== 'folder') return []
    // The source tree of another project, packed as a whole, is not for users.
    return parts.length > 1 && (BESIDE.test(name) || parts.slice(0, -1).some(part => /(?:^|_)src$/.test(part)))
      ? []
      : [name]
  })
}

/** May a project that is required have a module of this name? Without what it is known by, only of a common name that is unlikely. */
function mayProvide(wheel: Wheel | Sdist, top: string): boolean {
  const plain = top.toLowerCase().replaceAll('_', '-')
  return (requiredBy(wheel) ?? []).some(
    ({ name }) => name !== wheel.project && (name.includes(plain) || plain.includes(name) || !COMMON.test(top)),
  )
}

/** Names of modules that no project would put next to those of others. */
const COMMON =
  /^(?:src|utils?|helpers?|common|config|constants?|core|models?|exceptions?|errors?|types?|base|main|cli|settings|version|_version|functions?|tools?|lib|data|api|views?|client|server|parser|logger|database|db|schemas?|services?|handlers?|classes|const|globals|misc|defaults)$/i

/** Modules that code of the project may write: it writes files, and names one that is called like that. */
const writtenModules = oncePer((wheel: Wheel | Sdist): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { text } of wheel.python.values())
    if (text.includes('.py') && WRITES.test(text))
      for (const [, name = ''] of text.matchAll(NAMED_FILE)) names.add(name)
  return names
})
const NAMED_FILE = /['"/\\]([^'"/\\.\s]{1,200})\.py['"]/g
const WRITES =
  /['"][wax][bt]?\+?['"]|\.write_(?:text|bytes)\b|\bshutil\.|\bos\.(?:rename|replace|link|symlink)\b|\burlretrieve\b/
const COMPUTED_FILE = /(?:['"}]|%\w)\.py['"]|__init__\.py['"]/
const UNPACKS = /\.extractall\(|\.unpack_archive\(/

/** May the modules of the chain, or what they import, write the module first, in a file whose name they compute? */
function isWrittenBefore(modules: ReadonlyMap<string, ModuleEntry>, one: MissingImport): boolean {
  const { chain, module, name } = one
  const isModule = mayBeModule(modules, one)
  const stem = (isModule && name) || module.slice(module.lastIndexOf('.') + 1)
  const importsOf = (from: string): readonly string[] =>
    (modules.get(from)?.file?.imports ?? []).flatMap(({ level, module: of, names }) => {
      const base = absolute(from, modules.get(from)?.kind === 'package', level, of)
      return base === undefined ? [] : [base, ...names.map(name => `${base}.${name}`)].filter(name => modules.has(name))
    })
  const links = chain.map(link => link.module)
  const helpers = links.flatMap(importsOf)
  // A helper may write by another. That this changes a module which is there is less likely.
  const others = isModule ? helpers.slice(0, MOST_HELPERS).flatMap(importsOf) : []
  const read = new Set([...links, ...helpers, ...others])
  const texts = [...read].map(name => modules.get(name)?.file?.text ?? '')
  if (texts.some(text => UNPACKS.test(text) && text.includes('__file__'))) return true
  const isNamed = (text: string) => ["'", '"', '/'].some(quote => text.includes(`${quote}${stem}.py`))
  const writing = texts.filter(text => WRITES.test(text))
  if (isModule ? writing.length > 0 && texts.some(isNamed) : writing.some(isNamed)) return true
  const isComputed = writing.some(text => COMPUTED_FILE.test(text))
  return isComputed && texts.some(text => ["'", '"'].some(quote => text.includes(`${quote}${stem}${quote}`)))
}
const MOST_HELPERS = 50

/** It imports a module, or what may be one of a package. */
const mayBeModule = (modules: ReadonlyMap<string, ModuleEntry>, { module, name, isUsed }: MissingImport): boolean =>
  name === undefined || (!isUsed && modules.get(module)?.kind !== 'module')

/** Was a program started before one of the imports, which may write what is imported? */
const isAfterProgram = (wheel: Wheel | Sdist, chain: readonly Link[]): boolean =>
  chain.some(({ member, line }) =>
    STARTS.test(
      splitLines(wheel.python.get(member)?.text ?? '')
        .slice(0, line - 1)
        .join('\n'),
    ),
  )
const STARTS =
  /\b(?:subprocess|runpy)\.\w|\bos\.(?:system|popen|spawn)|\b(?:check_call|check_output|Popen|run_path|run_module)\(/

/** `collections.Mapping = …` */
const ATTRIBUTE_SET = /\.([A-Za-z_]\w{0,100})\s{0,100}=(?!=)/g

/** Text that imports what is not written out. */
const IMPORTS_ANY = /\b(?:import_module|__import__|run_module|run_path)\s*\(\s*(?!['"])|\bexec\s*\(/

/** `setattr(module, name, value)`, and what goes around it. */
const SETS_NAMES =
  /\bsetattr\b(?!\((?:self|cls)\b)|\b__dict__(?:\.update|\.setdefault|\[)|\bvars\([\w.]{1,50}\)(?:\.update|\.setdefault|\[)|\bvars\(sys\.modules\[|=[ \t]*(?:vars\((?!self\b|args\b|options\b)[\w.]{1,50}\)|(?!self\.)[\w.]{1,50}\.__dict__)[ \t]*$/m

/** Does the text compute names that it sets in the module, which it imports, or in one that it takes from `sys.modules`? */
function isSettingNames(text: string, module: string): boolean {
  const last = module.slice(module.lastIndexOf('.') + 1)
  const changed = new Set(changedIn(text))
  if (changed.has('sys')) return true
  return text.split('\n').some(line => {
    if (!/import|\bmodules\b/.test(line)) return false
    const words = line.split(/\W+/)
    const mayBeAny = /\bmodules\b|\bimport_module\b|__import__/.test(line)
    return (mayBeAny || words.includes(last)) && words.some(word => !OWN.has(word) && changed.has(word))
  })
}
/** What a class calls its object and itself. */
const OWN: ReadonlySet<string> = new Set(['', 'self', 'cls'])

/** `setattr(module, name, …)`, `vars(module).update(…)`, `module.__dict__[…] = …`: the names that these begin with. */
function* changedIn(text: string): Generator<string> {
  for (const { 0: all, 1: called = '', 2: name = '', index } of text.matchAll(SETTER)) {
    const rest = text.slice(index + all.length, index + all.length + 20).trimStart()
    const isComputed = /^,\s*[^'"\s]/.test(rest)
    if (called === 'setattr' ? isComputed : /^\)(?:\.update|\.setdefault|\[)/.test(rest)) yield name
  }
  for (const { index } of text.matchAll(DICTIONARY)) {
    const path =
      text
        .slice(Math.max(0, index - 100), index)
        .split(/[^\w.]/)
        .at(-1) ?? ''
    yield path.split('.', 1)[0] ?? ''
  }
}
const SETTER = /\b(setattr|vars)\(([A-Za-z_]\w{0,100})[\w.]{0,100}/g
const DICTIONARY = /\.__dict__(?:\.update|\.setdefault|\[)/g

/** Text that sets names in the module that calls it. */
const SETS_OF_CALLERS =
  /\bf_globals(?:\.update|\.setdefault|\[[^\]\n]{1,50}\]\s*=[^=])|=[ \t]*[\w.()[\]]{1,100}\.f_globals[ \t]*$|\b__globals__(?:\.update|\.setdefault|\[[^\]\n]{1,50}\]\s*=[^=])/m

/** Text that has modules found in other folders. */
const OTHER_PLACES = /\bsys\s*\.\s*path\b|\bfrom\s+sys\s+import\b[^\n]*\bpath\b|\baddsitedir\b|\bPYTHONPATH\b/

/** Is it a module that only Python 2 has, and that nothing the wheel requires provides? */
export const isOfPython2 = (wheel: Wheel | Sdist, top: string): boolean =>
  PYTHON_2.has(top) && !(requiredBy(wheel) ?? []).some(({ name }) => name === 'future' || name === top.toLowerCase())
const PYTHON_2 = new Set(
  '__builtin__ BaseHTTPServer CGIHTTPServer ConfigParser Cookie cookielib copy_reg cPickle cStringIO commands dummy_thread htmlentitydefs HTMLParser httplib md5 Queue robotparser sets sha SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO thread Tkinter tkFileDialog tkMessageBox urllib2 urlparse UserDict UserList xmlrpclib'.split(
    ' ',
  ),
)

const parentOf = (module: string): string => module.slice(0, Math.max(0, module.lastIndexOf('.')))
