import { clean } from '../archive/links.js'
import type { Sdist, Wheel } from '../distribution/distribution.js'
import {
  type EntryPoint,
  type EntryPoints,
  entryPointOf,
  MOST_LINES,
  readEntryPoints,
} from '../distribution/entry-points.js'
import { once, oncePer } from '../once.js'
import { isCallableReference, isObjectReference } from '../standards/object-reference.js'
import { fits } from '../text/ascii.js'
import type { IniText } from '../text/ini.js'
import { linesOf, splitLines } from '../text/lines.js'
import { isSpace, pythonLines, SPACE, strip, stripEnd } from '../text/python.js'

/** Who installs commands from entry_points.txt. */
export type Installer = 'pip' | 'uv'

/** What makes an installer refuse to install the wheel. */
export type RefusalKind =
  /** A line in a group without `=`: pip. uv refuses what ConfigParser does. */
  | 'no-delimiter'
  /** A command that calls nothing: pip. */
  | 'no-callable'
  /** The value of a command does not have the expected form. */
  | 'value'
  /** A value that Python 3.15 does not make an entry point of, in any group: pip there. */
  | 'value-since-3.15'
  /** The name of a command leads out of the scripts directory. */
  | 'outside'
  /** The name of a command is that of an interpreter: uv. */
  | 'reserved'

interface Refusal {
  readonly by: Installer
  readonly kind: RefusalKind
  readonly entry: EntryPoint
}

/** A command as it is installed: the file below the scripts directory, and `module:function`. */
interface Command {
  readonly entry: EntryPoint
  readonly path: string
  readonly calls: string
}
type Commands = ReadonlyMap<string, Command>

/** Where tools disagree: what pip and uv install, or which of the two ways of reading the text yields the entry. */
export interface Difference {
  readonly entry: EntryPoint
  readonly pip?: Command | undefined
  readonly uv?: Command | undefined
  readonly only?: 'importlib' | 'configparser' | undefined
  /** The character before the line that ends lines for Python alone. */
  readonly after?: string | undefined
}

export interface EntryPointReadings {
  /** What any of the tools reads as an entry point; if several do, as importlib.metadata reads it. */
  readonly entries: readonly EntryPoint[]
  /** Those that ConfigParser reads. */
  readonly specified: ReadonlySet<EntryPoint>
  readonly refusals: readonly Refusal[]
  /** What makes uv stop reading, besides the values of commands. */
  readonly uvProblems: EntryPoints['problems']
  readonly differences: readonly Difference[]
}

const NOTHING: EntryPointReadings = {
  entries: [],
  specified: new Set(),
  refusals: [],
  uvProblems: [],
  differences: [],
}

/**
 * entry_points.txt as tools read it: importlib.metadata (and so pip), uv, and Python's ConfigParser, which the specification
 * and PyPI go by. See docs/security.md.
 */
export const entryPointReadings = oncePer((dist: Wheel | Sdist): EntryPointReadings => {
  const told = dist.entryPoints
  const isTree = dist.kind === 'sdist' && dist.tree !== undefined
  const text = told && !isTree ? dist.texts.get(told.member)?.text : undefined
  if (!told || (text === undefined && !isTree)) return NOTHING
  const make: Make = (section, name, value) => entryPointOf(told.member, { section, name, values: [value] })
  // What the files of a project declare, a backend writes as every tool reads it.
  const importlib = text === undefined ? asDeclared(told) : readByImportlib(text, make)
  const uv = text === undefined ? told : readByUv(text, told)
  const entries = new Map<string, EntryPoint>()
  for (const entry of [...importlib.entries, ...told.entries, ...uv.entries])
    if (!entries.has(keyOf(entry))) entries.set(keyOf(entry), entry)
  const inPip = pipCommands(importlib)
  const inUv = uvCommands(uv)
  const refusals = [...inPip.refusals, ...inUv.refusals].map(one => ({
    ...one,
    entry: entries.get(keyOf(one.entry)) ?? one.entry,
  }))
  const differences = new Map<string, Difference>()
  const differ = (entry: EntryPoint, how: Partial<Difference>) =>
    differences.set(keyOf(entry), {
      entry: entries.get(keyOf(entry)) ?? entry,
      after: importlib.after.get(keyOf(entry)),
      ...differences.get(keyOf(entry)),
      ...how,
    })
  if (uv.problems.length === 0 && refusals.every(({ kind }) => kind === 'value-since-3.15')) {
    for (const command of inPip.commands.values())
      if (inUv.commands.get(command.path)?.calls !== command.calls) differ(command.entry, { pip: command })
    for (const command of inUv.commands.values()) {
      const other = inPip.commands.get(command.path)
      if (other?.calls !== command.calls) differ(other?.entry ?? command.entry, { uv: command })
    }
  }
  if (told.problems.length === 0) {
    const [ours, theirs] = [new Set(importlib.entries.map(said)), new Set(told.entries.map(said))]
    for (const entry of importlib.entries)
      if (!theirs.has(said(entry)) && !differences.has(keyOf(entry))) differ(entry, { only: 'importlib' })
    for (const entry of told.entries)
      if (!ours.has(said(entry)) && !differences.has(keyOf(entry))) differ(entry, { only: 'configparser' })
  }
  const isTold = toldOfProject(dist)
  return {
    entries: [...entries.values()]
      .filter(entry => !isTold(entry))
      .sort((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0)),
    specified: new Set(told.entries.map(entry => entries.get(keyOf(entry)) ?? entry)),
    refusals: refusals.filter(({ entry }) => !isTold(entry)),
    uvProblems: uv.problems,
    differences: [...differences.values()],
  }
})

