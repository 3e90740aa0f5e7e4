/** What calls of the standard library and of setuptools give and do, as far as a build script or a module tells it. */

import {
  ARCHIVES,
  ASKS,
  EXTENSIONS,
  FINDERS,
  MAY_WRITE,
  OPENERS,
  PATHS,
  READERS,
  RESOURCES,
  RUNS,
  SAME_PATH,
  WANTS,
} from './known-calls.js'
import { filled, folderOf, joined, UNKNOWN, type Value } from './known-values.js'
import type { Said, ScriptState, Standing } from './script-state.js'
import type { Call } from './tree.js'

/** A call whose arguments have been evaluated. */
export interface Evaluated {
  readonly call: Call
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
  /** What `**` is given. */
  readonly expanded: readonly Value[]
  /** `args` and `named` are all that it is given. */
  readonly isExact: boolean
  readonly standing: Standing
}

/** What nobody knows, with what follows from that. */
export const unfollowed = (state: ScriptState, name: string | undefined, { call, args, named }: Evaluated): Value =>
  state.unfollowed(call, name, [...args, ...named.values()])

/** A call of a function that the script does not define, by its dotted name. */
export function callKnown(state: ScriptState, name: string, given: Evaluated): Value {
  return (
    asksFor(state, name, given) ??
    opens(state, name, given) ??
    pathFrom(state, name, given) ??
    needsFile(state, name, given) ??
    setsUp(state, name, given) ??
    unseen(state, name, given)
  )
}

function unseen(state: ScriptState, name: string, given: Evaluated): Value {
  if (MAY_WRITE.test(name) || state.isLocal(name)) state.isTainted = true
  return unfollowed(state, name, given)
}

/** `importlib.metadata.version('demo')` */
function asksFor(state: ScriptState, name: string, { call, args: [first], standing }: Evaluated): Value | undefined {
  if (!ASKS.test(name) || first?.kind !== 'text' || !standing.certain) return undefined
  if (!state.isAttributeSet(lastOf(name))) state.asks.push({ ...state.said(first.text, call.at), call: name })
  return UNKNOWN
}

function opens(state: ScriptState, name: string, given: Evaluated): Value | undefined {
  const { call, args, named, isExact, standing } = given
  const [first = UNKNOWN, second] = args
  if (state.module) {
    const resource = resourceOf(state, name, given)
    if (resource) return resource
    if (OPENERS.has(name) && (!isExact || named.has('opener') || state.isAttributeSet(lastOf(name))))
      return unfollowed(state, name, given)
  }
  return OPENERS.has(name) ? open(state, first, named.get('mode') ?? second, call.at, standing) : undefined
}

/** What a package has next to its modules, as `importlib.resources` and others find it. */
function resourceOf(
  state: ScriptState,
  name: string,
  { call, args: [of = UNKNOWN, file = UNKNOWN], standing }: Evaluated,
): Value | undefined {
  if (READERS.test(name) && of.kind === 'path') {
    state.read(of, call.at, standing)
    return UNKNOWN
  }
  const kind = RESOURCES.exec(name)
    ?.slice(1)
    .find(one => one !== undefined)
  const place = state.module
  if (kind === undefined || !place) return undefined
  if (of.kind !== 'text' || !state.isOwn(of.text)) return UNKNOWN
  const folder: Value = {
    kind: 'path',
    path:
      of.text === place.name
        ? folderOf(place.path)
        : folderOf(`${of.text.replaceAll('.', '/')}${place.isFile?.(of.text) ? '.py' : '/'}`),
  }
  if (kind === 'files') return folder
  const found = file.kind === 'text' ? joined([folder, file]) : UNKNOWN
  if (kind === 'resource_filename') return found
  state.read(found, call.at, standing)
  return UNKNOWN
}

function open(state: ScriptState, file: Value, mode: Value | undefined, at: number, standing: Standing): Value {
  if (mode && mode.kind !== 'text') return UNKNOWN
  const path = state.pathOf(file)
  if (mode?.kind === 'text' && /[wax+]/.test(mode.text)) {
    state.write(path)
    return UNKNOWN
  }
  state.read(file, at, standing)
  return state.contentOf(path)
}

