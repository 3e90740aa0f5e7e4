import { gnuLong, gzip, header, paxHeader, type TarFields } from '../../fixtures/make/tar.js'
import { bytes, concat } from '../../fixtures/make/zip.js'
import { generator, pick, type Random } from '../fuzz/mutate.js'

/** A made sdist, and what was done to it: the words tell of a difference where it comes from. */
export interface TarCase {
  readonly bytes: Uint8Array
  readonly gzip: boolean
  readonly told: readonly string[]
}

const TOP = 'demo-1.0'
const GNU = 'ustar  \0'
const BLOCK = 512
const PKG_INFO = 'Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n'
const PYPROJECT = '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n'

/** What one archive is made of: pieces in order, each whole blocks. */
interface Draft {
  readonly gnu: boolean
  readonly pieces: Uint8Array[]
  readonly told: string[]
  end: Uint8Array
  /** The stream is cut here, from its end. */
  cut: number
}

const padded = (data: Uint8Array, fill = 0): Uint8Array => {
  const padding = new Uint8Array((BLOCK - (data.length % BLOCK)) % BLOCK)
  return concat(data, padding.fill(fill))
}

/** A member with any field of its header set. */
function member(draft: Draft, fields: TarFields, data: string | Uint8Array = ''): Uint8Array {
  const content = bytes(data)
  const magic = draft.gnu ? GNU : undefined
  return concat(
    header({ mode: 0o644, type: '0', size: content.length, ...(magic && { magic }), ...fields }),
    padded(content),
  )
}

const WIDTHS = { mode: 8, uid: 8, gid: 8, size: 12, mtime: 12, checksum: 8, major: 8, minor: 8 } as const
type Field = keyof typeof WIDTHS

const binary = (first: number, width: number, ...last: number[]): Uint8Array => {
  const field = new Uint8Array(width)
  field[0] = first
  field.set(last, width - last.length)
  return field
}

/** A number field in some form: plain, odd, or no number at all. */
function oddNumber(width: number, plain: number, random: Random): Uint8Array {
  const octal = plain.toString(8)
  const text = pick(
    [
      `${octal.padStart(width - 1, '0')}\0`,
      `${octal.padStart(width - 1, '0')} `,
      octal.padStart(width, '0'),
      `${octal.padStart(width - 2, '0')} \0`,
      `${octal.padStart(width - 2, '0')}\0 `,
      `${octal.padStart(width - 1)}\0`,
      `${octal} `.padStart(width),
      `${octal}\0`,
      `${octal} `,
      `\t${octal.padStart(width - 2, '0')}\0`,
      `${octal.padStart(width - 3, '0')}\n\0`,
      `+${octal.padStart(width - 2, '0')}\0`,
      `-${octal.padStart(width - 2, '0')}\0`,
      `0o${octal.padStart(width - 3, '0')}\0`,
      `0_${octal.padStart(width - 3, '0')}\0`,
      `0${octal}\x000000`.slice(0, width),
      `0${octal}\0 9`.slice(0, width),
      `${octal} 1`.slice(0, width),
      `08${octal}\0`,
      '',
      ' '.repeat(width),
      ` ${'\0'.repeat(width - 1)}`,
      'x'.repeat(width),
      '7'.repeat(width - 1),
      '7'.repeat(width),
      '\xe9\0',
    ],
    random,
  )
  switch (random(5)) {
    case 0:
      return binary(
        pick([0x80, 0x81, 0xb0, 0xbf, 0xc0, 0xfe, 0xff], random),
        width,
        ...pick(
          [[plain], [0, plain], [0xff, 0xff, 0xff, plain], [0x80, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, plain]],
          random,
        ),
      )
    case 1: {
      const field = new Uint8Array(width).fill(random(2) ? 0xff : 0)
      for (let count = random(4); count > 0; count--) field[random(width)] = random(256)
      field[0] = pick([0x80, 0xff, 0x30, 0x81, 0x20], random)
      return field
    }
    default: {
      const field = new Uint8Array(width)
      field.set([...text].slice(0, width).map(character => character.charCodeAt(0)))
      return field
    }
  }
}

