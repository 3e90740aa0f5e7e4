/** Seeded mutations of byte strings: the same cases for the same seed on every machine. */

/** A number from 0 up to, but not including, `below`. */
export type Random = (below: number) => number

/** xorshift32. */
export function generator(seed: number): Random {
  let state = seed | 0 || 1
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return below <= 0 ? 0 : (state >>> 0) % below
  }
}

export const pick = <T>(list: readonly T[], random: Random): T => list[random(list.length)] as T

const NUMBERS = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]
const LARGEST = 64 * 1024

/** One case: up to eight changes of a seed, which may take pieces from another seed or from the dictionary. */
export function mutate(
  seeds: readonly Uint8Array[],
  words: readonly Uint8Array[],
  random: Random,
  most = LARGEST,
): Uint8Array {
  let bytes: Uint8Array = pick(seeds, random).slice(0, most)
  if (random(8) === 0) bytes = bytes.slice(0, random(bytes.length + 1))
  for (let count = 1 + random(random(2) === 0 ? 3 : 8); count > 0; count--) bytes = change(bytes, seeds, words, random)
  return bytes.length > most ? bytes.slice(0, most) : bytes
}

function change(
  bytes: Uint8Array,
  seeds: readonly Uint8Array[],
  words: readonly Uint8Array[],
  random: Random,
): Uint8Array {
  // Headers sit at the beginning.
  const at = random(random(3) === 0 ? Math.min(bytes.length, 512) + 1 : bytes.length + 1)
  switch (random(9)) {
    case 0:
      if (at < bytes.length) bytes[at] = random(256)
      return bytes
    case 1:
      if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
      return bytes
    case 2: {
      const value = pick(NUMBERS, random)
      const width = pick([1, 2, 4, 8], random)
      const big = random(2) === 0
      for (let i = 0; i < width && at + i < bytes.length; i++) {
        const shift = 8 * (big ? width - 1 - i : i)
        bytes[at + i] = shift > 31 ? 0 : (value >>> shift) & 0xff
      }
      return bytes
    }
    case 3:
      bytes.copyWithin(at, random(bytes.length), random(bytes.length))
      return bytes
    case 4:
      return splice(bytes, at, random(2) === 0 ? 0 : random(16), pick(words, random))
    case 5: {
      // Something many times over finds what is not linear.
      const unit = random(2) === 0 ? pick(words, random) : bytes.slice(at, at + 1 + random(8))
      const times = 1 << random(11)
      const run = new Uint8Array(unit.length * times)
      for (let i = 0; i < times; i++) run.set(unit, i * unit.length)
      return splice(bytes, at, 0, run)
    }
    case 6: {
      const other = pick(seeds, random)
      const from = random(other.length)
      return splice(bytes, at, random(32), other.slice(from, from + random(200)))
    }
    case 7:
      return splice(bytes, at, random(64), new Uint8Array(0))
    default:
      return splice(bytes, at, random(3), pick(words, random))
  }
}

function splice(bytes: Uint8Array, at: number, cut: number, put: Uint8Array): Uint8Array {
  const rest = bytes.subarray(Math.min(bytes.length, at + cut))
  const out = new Uint8Array(at + put.length + rest.length)
  out.set(bytes.subarray(0, at))
  out.set(put, at)
  out.set(rest, at + put.length)
  return out
}

const encoder = new TextEncoder()

/** Tokens that the readers look for. */
export const WORDS: readonly Uint8Array[] = [
  ...'PK\x03\x04|PK\x01\x02|PK\x05\x06|PK\x06\x06|PK\x06\x07|PK\x07\x08|ustar\x0000|ustar  \0|././@LongLink|path=|size=|linkpath=|GNU.sparse.major=1\n|\x7fELF|\x00asm|MZ|PE\0\0|!<arch>\n'.split(
    '|',
  ),
  ...'Metadata-Version: 2.4\n|Name: |Version: |Requires-Dist: |Provides-Extra: |License-Expression: |Dynamic: |Requires-Python: |Project-URL: |Description-Content-Type: text/markdown\n|Content-Type: |\r\n|\n\n|\n |\n\t'.split(
    '|',
  ),
  ...'python_version|extra|sys_platform|os_name|platform_python_implementation|==|~=|===|>=|<|!=|.*| and | or | in | not in |(|)|[|]|@|;|,|\'|"|\\|://|git+|1!|.post|.dev|rc|+local|*'.split(
    '|',
  ),
  ...'MIT| AND | OR | WITH |LicenseRef-|DocumentRef-|Apache-2.0|+|GPL-2.0-only|Classpath-exception-2.0'.split('|'),
  ...'[project]\n|[build-system]\n|[tool.x]\n|[[a.b]]\n|requires = []\n|dynamic = []\n|"""|\'\'\'|{ }|a.b.c = 1\n|inf|nan|1979-05-27T07:32:00Z|0x|_|#'.split(
    '|',
  ),
  ...'{|}|:|null|true|1e999|"__proto__"|"constructor"|"bomFormat":"CycloneDX"|"spdxVersion":"SPDX-2.3"|"components"|"dependencies"|"\\ud800"|<!DOCTYPE|<!ENTITY|<?xml|]]>|<![CDATA[|&#0;'.split(
    '|',
  ),
  ...'sha256=|,,\n|"",|../|/|C:\\|\\|\0|\x1b[31m|\u202e|\u200b|\ufeff|é|e\u0301|%|%0A|::error::|##[group]|Wheel-Version: 1.0\n|Root-Is-Purelib: true\n|Tag: py3-none-any\n|[console_scripts]\n|a = b:c\n'.split(
    '|',
  ),
].map(word => encoder.encode(word))