/** What makes a path of a path. */
function pathFrom(state: ScriptState, name: string, { call, args, isExact }: Evaluated): Value | undefined {
  const [first = UNKNOWN] = args
  const { module } = state
  if (SAME_PATH.has(name)) {
    const path = state.pathOf(first)
    return path === undefined ? UNKNOWN : { kind: 'path', path }
  }
  if (name === 'os.path.dirname' || name === 'os.path.split') {
    const path = state.pathOf(first)
    if (path === undefined || path === '') return UNKNOWN
    const folder: Value = { kind: 'path', path: folderOf(path) }
    if (name === 'os.path.dirname') return folder
    const base: Value = { kind: 'text', text: path.slice(path.lastIndexOf('/') + 1), at: call.at }
    return { kind: 'list', items: [folder, base], whole: true }
  }
  if (name === 'os.getcwd' || name === 'pathlib.Path.cwd') return module ? UNKNOWN : { kind: 'path', path: '' }
  if (name === 'os.path.join' || PATHS.has(name))
    return isExact && (!module || first.kind === 'path') ? joined(args) : UNKNOWN
  return name === 'os.chdir' && state.pathOf(first) === '' ? UNKNOWN : undefined
}

/** What fails where a file is not there. */
function needsFile(state: ScriptState, name: string, given: Evaluated): Value | undefined {
  const { call, args, isExact, standing } = given
  const [first = UNKNOWN, second = UNKNOWN] = args
  if (name === 'runpy.run_path') state.read(first, call.at, standing)
  // Its loader opens the file when it runs it.
  if (/^(?:importlib\.util\.spec_from_file_location|importlib\.machinery\.SourceFileLoader)$/.test(name)) {
    const path = state.pathOf(second)
    return path === undefined ? UNKNOWN : { kind: 'loader', path }
  }
  if (name === 'importlib.util.module_from_spec') return UNKNOWN
  if (!state.module) {
    if (isExact && (WANTS.test(name) || (ARCHIVES.test(name) && args.length === 1)))
      state.read(first, call.at, standing, name)
    if (RUNS.test(name)) startsScript(state, name, given)
  }
  return name === 'os.listdir' || name === 'os.scandir' ? UNKNOWN : undefined
}

/** `subprocess.run([sys.executable, 'tools/make.py'])`: Python ends with an error where there is no such file. */
function startsScript(state: ScriptState, name: string, { call, args: [words], standing }: Evaluated): void {
  const [given, ...others] = call.args
  const written = given?.value.kind === 'list' ? given.value.items : []
  const [, script] = words?.kind === 'list' && words.whole ? words.items : []
  const isPython = written[0] !== undefined && state.called(written[0], standing.scope) === 'sys.executable'
  if (!isPython || !script || (script.kind === 'text' && !/^[\w./-]+\.py$/.test(script.text))) return
  // Another folder, or arguments that nobody sees.
  if (others.some(({ name: keyword }) => keyword === undefined || keyword === 'cwd')) return
  const check = others.find(({ name: keyword }) => keyword === 'check')?.value
  if (check && !(check.kind === 'name' && /^(?:True|False)$/.test(check.name))) return
  const isChecked = /check_/.test(name) || (check?.kind === 'name' && check.name === 'True')
  state.read(script, call.at, standing, name, !isChecked)
}

/** `find_packages`, `Extension`, `cythonize`, `setup`, and what makes their arguments. */
function setsUp(state: ScriptState, name: string, given: Evaluated): Value | undefined {
  const { call, args, named, standing } = given
  const [first = UNKNOWN, second = UNKNOWN] = args
  if (FINDERS.test(name)) return findsPackages(state, name, given)
  if (EXTENSIONS.test(name)) {
    const isAlone =
      name === 'setuptools.Extension' && given.isExact && args.length < 3 && [...named.keys()].every(isOfSources)
    const sources = named.get('sources') ?? second
    return { kind: 'extension', sources, isOptional: named.has('optional'), isAlone, at: call.at }
  }
  if (/(?:^|\.)cythonize$/.test(name)) return cythonized(state, first, call.at)
  if (/^(?:list|tuple|sorted)$/.test(name)) return first.kind === 'list' ? first : UNKNOWN
  if (name === 'dict' && args.length === 0) return { kind: 'dict', items: named }
  if (!SETUP.test(name)) return undefined
  const values = new Map(given.expanded.flatMap(value => (value.kind === 'dict' ? [...value.items] : [])))
  for (const [keyword, value] of named) values.set(keyword, value)
  const isOpen = given.expanded.some(value => value.kind !== 'dict')
  state.setups.push(standing.certain ? { call, values, isOpen } : { call, values: new Map(), isOpen: true })
  return UNKNOWN
}

