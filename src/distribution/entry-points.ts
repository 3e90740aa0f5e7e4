import type { Place } from '../finding.js'
import type { Kept } from '../text/file.js'
import { type IniOption, readIni } from '../text/ini.js'
import { linesOf, type Position } from '../text/lines.js'
import { isIdentifier, strip, stripEnd } from '../text/python.js'
import { badCharacter, decodeUtf8, wholeCharacters } from '../text/utf8.js'

/** As a place, it is that of its name. */
export interface EntryPoint extends Place {
  readonly member: string
  readonly line: number
  readonly field: 'entry-points'
  /** `group.name`. */
  readonly value: string
  readonly group: string
  readonly name: string
  /** Right-hand side as written (joined continuation lines). */
  readonly target: string
  /** Where the right-hand side begins, with its first line that says something. */
  readonly targetPlace: Place
  /** Parsed target, when it has the specified form `module[:attr] [extras]`. */
  readonly module: string | undefined
  readonly attr: string | undefined
  readonly extras: readonly string[]
}

/** True for an entry point that installers create a command from. */
export const isCommand = ({ group }: Pick<EntryPoint, 'group'>): boolean =>
  group === 'console_scripts' || group === 'gui_scripts'

export type EntryPointsProblemKind =
  | 'not-utf8'
  /** A line before the first section. */
  | 'no-section'
  /** No `=`, or nothing before it. */
  | 'no-delimiter'
  | 'duplicate-section'
  | 'duplicate-option'
  | 'bad-section-header'
  /** More lines or bytes than are read: the rest is not judged. */
  | 'too-long'

/** entry_points.txt as Python's ConfigParser reads it (delimiter `=`, case kept, no interpolation, strict). */
export interface EntryPoints {
  readonly member: string
  readonly groups: readonly (Place & { readonly name: string })[]
  readonly entries: readonly EntryPoint[]
  readonly problems: readonly (Place & { readonly kind: EntryPointsProblemKind; readonly text: string })[]
}

/** Lines that are read; the largest real file has some hundreds. */
export const MOST_LINES = 100_000
/** Longest target that is parsed into its parts. */
const MAX_TARGET = 32_768

/** Lines of entry_points.txt as ConfigParser reads them. */
export function readEntryPoints(member: string, lines: readonly string[]): EntryPoints {
  const { sections, options, problems } = readIni(lines, '=')
  return {
    member,
    groups: sections.map(({ line, column, text: name }) => ({
      member,
      line,
      column,
      field: 'entry-points',
      value: name,
      name,
    })),
    entries: options.map(option => entryPointOf(member, option)),
    problems: problems.map(({ kind, at: { line, column, text: mark } }) => ({
      kind,
      member,
      line,
      column,
      mark,
      field: 'entry-points',
      text: mark,
    })),
  }
}

/** Reads entry_points.txt. Where ConfigParser fails with an error, the problem is recorded and reading continues. Never throws. */
export function parseEntryPoints({ member, bytes: kept, cut }: Kept): EntryPoints {
  const bytes = wholeCharacters(kept, cut)
  const { text, utf8 } = decodeUtf8(bytes)
  const lines = text.split('\n', MOST_LINES + 1)
  const read = readEntryPoints(member, lines.slice(0, MOST_LINES))
  const noted = (kind: EntryPointsProblemKind, at: Pick<Place, 'line' | 'column' | 'mark'>) =>
    ({ kind, member, ...at, field: 'entry-points', text: '' }) as const
  // ConfigParser ends lines only at LF.
  const place = /\r(?!\n)/.test(text) ? placesIn(text) : undefined
  return {
    ...read,
    ...(place && { entries: read.entries.map(entry => ({ ...entry, ...place(entry) })) }),
    problems: [
      ...(utf8 ? [] : [noted('not-utf8', badCharacter(bytes) ?? { line: 1 })]),
      ...read.problems.map(problem => ({ ...problem, ...place?.(problem) })),
      ...(cut || lines.length > MOST_LINES ? [noted('too-long', { line: Math.min(lines.length, MOST_LINES) })] : []),
    ],
  }
}

/** The position in a text whose lines also end with CR of a place whose lines end only with LF. */
function placesIn(text: string): (at: Pick<Place, 'line' | 'column'>) => Position {
  const { position } = linesOf(text)
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return ({ line = 1, column = 1 }) => position((starts[line - 1] ?? 0) + column - 1)
}

/** An entry point as one of the tools reads it. */
export function entryPointOf(member: string, { section, name, values }: IniOption): EntryPoint {
  const target = stripEnd(values.map(({ text }) => text).join('\n'))
  const field = 'entry-points'
  const value = `${section}.${name.text}`
  const first = values.find(({ text }) => text !== '') ?? values[0] ?? name
  const { module, attr, extras } = targetParts(target)
  // Written out: of an object with so many spread keys V8 makes a table of 5 kB.
  return {
    member,
    line: name.line,
    column: name.column,
    mark: name.text,
    field,
    value,
    group: section,
    name: name.text,
    target,
    targetPlace: { member, line: first.line, column: first.column, mark: first.text, field, value },
    module,
    attr,
    extras,
  }
}

/** `module[:attr] [extras]` of the entry points specification; keywords are not looked for here. */
function targetParts(text: string): Pick<EntryPoint, 'module' | 'attr' | 'extras'> {
  const none = { module: undefined, attr: undefined, extras: [] }
  if (text.length > MAX_TARGET) return none
  const open = text.indexOf('[')
  const close = text.lastIndexOf(']')
  if (open >= 0 && close !== text.length - 1) return none
  const extras =
    open < 0
      ? []
      : text
          .slice(open + 1, close)
          .split(',')
          .map(strip)
  const object = open < 0 ? text : text.slice(0, open)
  const colon = object.indexOf(':')
  const module = strip(colon < 0 ? object : object.slice(0, colon))
  const attr = colon < 0 ? undefined : strip(object.slice(colon + 1))
  if (!isDotted(module) || (attr !== undefined && !isDotted(attr))) return none
  return { module, attr, extras: extras.length === 1 && extras[0] === '' ? [] : extras }
}

const isDotted = (text: string) => text.split('.').every(isIdentifier)

/** Longest chain of packages that is followed. */
const DEEPEST = 20

/** The modules above that of an entry point, the outermost first: `demo` and `demo.sub` of `demo.sub.cli`. */
export const modulesAbove = (module: string): readonly string[] => {
  const parts = module.split('.').slice(0, DEEPEST)
  return parts.slice(0, -1).map((_, i) => parts.slice(0, i + 1).join('.'))
}