function oddField(draft: Draft, random: Random): void {
  const name = pick(Object.keys(WIDTHS) as Field[], random)
  const content = 'mid'
  const target = pick(['file', 'link', 'extension'] as const, random)
  if (target === 'extension') {
    const body = draft.gnu ? bytes(`${TOP}/m.txt\0`) : record('path', `${TOP}/m.txt`)
    const field = name === 'checksum' ? undefined : oddNumber(WIDTHS[name], name === 'size' ? body.length : 0, random)
    draft.told.push(`odd ${name} of an extension header`)
    draft.pieces.push(
      concat(
        header({
          name: '././@LongLink',
          mode: 0o644,
          size: body.length,
          type: draft.gnu ? 'L' : 'x',
          ...(draft.gnu && { magic: GNU }),
          ...(field && { [name]: field }),
        }),
        padded(body),
      ),
      member(draft, { name: `${TOP}/m.txt` }, content),
    )
    return
  }
  const data = target === 'file' ? content : ''
  const fields: TarFields =
    target === 'file'
      ? { name: `${TOP}/m.txt` }
      : { name: `${TOP}/m`, type: pick(['5', '2', '3', '6'], random), link: 'PKG-INFO' }
  if (name === 'checksum') {
    const block = member(draft, fields, data)
    const sum = block.subarray(0, BLOCK).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
    const signed = block
      .subarray(0, BLOCK)
      .reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte > 127 ? byte - 256 : byte), 0)
    block.set(oddNumber(8, pick([sum, sum, sum, signed, sum + 1], random), random), 148)
    draft.pieces.push(block)
  } else {
    const plain = { mode: 0o644, uid: 5, gid: 5, size: data.length, mtime: 1577836800, major: 0, minor: 0 }[name]
    draft.pieces.push(member(draft, { ...fields, [name]: oddNumber(WIDTHS[name], plain, random) }, data))
  }
  draft.told.push(`odd ${name} of a ${target}`)
}

const MAGICS = [
  'ustar\x0000',
  'ustar\0\0\0',
  'ustar\x0001',
  'ustar\0 \0',
  'ustar  \0',
  'ustar   ',
  'ustar 00',
  'ustar\x0000'.toUpperCase(),
  '\0\0\0\0\0\0\0\0',
  'ustar',
  'GNUtar \0',
]

function oddText(draft: Draft, random: Random): void {
  const file = { name: `${TOP}/m.txt` }
  const choices: readonly (() => Uint8Array)[] = [
    () => member(draft, { ...file, magic: pick(MAGICS, random) }, 'mid'),
    () => member(draft, { ...file, uname: 'u'.repeat(pick([31, 32], random)) }, 'mid'),
    () => member(draft, { ...file, gname: 'g'.repeat(pick([31, 32], random)) }, 'mid'),
    () => member(draft, { ...file, uname: pick(['\xff', 'é', 'a\0b', ''], random) }, 'mid'),
    () => member(draft, { ...file, prefix: pick([TOP, 'x', '/', '.', 'a\0b', '\xff', '12345'], random) }, 'mid'),
    () => member(draft, { name: 'm.txt', prefix: TOP }, 'mid'),
    () => member(draft, { ...file, link: pick(['PKG-INFO', '\0PKG-INFO', ' ', '\xff'], random) }, 'mid'),
    () => member(draft, { name: `${TOP}/m/`, type: '5', link: pick(['PKG-INFO', ''], random) }),
    () => {
      const block = member(draft, file, 'mid')
      block.set(bytes(pick(['tar\0', 'tar', 'x', '\0\0\0x', ' '], random)), pick([500, 504, 508], random))
      return resum(block)
    },
    () =>
      member(
        draft,
        { ...file, type: pick([...'0123456789', '\0', ...'xgXLKSNVDMA', ' ', '\xff', 'a'], random) },
        'mid',
      ),
    () =>
      member(draft, {
        ...file,
        type: pick([...'123456', 'D', 'V', 'M', 'N', 'A', 'z'], random),
        link: `${TOP}/PKG-INFO`,
      }),
  ]
  draft.told.push('odd text or type of a header')
  draft.pieces.push(pick(choices, random)())
}

