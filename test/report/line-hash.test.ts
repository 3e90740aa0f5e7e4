import { describe, expect, it } from 'vitest'
import { lineHash, lineHashes } from '../../src/report/line-hash.js'
import fc from '../support/fc.js'

/** The definition, slow and literal. */
function expected(text: string): string[] {
  const units = [...`${text.replace(/\r\n|\r/g, '\n')}\uffff`].join('')
  const counts = new Map<string, number>()
  return units.split('\n').map((_, index, lines) => {
    const rest = lines.slice(index).join('\n').replace(/[ \t]/g, '').slice(0, 100)
    let hash = 0n
    for (let i = 0; i < 100; i++)
      hash = BigInt.asUintN(64, hash * 37n + BigInt(i < rest.length ? rest.charCodeAt(i) : 0))
    const hex = hash.toString(16)
    counts.set(hex, (counts.get(hex) ?? 0) + 1)
    return `${hex}:${counts.get(hex)}`
  })
}

describe('primaryLocationLineHash', () => {
  // Values that github/codeql-action's own tests expect.
  it.each([
    ['', ['c129715d7a2bc9a3:1']],
    [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
    [
      ' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n',
      [
        'e9496ae3ebfced30:1',
        'fb7c023a8b9ccb3f:1',
        'ce8ba1a563dcdaca:1',
        'e20e36e16fcb0cc8:1',
        'b3edc88f2938467e:1',
        'c8e28b0b4002a3a0:1',
        'c129715d7a2bc9a3:1',
      ],
    ],
  ])('agrees with the action on %j', (text, hashes) => {
    expect(lineHashes(text)).toEqual(hashes)
  })

  it('numbers equal hashes, and the end of the file tells repeated lines apart', () => {
    const hashes = lineHashes('Lorem ipsum dolor sit amet.\n'.repeat(10))
    expect(hashes.slice(0, 7)).toEqual([...[1, 2, 3, 4, 5, 6].map(n => `a7f2ff13bc495cf2:${n}`), 'a7f2ff1481e87703:1'])
    expect(hashes.at(-1)).toBe('c129715d7a2bc9a3:1')
  })

  it('is the definition for any text', () => {
    const char = fc.constantFrom('a', 'b', ' ', '\t', '\n', '\r\n', '\u00e9', '\ud83d\ude00', '=', '"')
    fc.assert(
      fc.property(fc.string({ unit: char, maxLength: 300 }), text => {
        // A blank between CR and LF makes two line ends for the action; the definition above does not say.
        fc.pre(!/\r[ \t]/.test(text))
        expect(lineHashes(text)).toEqual(expected(text))
      }),
    )
  })

  it('counts a CR, a blank and an LF as two line ends, as the action does', () => {
    expect(lineHashes('a\r \nb')).toHaveLength(3)
  })

  it('has nothing for a line beyond the end', () => {
    expect(lineHash('a\nb', 3)).toBeUndefined()
    expect(lineHash('a\nb', 2)).toBe(expected('a\nb')[1])
  })
})