/** Is an entry of an sdist invalid in its `[project]` already? The rule project-entry-points-invalid points there. */
function toldOfProject(dist: Wheel | Sdist): (entry: EntryPoint) => boolean {
  const pyproject = dist.kind === 'sdist' ? dist.pyproject : undefined
  return ({ group, name, target }) => {
    const table = COMMANDS.get(group)
    const written = pyproject?.get('project', ...(table === undefined ? ['entry-points', group] : [table]), name)
    if (typeof written !== 'string' || written.trim() !== target) return false
    return !(table === undefined ? isObjectReference(written) : isCallableReference(written))
  }
}

/** Entries for which an installer refuses to install the wheel in one of these ways, and which installers do. */
export function refused(dist: Wheel | Sdist, ...kinds: readonly RefusalKind[]): ReadonlyMap<EntryPoint, Installer[]> {
  const found = new Map<EntryPoint, Installer[]>()
  for (const { entry, kind, by } of entryPointReadings(dist).refusals) {
    if (!kinds.includes(kind)) continue
    const known = found.get(entry)
    if (!known) found.set(entry, [by])
    else if (!known.includes(by)) known.push(by)
  }
  return found
}

/** One entry of one place, whatever its value. */
const keyOf = ({ line, column, group, name }: EntryPoint) => `${line} ${column} ${group} ${name}`
const said = ({ group, name, target }: EntryPoint) => `${group}\n${name}\n${strip(target)}`

type Make = (section: string, name: IniText, value: IniText) => EntryPoint

interface Read {
  readonly entries: readonly EntryPoint[]
  readonly refusals: readonly Refusal[]
  /** Those without `=`. */
  readonly bare: ReadonlySet<EntryPoint>
}

const asDeclared = ({ entries }: EntryPoints): ReturnType<typeof readByImportlib> => ({
  entries,
  bare: new Set(),
  after: new Map(),
  refusals: [],
})

/** Lines end where `str.splitlines()` ends them, only `#` starts a comment, and each line is an entry or a group. */
function readByImportlib(text: string, make: Make): Read & { readonly after: ReadonlyMap<string, string> } {
  const entries: EntryPoint[] = []
  const bare = new Set<EntryPoint>()
  const after = new Map<string, string>()
  const lines = linesOf(text)
  let group: string | undefined
  for (const { text: raw, offset, after: end } of pythonLines(text, MOST_LINES)) {
    const line = strip(raw)
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('[') && line.endsWith(']')) group = withoutBrackets(line)
    else if (group !== undefined) {
      const entry = pair(lines.position(offset + raw.indexOf(line)), group, line, make)
      if (end !== undefined) after.set(keyOf(entry), end)
      if (!line.includes('=')) bare.add(entry)
      entries.push(entry)
    }
  }
  return { entries, bare, after, refusals: [...bare].map(entry => ({ by: 'pip', kind: 'no-delimiter', entry })) }
}

