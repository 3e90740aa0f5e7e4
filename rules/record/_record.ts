import type { Member } from '../../src/archive/archive.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import type { RecordFile, RecordRow } from '../../src/distribution/record.js'

/** RECORD and its signatures, which must not be listed with a hash, or at all. */
export const isOwn = (wheel: Wheel, path: string): boolean =>
  path.startsWith(`${wheel.distInfo}/`) &&
  /^RECORD(?:\.jws|\.p7s)?$/.test(path.slice((wheel.distInfo?.length ?? 0) + 1))

/** The RECORD, if it was read completely: absent when nothing may be said about what is missing from it. */
export function wholeRecord({ record }: Wheel): RecordFile | undefined {
  if (!record?.utf8 || record.cut || record.problems.some(({ kind }) => kind !== 'blank-line')) return undefined
  return record
}

/** Rows of three columns with a path, as installers read them. */
export function goodRows({ record }: Wheel): readonly RecordRow[] {
  return record?.utf8 ? record.rows.filter(row => row.columns === 3 && row.value !== '') : []
}

/** The path of a row as it names a member; a byte order mark belongs to the file. */
export const pathOf = (row: RecordRow): string => row.path.replace(/^\ufeff/, '')

/** The member that a row names. A leading `./` is ignored on both sides. */
export const namedMember = ({ members }: Wheel, row: RecordRow): Member | undefined =>
  members.get(pathOf(row)) ?? members.get(`./${pathOf(row)}`)

/** Members that RECORD must list: all except directories, RECORD itself and its signatures. */
export const listed = (wheel: Wheel): readonly Member[] =>
  wheel.members.list.filter(({ path, type }) => type !== 'directory' && !isOwn(wheel, path))

/** Does the content differ from the hash of the row? Undefined where nothing can be compared. */
export function hashDiffers(row: RecordRow, member: Member): string | undefined {
  const { algorithm, digest } = row
  if (algorithm === undefined || digest === undefined || encodingFault(row)) return undefined
  const actual = algorithm.toLowerCase() === 'sha256' ? member.sha256 : member.digests?.get(algorithm)
  return actual === digest ? undefined : actual
}

/** Length of the digest in urlsafe base64 without padding, by algorithm of sufficient strength. */
export const DIGEST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['sha256', 43],
  ['sha384', 64],
  ['sha512', 86],
  ['sha3_256', 43],
  ['sha3_384', 64],
  ['sha3_512', 86],
  ['blake2b', 86],
  ['blake2s', 43],
])

/** Algorithms of Python's hashlib that are weaker than SHA-256. */
export const WEAK: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha224', 'sha3_224', 'shake_128', 'shake_256'])

export const HEXADECIMAL = 'it is hexadecimal'

/** What is wrong with the encoding of a digest; undefined when nothing is, or the algorithm is not known. */
export function encodingFault({ algorithm, digest }: RecordRow): string | undefined {
  const length = DIGEST_LENGTHS.get(algorithm?.toLowerCase() ?? '')
  if (length === undefined || digest === undefined) return undefined
  if (digest.endsWith('=')) return "it ends with the padding character '='"
  if (/[+/]/.test(digest)) return "it uses '+' or '/', which are not in the urlsafe alphabet"
  if (digest.length > length && /^[0-9a-f]+$/i.test(digest)) return HEXADECIMAL
  if (!/^[A-Za-z0-9_-]*$/.test(digest)) return 'it contains a character outside of the urlsafe base64 alphabet'
  if (digest.length !== length) return `it has ${digest.length} characters instead of ${length}`
  // 43 characters encode 2 bits more than 32 bytes, 86 encode 4 more than 64: they must be 0.
  const spare = length === 43 ? 'AEIMQUYcgkosw048' : length === 86 ? 'AQgw' : undefined
  if (spare && !spare.includes(digest.charAt(length - 1))) return 'the unused bits of its last character are not 0'
  return undefined
}
