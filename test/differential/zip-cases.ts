import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import {
  bytes,
  concat,
  deflated,
  extraField,
  pack,
  writeZip,
  type ZipEntry,
  type ZipFrame,
} from '../../fixtures/make/zip.js'
import { generator, pick, type Random } from '../fuzz/mutate.js'

export interface ZipCase {
  /** What was done to a clean wheel. */
  readonly told: readonly string[]
  readonly bytes: Uint8Array
}

export const FILENAME = 'demo-1.0-py3-none-any.whl'
const DIST_INFO = 'demo-1.0.dist-info'
const ONES32 = 0xffffffff

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

interface Plan {
  entries: Mutable<ZipEntry>[]
  frame: Mutable<ZipFrame>
}

/** A change of a plan; returns what it did, in a few words. */
type Change = (plan: Plan, random: Random) => string

const chance = (random: Random, of: number) => random(of) === 0
const sized = (data: string | Uint8Array) => bytes(data).length

function cleanPlan(random: Random): Plan {
  const metadata = 'Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n'
  const files: ZipEntry[] = [
    { name: 'demo/__init__.py', data: '"""A demo."""\n' },
    { name: 'demo/data.bin', data: 'x = 1\n'.repeat(1 + random(12)) },
    { name: `${DIST_INFO}/METADATA`, data: metadata },
    {
      name: `${DIST_INFO}/WHEEL`,
      data: 'Wheel-Version: 1.0\nGenerator: x 1\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    },
  ]
  if (chance(random, 3)) files.splice(random(3), 0, { name: 'demo/empty.txt', data: '' })
  if (chance(random, 4)) files.splice(random(3), 0, { name: 'demo/sub/', data: '' })
  const rows = files
    .filter(({ name }) => !`${name}`.endsWith('/'))
    .map(({ name, data }) => {
      const digest = createHash('sha256').update(bytes(data)).digest('base64url')
      return `${name},sha256=${digest},${sized(data)}\n`
    })
  files.push({ name: `${DIST_INFO}/RECORD`, data: `${rows.join('')}${DIST_INFO}/RECORD,,\n` })
  return {
    entries: files.map(entry => ({ ...entry, method: sized(entry.data) > 0 ? pick([0, 8], random) : 0 })),
    frame: {},
  }
}

/** Mostly a member that PyPI does not open. */
function target({ entries }: Plan, random: Random): Mutable<ZipEntry> {
  const names = ['demo/data.bin', 'demo/data.bin', 'demo/data.bin', 'demo/__init__.py', 'demo/empty.txt', 'demo/sub/']
  const wanted = chance(random, 8) ? undefined : pick(names, random)
  return entries.find(({ name }) => name === wanted) ?? pick(entries, random)
}

const bodyOf = (entry: ZipEntry) => entry.body ?? (entry.method === 8 ? deflated(bytes(entry.data)) : bytes(entry.data))

type Where = 'local' | 'central' | 'both'
const anywhere = (random: Random): Where => pick(['local', 'central', 'both'], random)

function set(entry: Mutable<ZipEntry>, where: Where, fields: NonNullable<ZipEntry['local']>): void {
  if (where !== 'central') entry.local = { ...entry.local, ...fields }
  if (where !== 'local') entry.central = { ...entry.central, ...fields }
}

function addExtra(entry: Mutable<ZipEntry>, where: Where, field: Uint8Array, front = false): void {
  const add = (old: Uint8Array | undefined) =>
    front ? concat(field, old ?? new Uint8Array(0)) : concat(old ?? new Uint8Array(0), field)
  if (where !== 'central') entry.local = { ...entry.local, extra: add(entry.local?.extra) }
  if (where !== 'local') entry.central = { ...entry.central, extra: add(entry.central?.extra) }
}

/** Values and sentinels of a zip64 field, each apart from the other. */
const zip64: Change = (plan, random) => {
  const entry = target(plan, random)
  const where = pick(['local', 'central'] as const, random)
  const [size, packed] = [sized(entry.data), bodyOf(entry).length]
  const offset = offsetOf(plan, entry)
  const sentinels = random(where === 'local' ? 4 : 16)
  const asked: number[] = []
  if (sentinels & 1) asked.push(size)
  if (sentinels & 2) asked.push(packed)
  if (sentinels & 4) asked.push(offset)
  const other = () => pick([0, size, packed, offset, size + 1, 9, ONES32], random)
  const kind = pick(['asked', 'all', 'more', 'fewer', 'other', 'none', 'random'] as const, random)
  let values: number[]
  if (kind === 'all') values = where === 'local' ? [size, packed] : [size, packed, offset]
  else if (kind === 'more') values = [...asked, other()]
  else if (kind === 'fewer') values = asked.slice(0, -1)
  else if (kind === 'other') values = asked.map(other)
  else if (kind === 'random') values = Array.from({ length: random(5) }, other)
  else values = asked
  const disk = sentinels & 8 && !chance(random, 3) ? pack('4', 0) : new Uint8Array(0)
  const rest = kind === 'random' ? new Uint8Array(pick([0, 0, 0, 1, 4, 7], random)) : disk
  set(entry, where, {
    ...(sentinels & 1 && { size: ONES32 }),
    ...(sentinels & 2 && { compressedSize: ONES32 }),
    ...(sentinels & 4 && { offset: ONES32 }),
    ...(sentinels & 8 && { disk: 0xffff }),
  })
  if (kind !== 'none') addExtra(entry, where, extraField(1, concat(pack('8'.repeat(values.length), ...values), rest)))
  if (chance(random, 12)) {
    const again = Array.from({ length: random(4) }, other)
    addExtra(entry, where, extraField(1, pack('8'.repeat(again.length), ...again)))
    return `zip64 ${where} twice`
  }
  return `zip64 ${where} ${sentinels} ${kind}`
}

/** Where the local record of an entry will stand; whatever is before and between as it is now. */
function offsetOf({ entries, frame }: Plan, wanted: ZipEntry): number {
  let at = frame.countPrefix === false ? 0 : (frame.prefix?.length ?? 0)
  for (const entry of entries) {
    at += entry.before?.length ?? 0
    if (entry === wanted) return at
    if (entry.omit === 'local') continue
    const fields = entry.local
    at += 30 + sized(fields?.name ?? entry.name) + (fields?.extra ?? entry.extra ?? []).length
    at += bodyOf(entry).length + (entry.after?.length ?? 0)
  }
  return at
}

const flags: Change = (plan, random) => {
  const entry = target(plan, random)
  const where = anywhere(random)
  const bit = random(16)
  set(entry, where, { flags: 1 << bit })
  return `flag ${bit} ${where}`
}

const version: Change = (plan, random) => {
  const where = anywhere(random)
  const value = pick([0, 9, 10, 20, 21, 45, 51, 62, 63, 64, 99, 101, 148, 255, 0x0114, 0x033f, 0x0340, 0xffff], random)
  set(target(plan, random), where, { versionNeeded: value })
  return `version ${value} ${where}`
}

const method: Change = (plan, random) => {
  const entry = target(plan, random)
  const where = anywhere(random)
  // Methods that one of the readers inflates and we do not: what it makes of the bytes is not compared.
  const value = pick(where === 'local' ? [0, 8, 1, 9, 12, 14, 93, 99] : [0, 8, 1, 6, 9, 95, 98, 99], random)
  entry.body = bodyOf(entry)
  set(entry, where, { method: value })
  return `method ${value} ${where}`
}

const mode: Change = (plan, random) => {
  const entry = target(plan, random)
  const kind = random(16)
  entry.mode = (kind << 12) | random(0o10000)
  if (chance(random, 3)) entry.central = { ...entry.central, madeBy: random(0x10000) }
  return `mode ${kind.toString(8)}`
}

const attributes: Change = (plan, random) => {
  const entry = target(plan, random)
  entry.central = { ...entry.central, external: random(ONES32), madeBy: random(0x10000) }
  return 'attributes'
}

const TIMES = extraField(0x5455, pack('14', 1, 1_577_836_800))

const extras: Change = (plan, random) => {
  const entry = target(plan, random)
  const where = anywhere(random)
  const kind = pick(['times', 'twice', 'unknown', 'padding', 'cut', 'zeros', 'empty'] as const, random)
  if (kind === 'times') addExtra(entry, where, TIMES)
  else if (kind === 'twice') {
    const id = pick([0x7875, 0x5455, 0, 0xcafe, 0x6375], random)
    const field = extraField(id, id === 0x6375 ? pack('14', 1, 0) : new Uint8Array(random(6)))
    addExtra(entry, where, concat(field, chance(random, 2) ? TIMES : new Uint8Array(0), field))
  } else if (kind === 'unknown') addExtra(entry, where, extraField(random(0x10000), new Uint8Array(random(20))))
  else if (kind === 'padding') addExtra(entry, where, new Uint8Array(1 + random(3)))
  else if (kind === 'cut') addExtra(entry, where, pack('221', 0x5455, pick([2, 5, 200], random), 3))
  else if (kind === 'zeros') addExtra(entry, where, new Uint8Array(4 + random(9)))
  else addExtra(entry, where, extraField(0x6375, new Uint8Array(random(7)).fill(random(3))))
  return `extra ${kind} ${where}`
}

const unicodePath: Change = (plan, random) => {
  const entry = target(plan, random)
  const where = anywhere(random)
  const kind = pick(
    [
      'same',
      'other',
      'crc',
      'invalid',
      'invalid-crc',
      'version',
      'short',
      'empty',
      'control',
      'nothing',
      'twice',
    ] as const,
    random,
  )
  const own = bytes(entry.name)
  const crc = kind === 'crc' || kind === 'invalid-crc' ? 7 : crc32(own)
  const text = {
    same: own,
    other: bytes('demo/other.bin'),
    crc: own,
    invalid: new Uint8Array([0x61, 0xff]),
    'invalid-crc': new Uint8Array([0x61, 0xff]),
    version: pick([own, new Uint8Array([0xff])], random),
    short: own,
    empty: new Uint8Array(0),
    control: bytes('demo/a\x02.bin'),
    nothing: own,
    twice: own,
  }[kind]
  const body = concat(pack('14', kind === 'version' ? pick([0, 2, 255], random) : 1, crc), text)
  const field = extraField(
    0x7075,
    kind === 'short' ? body.slice(0, random(5)) : kind === 'nothing' ? new Uint8Array(0) : body,
  )
  addExtra(entry, where, kind === 'twice' ? concat(field, field) : field)
  return `unicode path ${kind} ${where}`
}

const JUNK: readonly Uint8Array[] = [
  bytes('0123456789'),
  new Uint8Array(1),
  new Uint8Array(40),
  bytes('PK\x03\x04'),
  bytes('PK\x05\x06'),
  pack('4444', 0x08074b50, 1, 2, 3),
  bytes('PK\x07\x08 and some more bytes'),
  pack('4224', 0x05054b50, 2, 0x4141, 0),
]

const gap: Change = (plan, random) => {
  const junk = pick(JUNK, random)
  const place = pick(['before', 'after', 'central', 'end'] as const, random)
  const entry = target(plan, random)
  if (place === 'before') entry.before = junk
  else if (place === 'after') entry.after = junk
  else if (place === 'central') plan.frame.beforeCentral = junk
  else plan.frame.beforeEnd = junk
  return `gap ${place}`
}

const prefix: Change = ({ frame }, random) => {
  frame.prefix = pick(JUNK, random)
  frame.countPrefix = chance(random, 2)
  return `prefix ${frame.countPrefix}`
}

const suffix: Change = ({ frame }, random) => {
  const zeros = new Uint8Array(pick([1, 7, 512, 4095, 4096, 4097, 70_000], random))
  const kind = pick(['zeros', 'text', 'zeros and text'] as const, random)
  frame.suffix = kind === 'zeros' ? zeros : kind === 'text' ? pick(JUNK, random) : concat(zeros, bytes('x'))
  return `suffix ${kind}`
}

const comment: Change = ({ frame }, random) => {
  const kind = pick(['text', 'binary', 'end', 'cut', 'long', 'low'] as const, random)
  if (kind === 'text') frame.comment = 'built by demo'
  else if (kind === 'binary') frame.comment = `a${String.fromCharCode(random(16))}b`
  else if (kind === 'end') frame.comment = concat(bytes('PK\x05\x06'), new Uint8Array(random(30)))
  else if (kind === 'long') frame.comment = 'c'.repeat(pick([65_535, 65_534, 40_000], random))
  else frame.end = { ...frame.end, commentLength: 1 + random(400) }
  return `comment ${kind}`
}

const memberComment: Change = (plan, random) => {
  target(plan, random).comment = pick(['a note', 'a\x01b', 'a\x09b', 'caf\u00e9'], random)
  return 'member comment'
}

const descriptor: Change = (plan, random) => {
  const entry = target(plan, random)
  const [size, packed, crc] = [sized(entry.data), bodyOf(entry).length, crc32(bytes(entry.data))]
  const wide = chance(random, 3) ? '8' : '4'
  const signed = !chance(random, 3)
  const wrong = chance(random, 4) ? 1 : 0
  const record = pack(`4${wide}${wide}`, crc, packed, size + wrong)
  const whole = signed ? concat(pack('4', 0x08074b50), record) : record
  const where = chance(random, 5) ? anywhere(random) : 'both'
  set(entry, where, { flags: 8 })
  if (!chance(random, 6)) entry.after = whole
  const stated = pick(['nothing', 'true', 'size', 'packed', 'crc', 'ones', 'zip64'] as const, random)
  const zeros = { crc: 0, compressedSize: 0, size: 0 }
  if (stated === 'nothing') set(entry, 'local', zeros)
  else if (stated === 'size') set(entry, 'local', { ...zeros, size: pick([size, size + 1], random) })
  else if (stated === 'packed') set(entry, 'local', { ...zeros, compressedSize: pick([packed, packed + 1], random) })
  else if (stated === 'crc') set(entry, 'local', { ...zeros, crc: pick([crc, 5], random) })
  else if (stated === 'ones') set(entry, 'local', { crc: 0, compressedSize: ONES32, size: ONES32 })
  else if (stated === 'zip64') {
    set(entry, 'local', { crc: 0, compressedSize: ONES32, size: ONES32 })
    addExtra(entry, 'local', extraField(1, pick([pack('88', 0, 0), pack('88', size, packed)], random)))
  }
  return `descriptor ${wide}${signed ? ' signed' : ''}${wrong ? ' wrong' : ''} ${stated}`
}

const differing: Change = (plan, random) => {
  const entry = target(plan, random)
  const where = pick(['local', 'central'] as const, random)
  const field = pick(['size', 'compressedSize', 'crc', 'time', 'date'] as const, random)
  const right = { size: sized(entry.data), compressedSize: bodyOf(entry).length, crc: 1, time: 0, date: 0 }[field]
  set(entry, where, {
    [field]: pick([0, right + 1, Math.max(0, right - 1), right + 4, 0x7fffffff, ONES32 - 1], random),
  })
  return `differs ${field} ${where}`
}

const NAMES: readonly string[] = [
  'demo/na\u00efve.bin',
  'demo/\u4e2d.bin',
  'demo/a\nb',
  'demo/a\x01b',
  'demo/a\x7fb',
  'demo/a\u0085b',
  'demo/a\0b',
  'demo/a\u202eb',
  'demo/a\u200bb',
  'demo/\ue000',
  'demo/a\u0378',
  'demo/\ufeffa',
  'demo/a b.bin',
  'demo/./a',
  'demo//a',
  'demo/../a',
  'demo/../../a',
  '../a',
  '/etc/a',
  './a',
  'C:/a',
  'C:a',
  'demo\\a',
  '..\\a',
  'demo/a\\..\\b',
  'demo/PK\x03\x04',
  'demo/PK\x05\x06',
  'PK\x01\x02',
  'demo/PK',
  'demo/new/',
  '/',
  '',
  '.',
  'demo/.',
  'demo/..',
]

const name: Change = (plan, random) => {
  const entry = plan.entries.find(({ name: one }) => one === 'demo/data.bin') ?? target(plan, random)
  const text = pick(NAMES, random)
  if (text.endsWith('/')) Object.assign(entry, { data: '', method: 0, body: undefined })
  const kind = pick(
    ['as is', 'as is', 'flagged', 'unflagged', 'bad bytes', 'bad bytes flagged', 'latin'] as const,
    random,
  )
  entry.name = kind.startsWith('bad') ? concat(bytes('demo/'), new Uint8Array([0xc3, 0x28, 0xff])) : text
  if (kind === 'latin') entry.name = concat(bytes('demo/'), new Uint8Array([0xe9]))
  if (kind.endsWith('flagged')) entry.flags = kind === 'unflagged' ? 0 : 0x800
  else if (kind === 'bad bytes' || kind === 'latin') entry.flags = 0
  return `name ${kind} ${JSON.stringify(kind === 'as is' || kind.endsWith('flagged') ? text : '')}`
}

const localName: Change = (plan, random) => {
  const entry = target(plan, random)
  const where = pick(['local', 'central'] as const, random)
  const old = `${entry.name}`
  set(entry, where, {
    name: pick([`${old}x`, old.toUpperCase(), old.replace('/', '//'), `${old}/`, './x', old.slice(1)], random),
  })
  return `name differs ${where}`
}

const duplicate: Change = (plan, random) => {
  const entry = target(plan, random)
  const index = plan.entries.indexOf(entry)
  const kind = pick(['same', 'other', 'mode', 'central', 'local', 'slash', 'dot'] as const, random)
  const copy = { ...entry }
  if (kind === 'other') copy.data = 'another\n'
  else if (kind === 'mode') copy.mode = 0o100755
  else if (kind === 'central')
    Object.assign(copy, { omit: 'local', central: { ...entry.central, offset: offsetOf(plan, entry) } })
  else if (kind === 'local') copy.omit = 'central'
  else if (kind === 'slash') copy.name = `${entry.name}`.replace('/', '//')
  else if (kind === 'dot') copy.name = `./${entry.name}`
  plan.entries.splice(chance(random, 2) ? index + 1 : plan.entries.length, 0, copy)
  return `duplicate ${kind}`
}

const missing: Change = (plan, random) => {
  const entry = target(plan, random)
  entry.omit = pick(['local', 'central'] as const, random)
  if (entry.omit === 'local') entry.central = { ...entry.central, offset: pick([0, 1, 7, 40, 9_000_000], random) }
  return `missing ${entry.omit}`
}

const offset: Change = (plan, random) => {
  const entry = target(plan, random)
  const other = pick(plan.entries, random)
  entry.central = {
    ...entry.central,
    offset: pick([offsetOf(plan, other), offsetOf(plan, entry) + 1, 0, 5, ONES32 - 1], random),
  }
  return 'offset'
}

/** A local record hidden in the stored content of another member, to which the directory may point. */
const smuggle: Change = (plan, random) => {
  const entry = plan.entries.find(({ name: one }) => one === 'demo/__init__.py')
  const host = plan.entries.find(({ name: one }) => one === 'demo/data.bin')
  if (!entry || !host) return 'smuggle nothing'
  const evil = bytes('"""An evil"""\n')
  const inner = concat(
    pack('42222244422', 0x04034b50, 20, 0, 0, 0, 0x5021, crc32(evil), evil.length, evil.length, 16, 0),
    bytes('demo/__init__.py'),
    evil,
  )
  Object.assign(host, { data: concat(bytes('0123456789abcdef'), inner, bytes('tail')), method: 0, body: undefined })
  if (chance(random, 3)) return 'smuggle unused'
  entry.method = 0
  if (chance(random, 2)) entry.data = evil
  const at = offsetOf(plan, host) + 30 + 13 + 16
  if (chance(random, 2)) {
    entry.central = { ...entry.central, crc: crc32(evil), offset: at }
    return 'smuggle offset'
  }
  const [size, real] = [evil.length, offsetOf(plan, entry)]
  const values = pick(
    [
      [size, size, at],
      [at, size, size],
      [size, at, real],
      [real, at],
      [at, real],
    ],
    random,
  )
  entry.central = { ...entry.central, offset: ONES32, extra: extraField(1, pack('8'.repeat(values.length), ...values)) }
  return `smuggle zip64 ${values.length}`
}

const end: Change = ({ frame, entries }, random) => {
  const field = pick(
    ['disk', 'centralDisk', 'diskEntries', 'entries', 'size', 'offset', 'disks', 'counts'] as const,
    random,
  )
  const count = entries.filter(({ omit }) => omit !== 'central').length
  const value = pick([0, 1, count - 1, count + 1, 40, 0xfffe, 0xffff], random)
  if (field === 'disks') frame.end = { ...frame.end, disk: value, centralDisk: value }
  else if (field === 'counts') frame.end = { ...frame.end, diskEntries: value, entries: value }
  else
    frame.end = { ...frame.end, [field]: value === 0xffff && (field === 'size' || field === 'offset') ? ONES32 : value }
  return `end ${field}`
}

const end64: Change = ({ frame, entries }, random) => {
  const count = entries.filter(({ omit }) => omit !== 'central').length
  const wrong = pick(
    [
      'nothing',
      'nothing',
      'disk',
      'centralDisk',
      'diskEntries',
      'entries',
      'size',
      'offset',
      'length',
      'locator',
      'locatorDisk',
      'locatorDisks',
      'version',
      'data',
      'signature',
      'gap',
    ] as const,
    random,
  )
  const by = pick([1, 2, 3, 0x100, -1], random)
  const off = (field: string) => (field === wrong ? by : 0)
  const sentinels = random(8)
  frame.beforeEnd = at => {
    const more = wrong === 'data' ? pack('224', 1, 4, 0) : new Uint8Array(0)
    const length = 44 + more.length + (wrong === 'length' ? by : 0)
    return concat(
      pack(
        '4822448888',
        wrong === 'signature' ? 0x06064b51 : 0x06064b50,
        Math.max(0, length),
        45,
        wrong === 'version' ? 99 : 45,
        Math.max(0, off('disk')),
        Math.max(0, off('centralDisk')),
        Math.max(0, count + off('diskEntries')),
        Math.max(0, count + off('entries')),
        Math.max(0, at.size + off('size')),
        Math.max(0, at.offset + off('offset')),
      ),
      more,
      wrong === 'gap' ? bytes('12345') : new Uint8Array(0),
      pack(
        '4484',
        0x07064b50,
        wrong === 'locatorDisk' ? 1 : 0,
        Math.max(0, at.end + off('locator')),
        wrong === 'locatorDisks' ? pick([0, 2, 7], random) : 1,
      ),
    )
  }
  frame.end = {
    ...frame.end,
    ...(sentinels & 1 && { diskEntries: 0xffff, entries: 0xffff }),
    ...(sentinels & 2 && { size: ONES32 }),
    ...(sentinels & 4 && { offset: ONES32 }),
    ...(chance(random, 4) && { disk: 0xffff, centralDisk: 0xffff }),
  }
  return `end64 ${wrong} ${sentinels}`
}

const content: Change = (plan, random) => {
  const entry = target(plan, random)
  const data = bytes(entry.data)
  const kind = pick(
    ['crc', 'cut', 'trailing', 'broken', 'longer', 'shorter', 'open', 'nothing', 'no deflate'] as const,
    random,
  )
  const body = bodyOf(entry)
  if (kind === 'crc') set(entry, 'both', { crc: 0x12345678 })
  else if (kind === 'cut') entry.body = body.slice(0, random(body.length))
  else if (kind === 'trailing') entry.body = concat(body, bytes('more'))
  else if (kind === 'broken') entry.body = Uint8Array.from(body, (byte, at) => (at === 1 ? byte ^ 0xff : byte))
  else if (kind === 'longer') {
    const part = data.slice(0, random(data.length + 1))
    entry.body = body
    set(entry, 'both', { size: part.length, ...(chance(random, 2) && { crc: crc32(part) }) })
  } else if (kind === 'shorter') set(entry, 'both', { size: data.length + 1 + random(9) })
  // A stream without its last block: all that there should be comes out.
  else if (kind === 'open') {
    entry.method = 8
    entry.body = concat(pack('122', 0, data.length, ~data.length & 0xffff), data)
  } else if (kind === 'nothing') {
    entry.method = 8
    entry.body = new Uint8Array(0)
  } else set(entry, 'both', { method: 8 - (entry.method ?? 0) })
  return `content ${kind}`
}

const directory: Change = (plan, random) => {
  const kind = pick(['data', 'crc', 'deflated', 'clean', 'size'] as const, random)
  const entry: Mutable<ZipEntry> = { name: 'demo/folder/', data: kind === 'data' ? 'content' : '', method: 0 }
  if (kind === 'crc') set(entry, 'both', { crc: 5 })
  if (kind === 'deflated') Object.assign(entry, { method: 8, body: new Uint8Array([3, 0]) })
  if (kind === 'size') set(entry, 'both', { size: 4 })
  plan.entries.splice(random(plan.entries.length), 0, entry)
  return `directory ${kind}`
}

const empty: Change = (plan, random) => {
  const entry = target(plan, random)
  const kind = pick(['deflated', 'method only', 'flagged'] as const, random)
  Object.assign(entry, { data: '', method: 8, body: kind === 'deflated' ? new Uint8Array([3, 0]) : new Uint8Array(0) })
  if (kind === 'flagged') set(entry, 'both', { flags: pick([1, 0x20, 0x40, 8], random) })
  return `empty ${kind}`
}

const order: Change = (plan, random) => {
  plan.entries.sort(() => random(3) - 1)
  return 'order'
}

const CHANGES: readonly Change[] = [
  zip64, zip64, zip64, zip64, zip64, zip64, flags, flags, version, method, mode, attributes, extras, extras, unicodePath, unicodePath,
  gap, prefix, suffix, comment, memberComment, descriptor, descriptor, differing, differing, name, name, localName, duplicate,
  missing, offset, smuggle, end, end64, end64, content, content, directory, empty, order,
] // biome-ignore format: a table of weights

/** One case: a small wheel with up to three changes, and now and then a byte that chance changed. */
export function zipCase(seed: number, index: number): ZipCase {
  const random = generator(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
  // The first numbers of near seeds are near.
  for (let turn = 0; turn < 4; turn++) random(2)
  const plan = cleanPlan(random)
  const told: string[] = []
  for (let count = pick([0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 3], random); count > 0; count--)
    told.push(pick(CHANGES, random)(plan, random))
  const archive = writeZip(plan.entries, plan.frame)
  if (chance(random, 25)) {
    archive[random(archive.length)] = random(256)
    told.push('a byte')
  }
  return { told, bytes: archive }
}