function resum(block: Uint8Array): Uint8Array {
  const sum = block.subarray(0, BLOCK).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0)
  block.set(bytes(`${sum.toString(8).padStart(6, '0')}\0 `), 148)
  return block
}

const record = (key: string | Uint8Array, value: string | Uint8Array): Uint8Array => {
  const body = concat(bytes(' '), bytes(key), bytes('='), bytes(value), bytes('\n'))
  let length = body.length + 1
  while (`${length}`.length + body.length !== length) length = `${length}`.length + body.length
  return concat(bytes(`${length}`), body)
}

const KEYS = [
  'path',
  'path',
  'linkpath',
  'size',
  'mtime',
  'atime',
  'ctime',
  'uid',
  'gid',
  'uname',
  'gname',
  'comment',
  'charset',
  'hdrcharset',
  'realtime.x',
  'security.x',
  'SCHILY.xattr.user',
  'SCHILY.dev',
  'LIBARCHIVE.creationtime',
  'LIBARCHIVE.xattr',
  'GNU.sparse.major',
  'GNU.sparse.name',
  'GNU.sparse.size',
  'GNU.sparse.realsize',
  'MSWINDOWS.rawsd',
  'SUN.devmajor',
  'foo',
  'devmajor',
  'Path',
  'SCHILY.',
  'SCHILY',
  '.x',
  'RHT.security',
  'é.x',
]
const VALUES: readonly (string | Uint8Array)[] = [
  `${TOP}/m.txt`,
  `${TOP}/n.txt`,
  `${TOP}/setup.py`,
  'PKG-INFO',
  '',
  '0',
  '3',
  '03',
  '+3',
  ' 3',
  '3 ',
  '-1',
  '1.5',
  '1.',
  '.5',
  '1e3',
  'nan',
  'inf',
  '1e300',
  '515',
  '1024',
  '8589934591',
  '18446744073709551616',
  '9223372036854775808',
  'BINARY',
  'ISO-IR 10646 2000 UTF-8',
  'ISO-IR 8859 1 1998',
  'é',
  'a\0b',
  'a\nb',
  new Uint8Array([0xff]),
  '1577836800',
  '1577836800.25',
  '1_000',
  '٣',
]

function brokenRecord(random: Random): Uint8Array {
  const good = record('path', `${TOP}/n.txt`)
  const text = pick(
    [
      '0 path=x\n',
      '9 path=x\n',
      '10 path=x\n',
      '11 path=x\n',
      '12 path=x\n',
      '999 path=x\n',
      '-9 path=x\n',
      '+9 path=x\n',
      'x path=x\n',
      ' 9 path=x\n',
      '9  path=x\n',
      '9\tpath=x\n',
      '8 pathx\n',
      '5 =x\n',
      '4 =\n',
      '5 x=\n',
      '6 x=\n\n',
      '09 path=x\n',
      '010 path=x\n',
      '00000000010 path=x\n',
      '000000000000000000000011 path=x\n',
      '18446744073709551626 path=x\n',
      '10 path=xy',
      '٩ path=x\n',
      '\n',
      ' ',
      '11 path=x=y\n',
      '12 path=x\n\n\n',
    ],
    random,
  )
  return random(3) === 0 ? concat(good, bytes(text)) : bytes(text)
}

/** A pax header of raw bytes, with what stands in its padding. */
function rawPax(body: Uint8Array, type: string, padding: Uint8Array, more: TarFields = {}): Uint8Array {
  const block = padded(body)
  block.set(padding.subarray(0, block.length - body.length), body.length)
  return concat(header({ name: 'PaxHeader/entry', mode: 0o644, size: body.length, type, ...more }), block)
}

