import type { Place } from '../finding.js'
import { isIdentifier, strip, stripEnd, stripStart } from '../standards/text.js'
import type { Kept } from '../text/file.js'
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
const MAX_LINES = 100_000
/** Longest target that is parsed into its parts. */
const MAX_TARGET = 32_768

interface Option {
  readonly line: number
  readonly column: number
  readonly group: string
  readonly name: string
  readonly values: string[]
  /** Line, column and text of the first value that is not empty; until there is one, of where it would be. */
  first: readonly [number, number, string]
}

/** Reads entry_points.txt. Where ConfigParser stops with an error, the problem is noted and reading goes on. Never throws. */
export function parseEntryPoints({ member, bytes: read, cut }: Kept): EntryPoints {
  const bytes = wholeCharacters(read, cut)
  const { text, utf8 } = decodeUtf8(bytes)
  const reader = newReader(member)
  if (!utf8) reader.report('not-utf8', badCharacter(bytes) ?? { line: 1 }, '')
  const lines = text.split('\n', MAX_LINES + 1)
  for (const [index, line] of lines.slice(0, MAX_LINES).entries()) reader.line(index + 1, line)
  if (cut || lines.length > MAX_LINES) reader.report('too-long', { line: Math.min(lines.length, MAX_LINES) }, '')
  return {
    member,
    groups: reader.groups,
    entries: reader.options.map(option => entryPoint(member, option)),
    problems: reader.problems,
  }
}

function newReader(member: string) {
  const groups: EntryPoints['groups'][number][] = []
  const options: Option[] = []
  const problems: EntryPoints['problems'][number][] = []
  const seen = new Set<string>()
  let group: string | undefined
  let option: Option | undefined
  let indent = 0

  const report = (kind: EntryPointsProblemKind, at: Pick<Place, 'line' | 'column' | 'mark'>, text: string) =>
    problems.push({ kind, member, ...at, field: 'entry-points', text })

  /** True when it is the first of its kind. */
  const first = (key: string) => !seen.has(key) && Boolean(seen.add(key))

  function section(line: number, column: number, name: string): void {
    group = name
    option = undefined
    // Only the section DEFAULT may be repeated.
    if (first(`[${name}`)) groups.push({ member, line, column, field: 'entry-points', value: name, name })
    else if (name !== 'DEFAULT') report('duplicate-section', { line, column, mark: name }, name)
  }

  function setting(line: number, column: number, text: string): void {
    const equals = text.indexOf('=')
    const at = { line, column, mark: text }
    if (group === undefined) report(text.startsWith('[') ? 'bad-section-header' : 'no-section', at, text)
    else if (equals < 0) report(text.startsWith('[') ? 'bad-section-header' : 'no-delimiter', at, text)
    else {
      const name = stripEnd(text.slice(0, equals))
      if (name === '') report('no-delimiter', at, text)
      else if (!first(`${group}]${name}`)) report('duplicate-option', { ...at, mark: name }, name)
      const rest = text.slice(equals + 1)
      const value = strip(rest)
      const start = column + equals + 1 + rest.length - stripStart(rest).length
      option = { line, column, group, name, values: [value], first: [line, start, value] }
      options.push(option)
    }
  }

  return {
    groups,
    options,
    problems,
    report,
    line(number: number, text: string): void {
      const value = strip(text)
      if (value.startsWith('#') || value.startsWith(';')) return
      if (value === '') {
        if (option?.name) option.values.push('')
        return
      }
      const blanks = text.length - stripStart(text).length
      if (option?.name && blanks > indent) {
        option.values.push(value)
        if (option.first[2] === '') option.first = [number, blanks + 1, value]
        return
      }
      indent = blanks
      const end = value.startsWith('[') ? value.lastIndexOf(']') : -1
      if (end > 1) section(number, blanks + 2, value.slice(1, end))
      else setting(number, blanks + 1, value)
    },
  }
}

function entryPoint(member: string, { line, column, group, name, values, first }: Option): EntryPoint {
  const target = stripEnd(values.join('\n'))
  const fact = { member, field: 'entry-points', value: `${group}.${name}` } as const
  const [targetLine, targetColumn, mark] = first
  return {
    ...fact,
    line,
    column,
    mark: name,
    group,
    name,
    target,
    targetPlace: { ...fact, line: targetLine, column: targetColumn, mark },
    ...targetParts(target),
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
