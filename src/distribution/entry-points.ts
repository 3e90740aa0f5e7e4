import type { Place } from '../finding.js'
import { isIdentifier, strip, stripEnd, stripStart } from '../standards/text.js'
import type { Kept } from '../text/file.js'
import { countLineEnds } from '../text/lines.js'
import { decodeUtf8, firstBadByte, wholeCharacters } from '../text/utf8.js'

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
}

/** Reads entry_points.txt. Where ConfigParser stops with an error, the problem is noted and reading goes on. Never throws. */
export function parseEntryPoints({ member, bytes: read, cut }: Kept): EntryPoints {
  const bytes = wholeCharacters(read, cut)
  const { text, utf8 } = decodeUtf8(bytes)
  const reader = newReader(member)
  if (!utf8) reader.report('not-utf8', 1 + countLineEnds(bytes, firstBadByte(bytes)), '')
  const lines = text.split('\n', MAX_LINES + 1)
  for (const [index, line] of lines.slice(0, MAX_LINES).entries()) reader.line(index + 1, line)
  if (cut || lines.length > MAX_LINES) reader.report('too-long', Math.min(lines.length, MAX_LINES), '')
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

  const report = (kind: EntryPointsProblemKind, line: number, text: string) =>
    problems.push({ kind, member, line, field: 'entry-points', text })

  /** True when it is the first of its kind. */
  const first = (key: string) => !seen.has(key) && Boolean(seen.add(key))

  function section(line: number, name: string): void {
    group = name
    option = undefined
    // Only the section DEFAULT may be repeated.
    if (first(`[${name}`)) groups.push({ member, line, field: 'entry-points', value: name, name })
    else if (name !== 'DEFAULT') report('duplicate-section', line, name)
  }

  function setting(line: number, column: number, text: string): void {
    const equals = text.indexOf('=')
    if (group === undefined) report(text.startsWith('[') ? 'bad-section-header' : 'no-section', line, text)
    else if (equals < 0) report(text.startsWith('[') ? 'bad-section-header' : 'no-delimiter', line, text)
    else {
      const name = stripEnd(text.slice(0, equals))
      if (name === '') report('no-delimiter', line, text)
      else if (!first(`${group}]${name}`)) report('duplicate-option', line, name)
      option = { line, column, group, name, values: [strip(text.slice(equals + 1))] }
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
        return
      }
      indent = blanks
      const end = value.startsWith('[') ? value.lastIndexOf(']') : -1
      if (end > 1) section(number, value.slice(1, end))
      else setting(number, blanks + 1, value)
    },
  }
}

function entryPoint(member: string, { line, column, group, name, values }: Option): EntryPoint {
  const target = stripEnd(values.join('\n'))
  return {
    member,
    line,
    column,
    field: 'entry-points',
    value: `${group}.${name}`,
    group,
    name,
    target,
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