function paxRecords(draft: Draft, random: Random): void {
  const records: Uint8Array[] = []
  const told: string[] = []
  for (let count = 1 + random(random(3) + 1); count > 0; count--) {
    if (random(4) === 0) {
      records.push(brokenRecord(random))
      told.push('broken')
    } else {
      const key = pick(KEYS, random)
      const value = pick(VALUES, random)
      records.push(record(key, value))
      told.push(`${key}=${typeof value === 'string' ? value : 'bytes'}`)
    }
  }
  let body = concat(...records)
  if (random(12) === 0) body = concat(body, new Uint8Array(random(4)))
  if (random(40) === 0) body = new Uint8Array(0)
  const fill = pick(
    [
      new Uint8Array(0),
      new Uint8Array(0),
      new Uint8Array(0),
      record('path', `${TOP}/hidden.py`),
      record('comment', 'hidden'),
      bytes('\0\0x'),
      bytes('x'),
      concat(bytes('\0'), record('path', `${TOP}/hidden.py`)),
      record('size', '0'),
    ],
    random,
  )
  const type = pick(['x', 'x', 'x', 'g', 'X'], random)
  if (fill.length > 0) told.push('padding')
  draft.told.push(`${type} header: ${told.join(', ')}`)
  draft.pieces.push(rawPax(body, type, fill, draft.gnu && random(2) ? { magic: GNU } : {}))
  if (random(15) === 0)
    draft.pieces.push(
      rawPax(
        pick([record('mtime', '1577836800'), record('path', `${TOP}/n.txt`), record('size', '3')], random),
        pick(['x', 'g'], random),
        new Uint8Array(0),
      ),
    )
  if (random(25) === 0) return
  const link = random(4) === 0
  const hidden = random(6) === 0 ? member(draft, { name: `${TOP}/inside.py` }, 'print(1)\n') : 'mid'
  draft.pieces.push(
    link
      ? member(draft, {
          name: `${TOP}/m`,
          type: pick(['1', '2'], random),
          link: pick(['PKG-INFO', `${TOP}/PKG-INFO`], random),
        })
      : member(draft, { name: `${TOP}/m.txt` }, hidden),
    member(draft, { name: `${TOP}/z.txt` }, 'last'),
  )
}

function gnuNames(draft: Draft, random: Random): void {
  const count = 1 + random(3)
  const told: string[] = []
  for (let i = 0; i < count; i++) {
    const type = pick(['L', 'L', 'K'] as const, random)
    const text = pick(
      [`${TOP}/long.py`, `${TOP}/m.txt`, `${TOP}/d/`, '', 'PKG-INFO', `${TOP}/é`, `${TOP}/${'n'.repeat(120)}`],
      random,
    )
    const end = random(20)
      ? pick(['\0', '\0', '\0', '', '\0\0', '\0x', '\0x\0'], random)
      : '\0'.repeat(131_072 - bytes(text).length + random(2))
    const body = concat(bytes(text), bytes(end))
    const padding = pick(['', '', '.py', '\0.py', 'x\0'], random)
    const block = padded(body)
    block.set(bytes(padding).subarray(0, block.length - body.length), body.length)
    told.push(
      `${type} ${text} ${end.length > 9 ? `${end.length} NULs` : JSON.stringify(end)} ${JSON.stringify(padding)}`,
    )
    draft.pieces.push(
      concat(header({ name: '././@LongLink', size: body.length, type, magic: random(8) ? GNU : undefined! }), block),
    )
  }
  if (random(6) === 0) draft.pieces.push(paxHeader([[pick(['path', 'linkpath'], random), `${TOP}/pax.py`]]))
  draft.told.push(`GNU headers: ${told.join(', ')}`)
  if (random(25) === 0) return
  const type = pick(['0', '0', '2', '1', '5', '\0'], random)
  draft.pieces.push(
    member(
      draft,
      { name: `${TOP}/m.txt`, type, link: type === '1' || type === '2' ? `${TOP}/PKG-INFO` : '' },
      type === '0' ? 'mid' : '',
    ),
  )
}

