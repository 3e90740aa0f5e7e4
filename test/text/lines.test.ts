import { describe, expect, it } from 'vitest'
import { linesOf, splitLines } from '../../src/text/lines.js'

/** Texts whose lines end in every way, some longer than the stride of the index. */
const TEXTS = [
  '',
  'a',
  '\n',
  '\r',
  'a\r\n\r\nb\rc\n\nd',
  'a\n\rb\r\n',
  'one\ntwo\n'.repeat(700),
  `${'\r'.repeat(600)}x\r\n${'y\r\n'.repeat(300)}z`,
]

/** The position of every offset, counted one by one. */
function counted(text: string) {
  let [line, column] = [1, 1]
  return Array.from({ length: text.length + 1 }, (_, at) => {
    const position = { line, column }
    const isEnd = text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n')
    if (isEnd) [line, column] = [line + 1, 1]
    else column++
    return position
  })
}

describe('linesOf', () => {
  it.each(TEXTS.map(text => [text]))('gives the position of every offset of %j, in any order', text => {
    const expected = counted(text)
    const offsets = [...expected.keys()]
    const shuffled = offsets.map(at => (at * 7919) % offsets.length)
    for (const order of [offsets, offsets.toReversed(), shuffled]) {
      const { position } = linesOf(text)
      expect(order.map(position)).toEqual(order.map(at => expected[at]))
    }
  })

  it.each(TEXTS.map(text => [text]))('gives every line of %j, in any order', text => {
    const expected = splitLines(text)
    if (expected.at(-1) === '' && expected.length > 1) expected.pop()
    const numbers = expected.map((_, i) => i + 1)
    for (const order of [numbers, numbers.toReversed()]) {
      const lines = linesOf(text)
      expect(order.map(lines.text)).toEqual(order.map(n => expected[n - 1]))
      expect([0, 1.5, numbers.length + 1].map(lines.text)).toEqual([undefined, undefined, undefined])
    }
  })
})
