import { describe, expect, it } from 'vitest'
import { cells, padCells, takeCells, wrap } from '../../src/report/cells.js'

describe('cells', () => {
  it.each([
    ['abc', 3],
    ['日本', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['ｗ', 2],
    ['', 0],
  ])('%s takes %i', (text, width) => {
    expect(cells(text)).toBe(width)
  })

  it('pads and cuts by cells, not by characters', () => {
    expect(padCells('日', 4)).toBe('日  ')
    expect(takeCells('日本語', 5)).toBe('日本')
    expect(takeCells('日本語', 3, 'end')).toBe('語')
  })

  it('wraps at blanks and keeps long words whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrap('one two three', 7, 3)).toEqual(['one', 'two', 'three'])
    expect(wrap('a-very-long-word b', 5)).toEqual(['a-very-long-word', 'b'])
  })
})