const PLACES = ['a', 'b', 'a/b', 'a/c', 'b/c', 'a/b/c', 'x', 'PKG-INFO', 'a/../b', 'a/b/../../x']
const TARGETS = [
  'a',
  'b',
  'a/b',
  '../b',
  '..',
  '.',
  '../x',
  '../../x',
  'PKG-INFO',
  '../PKG-INFO',
  'b/..',
  'x/../b',
  'missing',
  '/etc/x',
  `../${TOP}/PKG-INFO`,
  `../${TOP}`,
  'b/',
  'a/.',
  './b',
  'a//b',
  '',
  ':x',
  ' a',
  'a\\b',
]

/** Members that lie in, on and behind one another. */
function chain(draft: Draft, random: Random): void {
  const told: string[] = []
  for (let count = 2 + random(5); count > 0; count--) {
    const place = pick(random(6) ? PLACES.slice(0, 8) : PLACES, random)
    const target = pick(random(4) ? TARGETS.slice(0, 12) : TARGETS, random)
    const type = pick(['0', '0', '2', '2', '1', '5'], random)
    const link = type === '1' ? (random(6) ? `${TOP}/${pick(PLACES, random)}` : target) : type === '2' ? target : ''
    told.push(`${place}${type === '1' ? ` = ${link}` : type === '2' ? ` -> ${link}` : type === '5' ? '/' : ''}`)
    draft.pieces.push(
      member(
        draft,
        { name: `${TOP}/${place}${type === '5' ? '/' : ''}`, type, link },
        type === '0' ? `content ${count}` : '',
      ),
    )
  }
  draft.told.push(told.join('; '))
}

const NAMES: readonly (string | Uint8Array)[] = [
  `${TOP}/./m`,
  `${TOP}//m`,
  `./${TOP}/m`,
  `/${TOP}/m`,
  `${TOP}/m/`,
  `${TOP}/m/.`,
  `${TOP}/m/..`,
  `${TOP}/`,
  TOP,
  `${TOP}/../m`,
  `${TOP}/a/../m`,
  `../${TOP}/m`,
  `../m`,
  '.',
  '..',
  './',
  '/',
  '',
  `${TOP}/a:b`,
  `${TOP}/ m`,
  `${TOP}/m `,
  ` ${TOP}/m`,
  `${TOP}/a\\b`,
  `${TOP}\\m`,
  'C:\\m',
  'C:/m',
  `${TOP}/a\nb`,
  `${TOP}/a\x7f`,
  `${TOP}/a\x85`,
  new Uint8Array([...bytes(`${TOP}/`), 0xff]),
  `${TOP}/é`,
  `${TOP}/\u202e`,
  `${TOP}/${'n'.repeat(90)}`,
  `${TOP}/${'n'.repeat(255)}`,
  `${TOP}/${'n'.repeat(256)}`,
  `${TOP}/${'é'.repeat(127)}`,
  `${TOP}/${'é'.repeat(128)}`,
  `${TOP}/${'d/'.repeat(100)}m`,
  'other/m',
  'm',
  `${TOP}/nul`,
  `${TOP}/m.`,
  `${TOP}/PKG-INFO`,
  `${TOP}/pkg-info`,
]

function oddName(draft: Draft, random: Random): void {
  const name = bytes(pick(NAMES, random))
  const type = pick(['0', '0', '0', '\0', '5', '2', '1', '7'], random)
  const link = type === '2' ? 'PKG-INFO' : type === '1' ? `${TOP}/PKG-INFO` : ''
  const data = type === '0' || type === '7' ? 'mid' : ''
  const how = name.length > 100 ? 'extension' : pick(['header', 'header', 'extension'], random)
  draft.told.push(
    `name ${JSON.stringify(new TextDecoder('latin1').decode(name))} of type ${JSON.stringify(type)} in the ${how}`,
  )
  if (how === 'header') draft.pieces.push(member(draft, { name, type, link }, data))
  else
    draft.pieces.push(
      draft.gnu ? gnuLong('L', name) : paxHeader([['path', name]]),
      member(draft, { name: name.subarray(0, 100), type, link }, data),
    )
}