/** `strip('[]')` of Python. */
function withoutBrackets(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && '[]'.includes(text.charAt(start))) start++
  while (end > start && '[]'.includes(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

function pair(
  at: { readonly line: number; readonly column: number },
  group: string,
  text: string,
  make: Make,
): EntryPoint {
  const end = text.includes('=') ? text.indexOf('=') : text.length
  const value = strip(text.slice(end + 1))
  const column = at.column + (value === '' ? text.length : text.indexOf(value, end + 1))
  return make(group, { ...at, text: strip(text.slice(0, end)) }, { line: at.line, column, text: value })
}

/** As ConfigParser does, but that a lone CR ends a line too. */
function readByUv(text: string, told: EntryPoints): EntryPoints {
  return /\r(?!\n)/.test(text) ? readEntryPoints(told.member, splitLines(text, MOST_LINES)) : told
}

/** The groups of commands, and their tables in `[project]`. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['console_scripts', 'scripts'],
  ['gui_scripts', 'gui-scripts'],
])
const GROUPS = [...COMMANDS.keys()]

/** The path of a command's file below the scripts directory; undefined if it would be outside. */
function commandPath(name: string): string | undefined {
  if (name.startsWith('/') || name.includes('\0')) return undefined
  const path = clean(name)
  return path === undefined || path === '' ? undefined : path
}

/** The last one of each name, in the groups of commands. */
function lastOfEach(entries: readonly EntryPoint[]): readonly EntryPoint[] {
  return GROUPS.flatMap(group => [
    ...new Map(entries.filter(entry => entry.group === group).map(entry => [entry.name, entry])).values(),
  ])
}

interface Installed {
  readonly commands: Commands
  readonly refusals: readonly Refusal[]
}

function pipCommands({ entries, refusals: before, bare }: Read): Installed {
  const refusals = [...before]
  const refuse = (kind: RefusalKind, entry: EntryPoint) => refusals.push({ by: 'pip', kind, entry })
  for (const entry of entries) if (!bare.has(entry) && !isReference(entry.target)) refuse('value-since-3.15', entry)
  const commands = new Map<string, Command>()
  const last = lastOfEach(entries.filter(entry => !bare.has(entry)))
  const ofConsole = new Map(last.filter(({ group }) => group === 'console_scripts').map(entry => [entry.name, entry]))
  for (const entry of last) {
    // pip makes those of every version out of the one without.
    const maker = entry.group === 'console_scripts' ? makerOf(entry.name) : undefined
    const made = maker === undefined ? undefined : ofConsole.get(maker)
    if (made && (made.target !== '' ? made !== entry : made === entry)) continue
    const found = exportEntry(`${entry.name} = ${entry.target}`)
    if (typeof found === 'string') refuse(found, entry)
    else {
      const path = commandPath(found.name)
      if (path === undefined) refuse('outside', entry)
      else if (!isMade(found.name)) commands.set(path, { entry, path, calls: found.calls })
    }
  }
  return { commands, refusals }
}

/** Made of another command, each for its own version of Python: left out where commands are compared. */
const isMade = (name: string) => /[0-9]$/.test(name) && makerOf(name) !== undefined

/** The command that pip may make one of such a name of. */
function makerOf(name: string): 'pip' | 'easy_install' | undefined {
  if (/^pip(?:\d+(?:\.\d+)?)?$/.test(name)) return 'pip'
  return /^easy_install(?:-\d+\.\d+)?$/.test(name) ? 'easy_install' : undefined
}

function uvCommands({ entries, groups }: EntryPoints): Installed {
  const refusals: Refusal[] = []
  const commands = new Map<string, Command>()
  const lent = entries.filter(({ group }) => group === 'DEFAULT')
  for (const group of GROUPS) {
    const own = entries.filter(entry => entry.group === group)
    // ConfigParser adds the names of DEFAULT to every group.
    const all = groups.some(({ name }) => name === group) ? [...lent, ...own] : []
    for (const entry of new Map(all.map(one => [one.name, one])).values()) {
      const calls = uvCallable(entry)
      const path = commandPath(entry.name)
      if (calls === undefined) refusals.push({ by: 'uv', kind: 'value', entry })
      else if (path === undefined) refusals.push({ by: 'uv', kind: 'outside', entry })
      else if (isInterpreter(path)) refusals.push({ by: 'uv', kind: 'reserved', entry })
      else if (!isMade(entry.name)) commands.set(path, { entry, path, calls })
    }
  }
  return { commands, refusals }
}

/** Names that uv lets no command or script have. */
export function isInterpreter(path: string): boolean {
  const stem = path.replace(/[A-Z]/g, letter => letter.toLowerCase()).replace(/\.py$/, '')
  const [, minor] = /^(?:python3\.([0-9]{1,3})t?|pythonw3\.([0-9]{1,3})t)$/.exec(stem)?.filter(part => part) ?? []
  return minor === undefined ? /^(?:pythonw?|python3|graalpy|pypy[23]?)$/.test(stem) : Number(minor) < 256
}

const isWord = fits(/\w/, () => /[\p{L}\p{N}_]/u)
const CALLABLE = once(() => /[\p{L}\p{N}_]+(?:[:.][\p{L}\p{N}_]+)*/uy)

/**
 * What pip's copy of distlib makes of `name = value`: it looks for the first place that fits, so that a name may lose its
 * beginning, and a value its end.
 */
function exportEntry(text: string): { readonly name: string; readonly calls: string } | 'no-callable' | 'value' {
  const equals = [...text.matchAll(/=/g)].map(({ index }) => index).filter(at => wordAfter(text, at) !== undefined)
  const start = leftmost(text, equals)
  if (start === undefined) return 'value'
  let end = start + 1
  while (end < text.length && !isSpace(text, end)) end++
  const next = skipSpace(text, end)
  const named = text[next] === '=' && wordAfter(text, next) !== undefined
  const sign = named ? next : equals.findLast(at => at > start && at < end)
  if (sign === undefined) return 'value'
  const pattern = CALLABLE()
  pattern.lastIndex = wordAfter(text, sign) ?? 0
  const callable = pattern.exec(text)?.[0] ?? ''
  const rest = text.slice(pattern.lastIndex)
  const colons = callable.split(':').length - 1
  if (colons > 1 || (/[[\]]/.test(text) && !FLAGS().test(rest))) return 'value'
  return colons === 0 ? 'no-callable' : { name: text.slice(start, named ? end : sign), calls: callable }
}

const NAME = '[\\p{L}\\p{N}_]+'
const FLAGS = once(
  () =>
    new RegExp(
      `^[${SPACE}]*\\[[${SPACE}]*[\\p{L}\\p{N}_-]+(?:=${NAME})?(?:,[${SPACE}]*${NAME}(?:=${NAME})?)*[${SPACE}]*\\]`,
      'u',
    ),
)

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text, at)) at++
  return at
}

