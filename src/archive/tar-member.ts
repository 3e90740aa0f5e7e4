import type { Member, MemberHeader, MemberType, ReadOptions } from './archive.js'
import type { Note } from './problem-list.js'
import { contentOf, unread } from './tar-content.js'
import type { Extensions } from './tar-extensions.js'
import type { Payload } from './tar-frames.js'
import { isOddNumber, type TarHeader, type TarNumber } from './tar-header.js'
import { localRecordOf, namesOf, recordOf, SLASH } from './tar-names.js'
import { type PaxValue, pythonSize, pythonTime, valueFault } from './tar-pax.js'
import type { NumberField } from './tar-problem.js'

const TYPES: Readonly<Record<string, MemberType>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'fifo',
}

const TYPE_BITS: Readonly<Record<MemberType, number>> = {
  file: 0o100000,
  hardlink: 0o100000,
  directory: 0o40000,
  symlink: 0o120000,
  device: 0o20000,
  fifo: 0o10000,
  unknown: 0,
}

/** Members that get a time when they are unpacked; and from where on no system has one. */
const TIMED: ReadonlySet<MemberType> = new Set(['file', 'hardlink', 'directory'])
const PAST_TIME = 2 ** 63
/** Where Python cannot go in a file. */
const PAST_SEEKING = 2 ** 63
/** Fields that uv does not read. */
const UNREAD: readonly NumberField[] = ['devmajor', 'devminor', 'sparse map']

/** What eleven octal digits hold: larger sizes stand in a pax record alone. */
const LARGEST_IN_HEADER = 0o77777777777

/** Where a reader goes that takes a size which others do not. */
export interface Elsewhere {
  readonly member: string
  readonly offset: number
  readonly size: number
}

/**
 * Reads members into the list: header, names and size settled, content hashed and offered. `link` is told of hard links with
 * content for uv, `global` of files whose size tarfile has from global records alone.
 */
export function memberReader(
  options: ReadOptions,
  note: Note,
  members: Member[],
  elsewhere: { readonly link: (where: Elsewhere) => void; readonly global: (where: Elsewhere) => void },
) {
  const { limits } = options

  return (
    header: TarHeader,
    extensions: Extensions,
    globals: ReadonlyMap<string, PaxValue>,
    offset: number,
    before: number,
  ): Payload | 'lost' | undefined => {
    const names = namesOf(header, extensions, globals, offset, note)
    const path = within(names.path, names.path)
    const at = { member: path, offset }
    const size = sizeOf(header, extensions, globals, at)
    const type = typeOf(header)
    const hasContent = type === 'file' || type === 'unknown'
    const sparse = sparseOf(header, extensions, globals)
    const time = timeOf(header, extensions, globals)
    const member: MemberHeader = {
      path,
      type,
      size: hasContent ? Math.max(0, size) : 0,
      compressedSize: hasContent ? Math.max(0, size) : 0,
      mode: ((header.mode.value ?? 0) & 0o7777) | TYPE_BITS[type],
      mtime: Number.isFinite(time.seconds) ? Math.floor(time.seconds) : undefined,
      link: type === 'symlink' || type === 'hardlink' ? within(names.link, path) : undefined,
      offset,
    }
    if (hasContent && (size < 0 || size >= PAST_SEEKING)) {
      // tarfile looks at the header's size inside of all extension headers, at a pax size inside of all but its own.
      const nested = before > ((header.size.value ?? 0) < 0 ? 0 : 1)
      const tarfile = size < 0 ? (nested ? 'refuses' : 'ends') : 'crashes'
      note({ kind: 'tar-number-invalid', ...at, field: 'size', text: header.size.text ?? `${size}`, tarfile, uv: true })
      return 'lost'
    }
    for (const [field, number] of header.numbers) judgeNumber(field, number, header, at)
    for (const fault of header.faults) note({ kind: 'tar-header-form', ...at, fault })
    if (type === 'directory' && header.type === '\0' && /\/\.{0,2}$/.test(names.path))
      note({ kind: 'tar-header-form', ...at, fault: { what: 'old directory' } })
    if (header.format === 'v7') note({ kind: 'tar-v7', ...at })
    if (type === 'unknown') note({ kind: 'tar-unknown-type', ...at, type: header.type })
    if (sparse !== undefined) note({ kind: 'tar-sparse', ...at, by: sparse, broken: hasBrokenMap(extensions, globals) })
    if (TIMED.has(type) && !(Math.abs(time.seconds) < PAST_TIME))
      note({ kind: 'tar-time', ...at, text: time.text, uv: time.uv })
    if (!hasContent) {
      if (size > 0) {
        if (type === 'hardlink' && header.format !== 'gnu') elsewhere.link({ ...at, size })
        else note({ kind: 'tar-size-without-data', ...at, size, uv: true })
      }
      options.interest(member)
      members.push(unread(member, true))
      return undefined
    }
    if (sparse !== undefined) {
      members.push(unread(member, false))
      return { size }
    }
    const record = globals.get('size')
    if (record && !localRecordOf('size', extensions.list, globals))
      elsewhere.global({ ...at, size: pythonSize(record.text) })
    const content = contentOf(member, options.interest(member))
    return {
      size,
      write: content.write,
      end: whole => {
        members.push(content.end(whole))
      },
    }
  }

  /** Names longer than the limit are cut. */
  function within(text: string, path: string): string {
    if (text.length <= limits.nameLength) return text
    const cut = text.slice(0, limits.nameLength)
    note({
      kind: 'limit-name-length',
      member: path.slice(0, limits.nameLength),
      length: text.length,
      limit: limits.nameLength,
    })
    return cut
  }

  /** Bytes of content, as tarfile takes them. */
  function sizeOf(
    header: TarHeader,
    { list }: Extensions,
    globals: ReadonlyMap<string, PaxValue>,
    at: { member: string; offset: number },
  ): number {
    const stated = header.size.value ?? 0
    // Global records alone do not move the next header.
    const record = localRecordOf('size', list, globals)
    if (record === undefined) return stated
    const real = pythonSize(record.text)
    if (!/^[0-9]{1,15}$/.test(record.text)) note({ kind: 'tar-size-invalid', ...at, text: record.text })
    else if (real !== stated && real <= LARGEST_IN_HEADER)
      note({ kind: 'tar-size-conflict', ...at, pax: real, header: stated })
    return real
  }

  function judgeNumber(
    field: NumberField,
    number: TarNumber,
    header: TarHeader,
    at: { member: string; offset: number },
  ): void {
    if (isOddNumber(number, field, header.format))
      note({ kind: 'tar-number-form', ...at, field, text: number.text ?? '', uv: !UNREAD.includes(field) })
  }
}