function frame(draft: Draft, random: Random): void {
  const zeros = (count: number) => new Uint8Array(count)
  const late = member(draft, { name: `${TOP}/late.py` }, 'print(1)\n')
  const choices: readonly (readonly [string, () => void])[] = [
    ['no end', () => (draft.end = zeros(0))],
    ['one zero block', () => (draft.end = zeros(512))],
    ['a zero block and a half', () => (draft.end = zeros(768))],
    ['half a zero block', () => (draft.end = zeros(256))],
    ['a byte after the end', () => (draft.end = concat(zeros(1024), bytes('x')))],
    ['a member after the end', () => (draft.end = concat(zeros(1024), late, zeros(1024)))],
    ['a member after one zero block', () => (draft.end = concat(zeros(512), late, zeros(1024)))],
    ['junk after one zero block', () => (draft.end = concat(zeros(512), bytes('x'), zeros(511)))],
    ['junk in place of a header', () => draft.pieces.push(new Uint8Array(512).fill(pick([1, 0x41, 0xff], random)))],
    ['less than a block of junk at the end', () => (draft.end = bytes('x'.repeat(1 + random(500))))],
    ['much padding', () => (draft.end = zeros(10_240))],
    ['a cut', () => (draft.cut = 1 + random(3000))],
    [
      'padding that is not zero',
      () =>
        draft.pieces.push(
          concat(
            header({ name: `${TOP}/m`, mode: 0o644, size: 3, type: '0', ...(draft.gnu && { magic: GNU }) }),
            bytes('mid'),
            new Uint8Array(509).fill(0x78),
          ),
        ),
    ],
    [
      'an extension header and no member',
      () =>
        draft.pieces.push(
          pick([paxHeader([['comment', 'x']], 'g'), paxHeader([['comment', 'x']]), gnuLong('L', 'x')], random),
        ),
    ],
    ['the other format', () => draft.pieces.push(member({ ...draft, gnu: !draft.gnu }, { name: `${TOP}/m` }, 'mid'))],
    ['no member', () => draft.pieces.splice(0)],
    ['no PKG-INFO', () => draft.pieces.splice(0, 1)],
    ['PKG-INFO last', () => draft.pieces.push(...draft.pieces.splice(0, 1))],
    [
      'a long chain of headers',
      () => {
        const one = pick(
          [paxHeader([['comment', 'x']]), paxHeader([['comment', 'x']], 'g'), gnuLong('L', `${TOP}/m`)],
          random,
        )
        for (let count = pick([2, 4, 5, 20, 400, 1200], random); count > 0; count--) draft.pieces.push(one)
        draft.pieces.push(member(draft, { name: `${TOP}/m` }, 'mid'))
      },
    ],
    [
      'a size without content',
      () =>
        draft.pieces.push(
          concat(
            header({
              name: `${TOP}/m`,
              mode: 0o644,
              type: pick([...'123456'], random),
              link: `${TOP}/PKG-INFO`,
              size: pick([1, 512, 513], random),
              ...(draft.gnu && { magic: GNU }),
            }),
            random(2) ? member(draft, { name: `${TOP}/inside.py` }, 'print(1)\n') : new Uint8Array(0),
          ),
        ),
    ],
    [
      'a file twice',
      () =>
        draft.pieces.push(
          member(draft, { name: `${TOP}/m` }, 'one'),
          member(draft, { name: `${TOP}/m` }, pick(['one', 'two'], random)),
        ),
    ],
    [
      'a sparse member',
      () =>
        draft.pieces.push(
          random(2)
            ? member(draft, { name: `${TOP}/m`, type: 'S' }, 'mid')
            : concat(
                paxHeader([
                  ['GNU.sparse.major', '1'],
                  ['GNU.sparse.minor', '0'],
                  ['GNU.sparse.name', `${TOP}/m`],
                  ['GNU.sparse.realsize', '3'],
                ]),
                member(draft, { name: `${TOP}/GNUSparseFile.0/m` }, padded(bytes('1\n0\n3\n'))),
              ),
        ),
    ],
  ]
  const [what, act] = pick(choices, random)
  act()
  draft.told.push(what)
}