function findsPackages(state: ScriptState, name: string, { call, args, named, standing }: Evaluated): Value {
  const where = args[0] ?? named.get('where')
  if (standing.certain && (where === undefined || where.kind === 'text'))
    state.searches.set(call.at, {
      ...state.said(lastOf(name), call.at),
      where: where && state.said(where.text, where.at),
      exclude: allSaid(state, args[1] ?? named.get('exclude')),
      include: allSaid(state, args[2] ?? named.get('include')),
    })
  return UNKNOWN
}

/** The strings of a list; none where there is no list. */
function allSaid(state: ScriptState, value: Value | undefined): readonly Said[] | undefined {
  if (value === undefined) return []
  if (value.kind !== 'list' || !value.whole) return undefined
  const texts = value.items.flatMap(item => (item.kind === 'text' ? [state.said(item.text, item.at)] : []))
  return texts.length === value.items.length ? texts : undefined
}

/** `cythonize('a.pyx')`, with a list of such, or of extensions. */
function cythonized(state: ScriptState, value: Value, at: number): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(item => cythonized(state, item, at)) }
  if (value.kind === 'extension') return value
  // A pattern is not a path.
  if (value.kind !== 'text' && state.pathOf(value) === undefined) return UNKNOWN
  const sources: Value = { kind: 'list', items: [value], whole: true }
  return { kind: 'extension', sources, isOptional: false, isAlone: false, at }
}

/** A method of a value that is known; undefined where that is nothing special. */
export function callMethod(state: ScriptState, object: Value, method: string, given: Evaluated): Value | undefined {
  const { call, args, named, isExact, standing } = given
  const path = state.pathOf(object)
  if (path !== undefined && object.kind === 'path') return onPath(state, path, method, given)
  if (object.kind === 'loader' && /^(?:exec|load)_module$/.test(method)) {
    state.read({ kind: 'path', path: object.path }, call.at, standing)
    state.isTainted = true
    return UNKNOWN
  }
  if (object.kind === 'content' && method === 'read' && args.length === 0) return object
  if (object.kind === 'text' && method === 'format' && named.size === 0 && isExact)
    return filled(object.text.split(/\{\d?\}/), args, call.at)
  return object.kind === 'list' ? onList(state, object, method, given) : undefined
}

/** `packages.append('demo')`, of a name. */
function onList(
  state: ScriptState,
  list: Extract<Value, { kind: 'list' }>,
  method: string,
  { call: { func }, args: [first = UNKNOWN], standing }: Evaluated,
): Value | undefined {
  if ((method !== 'append' && method !== 'extend') || func.kind !== 'attribute' || func.of.kind !== 'name')
    return undefined
  const more = method === 'append' ? [first] : first.kind === 'list' ? first.items : [UNKNOWN]
  const whole = list.whole && standing.certain && (method === 'append' || first.kind === 'list')
  const items = standing.certain ? [...list.items, ...more] : list.items
  state.assign(func.of.name, { kind: 'list', items, whole }, standing)
  return UNKNOWN
}

function onPath(
  state: ScriptState,
  path: string,
  method: string,
  { call: { at }, args, named, standing }: Evaluated,
): Value {
  const [first = UNKNOWN] = args
  const itself: Value = { kind: 'path', path }
  if (
    !state.module &&
    (/^(?:l?stat|iterdir|rmdir|chmod|rename)$/.test(method) || (method === 'unlink' && named.size === 0))
  )
    state.read(itself, at, standing, `Path.${method}`)
  if (method === 'read_text' || method === 'read_bytes') {
    state.read(itself, at, standing)
    return method === 'read_text' ? state.contentOf(path) : UNKNOWN
  }
  if (method === 'open') return open(state, itself, named.get('mode') ?? args[0], at, standing)
  if (method === 'write_text' || method === 'write_bytes' || method === 'touch') state.write(path)
  else if (method === 'resolve' || method === 'absolute' || method === 'expanduser') return itself
  else if (method === 'joinpath') return joined([itself, ...args])
  else if (method === 'with_name' && first.kind === 'text')
    return joined([{ kind: 'path', path: folderOf(path) }, first])
  else if (/^(?:rename|replace|symlink_to|hardlink_to|link_to|copy|move|mkdir)$/.test(method)) state.isTainted = true
  return UNKNOWN
}

/** Keywords of an Extension that add no folders. */
const isOfSources = (keyword: string) =>
  /^(?:name|sources|language|depends|define_macros|undef_macros|py_limited_api)$/.test(keyword)

const SETUP = /^(?:(?:setuptools|distutils\.core|skbuild|numpy\.distutils\.core)\.)?setup$/

const lastOf = (name: string) => name.slice(name.lastIndexOf('.') + 1)