function typeOf(header: TarHeader): MemberType {
  // The oldest tars had no type for directories. tarfile looks at the header's own name, whatever an extension says.
  if (header.type === '\0' && header.shortName.at(-1) === SLASH) return 'directory'
  return TYPES[header.type] ?? 'unknown'
}

function sparseOf(
  header: TarHeader,
  { list }: Extensions,
  globals: ReadonlyMap<string, PaxValue>,
): 'type' | 'pax' | undefined {
  if (header.type === 'S') return 'type'
  for (const keys of [...list.map(each => (each.type === 'pax' ? each.values.keys() : [])), globals.keys()])
    for (const key of keys) if (key.startsWith('GNU.sparse.')) return 'pax'
  return undefined
}

/** Numbers of a sparse map that Python's `int` does not take. */
function hasBrokenMap({ list }: Extensions, globals: ReadonlyMap<string, PaxValue>): boolean {
  const number = /^\s*[+-]?[0-9]+(?:_[0-9]+)*\s*$/
  const map = recordOf('GNU.sparse.map', list, globals)
  return [
    recordOf('GNU.sparse.size', list, globals),
    recordOf('GNU.sparse.realsize', list, globals),
    ...(map ? map.text.split(',', 10_000).map(text => ({ text })) : []),
  ].some(value => value !== undefined && !number.test(value.text))
}

/** Seconds since 1970 as tarfile has them, the field, and whether uv refuses it as well. */
function timeOf(
  header: TarHeader,
  { list }: Extensions,
  globals: ReadonlyMap<string, PaxValue>,
): { readonly seconds: number; readonly text: string; readonly uv: boolean } {
  const record = recordOf('mtime', list, globals)
  if (record)
    return {
      seconds: pythonTime(record.text),
      text: record.text,
      uv: valueFault('mtime', record, false) !== undefined,
    }
  const { value = 0, text = '' } = header.mtime
  return { seconds: value, text, uv: header.format !== 'gnu' || value < 0 || value >= 2 ** 64 }
}