/** What tools write and nobody minds. */
function harmless(draft: Draft, random: Random): void {
  const file = { name: `${TOP}/m.txt` }
  const choices: readonly (() => readonly Uint8Array[])[] = [
    () => [member(draft, { ...file, mode: 0o755 }, 'mid')],
    () => [member(draft, { ...file, uname: 'root', gname: 'root', uid: 0, gid: 0 }, 'mid')],
    () => [member(draft, { ...file, uname: 'jane', gname: 'staff', uid: 501, gid: 20 }, 'mid')],
    () => [member(draft, { name: `${TOP}/d/`, type: '5' }), member(draft, { name: `${TOP}/d/m` }, 'mid')],
    () => [member(draft, { name: `${TOP}/d`, type: '5' })],
    () => [member(draft, { name: `${TOP}/l`, type: '2', link: 'PKG-INFO' })],
    () => [member(draft, { name: `${TOP}/d/l`, type: '2', link: '../PKG-INFO' })],
    () => [member(draft, { name: `${TOP}/l`, type: '1', link: `${TOP}/PKG-INFO` })],
    () => [member(draft, { name: `${TOP}/d/m` }, 'mid'), member(draft, { name: `${TOP}/l`, type: '2', link: 'd' })],
    () => [member(draft, { ...file, major: '', minor: '' }, 'mid')],
    () => [member(draft, { ...file, uid: '', gid: '', mode: 0o600 }, 'mid')],
    () => [member(draft, { ...file, mtime: '' }, 'mid')],
    () => [member(draft, { ...file, size: '00000000003 ' }, 'mid')],
    () => [member(draft, { name: `${TOP}/${'n'.repeat(99 - TOP.length)}` }, 'mid')],
    () => [member(draft, { name: `${TOP}/a b.txt` }, 'mid')],
    () => [member(draft, { name: `${TOP}/..m` }, 'mid'), member(draft, { name: `${TOP}/m..` }, 'mid')],
    () => [member(draft, { name: `${TOP}/.m` }, 'mid')],
    () =>
      draft.gnu
        ? [gnuLong('L', `${TOP}/${'d'.repeat(120)}/m`), member(draft, { name: `${TOP}/${'d'.repeat(80)}` }, 'mid')]
        : [
            paxHeader([['path', `${TOP}/${'d'.repeat(120)}/m`]]),
            member(draft, { name: `${TOP}/${'d'.repeat(80)}` }, 'mid'),
          ],
    () =>
      draft.gnu
        ? []
        : [
            paxHeader([
              ['mtime', '1577836800.125'],
              ['atime', '1.5'],
            ]),
            member(draft, file, 'mid'),
          ],
    () => (draft.gnu ? [] : [paxHeader([['path', `${TOP}/é.txt`]]), member(draft, { name: `${TOP}/e.txt` }, 'mid')]),
    () => (draft.gnu ? [] : [paxHeader([['comment', 'c']], 'g'), member(draft, file, 'mid')]),
    () =>
      draft.gnu
        ? []
        : [
            paxHeader([
              ['uid', '1000'],
              ['uname', 'é'],
            ]),
            member(draft, file, 'mid'),
          ],
    () =>
      draft.gnu
        ? []
        : [
            paxHeader([
              ['SCHILY.xattr.x', 'v'],
              ['LIBARCHIVE.creationtime', '1'],
            ]),
            member(draft, file, 'mid'),
          ],
    () => (draft.gnu ? [member(draft, { ...file, uid: binary(0x80, 8, 0x20, 0, 0) }, 'mid')] : []),
    () => (draft.gnu ? [] : [member(draft, { name: 'm.txt', prefix: `${TOP}/d` }, 'mid')]),
    () => [member(draft, { name: `${TOP}/empty` })],
    () => [member(draft, { name: `${TOP}/big` }, 'x'.repeat(1024 + random(600)))],
  ]
  draft.told.push('harmless')
  draft.pieces.push(...pick(choices, random)())
}

