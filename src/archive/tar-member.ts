import type { Member, MemberHeader, MemberType, ReadOptions } from './archive.js'
import type { Note } from './problem-list.js'
import { contentOf, unread } from './tar-content.js'
import type { Extensions } from './tar-extensions.js'
import type { Payload } from './tar-frames.js'
import type { TarHeader, TarNumber } from './tar-header.js'
import { namesOf, SLASH } from './tar-names.js'
import type { PaxValue } from './tar-pax.js'
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

/** What eleven octal digits hold: larger sizes stand in a pax record alone. */
const LARGEST_IN_HEADER = 0o77777777777

/** Reads members into the list: header, names and size settled, content hashed and offered. */
export function memberReader(options: ReadOptions, note: Note, members: Member[]) {
  const { limits } = options

  return (
    header: TarHeader,
    extensions: Extensions,
    globals: ReadonlyMap<string, PaxValue>,
    offset: number,
  ): Payload | 'lost' | undefined => {
    const names = namesOf(header, extensions, globals, offset, note)
    const path = within(names.path, names.path)
    const at = { member: path, offset }
    const size = sizeOf(header, extensions, at)
    const type = typeOf(header)
    const hasContent = type === 'file' || type === 'unknown'
    const sparse = sparseOf(header, extensions, globals)
    const member: MemberHeader = {
      path,
      type,
      size: hasContent ? (size ?? 0) : 0,
      compressedSize: hasContent ? (size ?? 0) : 0,
      mode: ((header.mode.value ?? 0) & 0o7777) | TYPE_BITS[type],
      mtime: mtimeOf(header, extensions, globals),
      link: type === 'symlink' || type === 'hardlink' ? within(names.link, path) : undefined,
      offset,
    }
    for (const [field, number] of header.numbers) judgeNumber(field, number, header, at)
    if (header.format === 'v7') note({ kind: 'tar-v7', ...at })
    if (type === 'unknown') note({ kind: 'tar-unknown-type', ...at, type: header.type })
    if (sparse !== undefined) note({ kind: 'tar-sparse', ...at, by: sparse })
    if (size === undefined) {
      members.push(unread(member, false))
      return 'lost'
    }
    if (!hasContent) {
      if (size > 0) note({ kind: 'tar-size-without-data', ...at, size })
      options.interest(member)
      members.push(unread(member, true))
      return undefined
    }
    if (sparse !== undefined) {
      members.push(unread(member, false))
      return { size }
    }
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

  /** Bytes of content, or undefined when that cannot be known: the next header is then lost. */
  function sizeOf(header: TarHeader, { pax }: Extensions, at: { member: string; offset: number }): number | undefined {
    const stated = header.size.value
    const valid = stated !== undefined && stated >= 0 && Number.isSafeInteger(stated)
    const record = pax?.values.get('size')
    if (record !== undefined && !/^[0-9]{1,15}$/.test(record.text))
      note({ kind: 'tar-size-invalid', ...at, text: record.text })
    else if (record !== undefined) {
      const real = Number(record.text)
      if (real !== stated && real <= LARGEST_IN_HEADER)
        note({ kind: 'tar-size-conflict', ...at, pax: real, header: stated })
      return real
    }
    if (!valid) note({ kind: 'tar-number-invalid', ...at, field: 'size', text: header.size.text ?? '' })
    else judgeNumber('size', header.size, header, at)
    return valid ? stated : undefined
  }

  function judgeNumber(
    field: NumberField,
    number: TarNumber,
    header: TarHeader,
    at: { member: string; offset: number },
  ): void {
    const { form, text = '' } = number
    if (form === 'invalid') note({ kind: 'tar-number-invalid', ...at, field, text })
    else if (form === 'binary' ? header.format !== 'gnu' || text.startsWith('-') : form === 'blank')
      note({ kind: 'tar-number-form', ...at, field, text })
  }
}

function typeOf(header: TarHeader): MemberType {
  // The oldest tars had no type for directories. tarfile looks at the header's own name, whatever an extension says.
  if (header.type === '\0' && header.shortName.at(-1) === SLASH) return 'directory'
  return TYPES[header.type] ?? 'unknown'
}

function sparseOf(
  header: TarHeader,
  { pax }: Extensions,
  globals: ReadonlyMap<string, PaxValue>,
): 'type' | 'pax' | undefined {
  if (header.type === 'S') return 'type'
  for (const keys of [pax?.values.keys() ?? [], globals.keys()])
    for (const key of keys) if (key.startsWith('GNU.sparse.')) return 'pax'
  return undefined
}

function mtimeOf(header: TarHeader, { pax }: Extensions, globals: ReadonlyMap<string, PaxValue>): number | undefined {
  const record = pax?.values.get('mtime') ?? globals.get('mtime')
  if (record !== undefined && /^-?[0-9]{1,15}(?:\.[0-9]{0,20})?$/.test(record.text))
    return Math.floor(Number(record.text))
  return header.mtime.value
}