/** Where the word starts that follows a punctuation character and whitespace. */
function wordAfter(text: string, sign: number): number | undefined {
  const at = skipSpace(text, sign + 1)
  const point = text.codePointAt(at)
  return point !== undefined && isWord(String.fromCodePoint(point)) ? at : undefined
}

/** Where the first match begins: at whitespace before the word that precedes the punctuation, or at the start, but not with `[`. */
function leftmost(text: string, signs: readonly number[]): number | undefined {
  for (const sign of signs) {
    let start = sign
    while (start > 0 && isSpace(text, start - 1)) start--
    while (start > 0 && !isSpace(text, start - 1)) start--
    start = Math.max(0, start - 1)
    while (start < sign && text[start] === '[') start++
    if (start < sign) return start
  }
  return undefined
}

/** The letters of Rust's `\w`, and `-` and `.`, which uv accepts too. */
const UV_NAME = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}.-]+'
const UV_VALUE = once(
  () => new RegExp(`^(${UV_NAME})\\p{White_Space}*:\\p{White_Space}*(${UV_NAME})\\p{White_Space}*(.*)$`, 'su'),
)

function uvCallable({ target }: EntryPoint): string | undefined {
  const [, module, called, rest = ''] = UV_VALUE().exec(target) ?? []
  if (module === undefined || called === undefined) return undefined
  const extras = rest.startsWith('[') && rest.endsWith(']') ? rest.slice(1, -1) : undefined
  const fits = rest === '' || (extras && !extras.startsWith(',') && !extras.includes(',,'))
  return fits ? `${module}:${called}` : undefined
}

/** What Python 3.15 requires of every value. */
function isReference(target: string): boolean {
  const open = target.indexOf('[')
  const object = open < 0 ? target : target.slice(0, open)
  if (open >= 0 && (!strip(target).endsWith(']') || target.includes('\n'))) return false
  const [module = '', attr, ...more] = object.split(':')
  return more.length === 0 && isDotted(stripEnd(module)) && (attr === undefined || isDotted(strip(attr)))
}

const isDotted = fits(/^[\w.]+$/, () => /^[\p{L}\p{N}_.]+$/u)