function gzipped(tar: Uint8Array, told: string[], random: Random): Uint8Array {
  const half = Math.min(tar.length, 512 * (1 + random(6)))
  const choices: readonly (readonly [string, () => Uint8Array])[] = [
    ['plain gzip', () => gzip(tar)],
    ['two gzip members', () => concat(gzip(tar.subarray(0, half)), gzip(tar.subarray(half)))],
    ['an empty gzip member first', () => concat(gzip(new Uint8Array(0)), gzip(tar))],
    ['an empty gzip member last', () => concat(gzip(tar), gzip(new Uint8Array(0)))],
    ['a second tar in a second gzip member', () => concat(gzip(tar), gzip(tar))],
    ['trailing bytes', () => concat(gzip(tar), bytes('trailing'))],
    ['trailing zeros', () => concat(gzip(tar), new Uint8Array(1 + random(600)))],
    ['a gzip header at the end', () => concat(gzip(tar), bytes('\x1f\x8b'))],
    ['a wrong CRC', () => gzip(tar, { crc: 1 })],
    ['a wrong length', () => gzip(tar, { size: 1 })],
    ['no trailer', () => gzip(tar, { trailer: false })],
    ['half a trailer', () => gzip(tar).slice(0, -4)],
    ['a name', () => gzip(tar, { flags: 8, extra: bytes('demo-1.0.tar\0') })],
    ['a comment', () => gzip(tar, { flags: 16, extra: bytes('comment\0') })],
    ['an extra field', () => gzip(tar, { flags: 4, extra: bytes('\x04\0abcd') })],
    ['a wrong header CRC', () => gzip(tar, { flags: 2, extra: bytes('\0\0') })],
    ['a reserved flag', () => gzip(tar, { flags: pick([0x20, 0x40, 0x80], random) })],
    ['the text flag', () => gzip(tar, { flags: 1 })],
    ['a time', () => gzip(tar, { mtime: 0xffffffff })],
    ['a name that is not terminated', () => gzip(tar, { flags: 8, extra: bytes('x') })],
    ['another method', () => gzip(tar, { method: 7 })],
    ['a cut', () => gzip(tar).slice(0, -1 - random(40))],
    [
      'deflate data cut',
      () => {
        const all = gzip(tar)
        return all.slice(0, 10 + random(all.length - 10))
      },
    ],
    [
      'a broken byte',
      () => {
        const all = gzip(tar).slice()
        const at = 10 + random(all.length - 10)
        all[at] = all[at]! ^ (1 << random(8))
        return all
      },
    ],
  ]
  const [what, act] = pick(choices, random)
  told.push(what)
  return act()
}

const CHANGES = [
  oddField,
  oddField,
  oddText,
  oddText,
  paxRecords,
  paxRecords,
  paxRecords,
  gnuNames,
  chain,
  chain,
  chain,
  oddName,
  oddName,
  frame,
  frame,
  harmless,
]

/** Case number `index` of a seed, the same on every machine. */
export function tarCase(seed: number, index: number): TarCase {
  const random = generator(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
  for (let i = 0; i < 4; i++) random(2)
  const kind = random(100)
  const gnu = random(10) < 3
  const draft: Draft = { gnu, pieces: [], told: [gnu ? 'GNU' : 'pax'], end: new Uint8Array(1024), cut: 0 }
  draft.pieces.push(member(draft, { name: `${TOP}/PKG-INFO` }, PKG_INFO))
  draft.pieces.push(member(draft, { name: `${TOP}/pyproject.toml` }, PYPROJECT))
  for (let count = kind < 8 ? 0 : kind < 75 ? 1 : 2 + random(2); count > 0; count--)
    pick(gnu && random(3) === 0 ? [gnuNames] : CHANGES, random)(draft, random)
  if (random(2)) draft.pieces.push(member(draft, { name: `${TOP}/last.txt` }, 'the last\n'))
  let tar = concat(...draft.pieces, draft.end)
  if (draft.cut > 0) tar = tar.slice(0, Math.max(0, tar.length - draft.cut))
  const zipped = kind < 8
  return { bytes: zipped ? gzipped(tar, draft.told, random) : tar, gzip: zipped, told: draft.told }
}
