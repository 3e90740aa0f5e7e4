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

  it('wraps at spaces', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrap('one two three', 7, 3)).toEqual(['one', 'two', 'three'])
  })

  it('does not begin a line with the colons of a classifier', () => {
    expect(wrap('Python :: 3 :: Only', 7)).toEqual(['Python ::', '3 ::', 'Only'])
  })

  it.each([
    ['see a-very-long-word b', 6, ['see a-', 'very-', 'long-', 'word b']],
    ['dist/demo_pkg-1.0.tar.gz', 10, ['dist/demo_', 'pkg-1.0.', 'tar.gz']],
    ['..//leading--', 4, ['..//leading--']],
    ['tests/__init__.py', 8, ['tests/__', 'init__.', 'py']],
    ['see https://example.org/a-long-path', 10, ['see', 'https://example.org/a-long-path']],
    ['0123456789abcdef', 8, ['0123456789abcdef']],
    ['-'.repeat(9), 4, ['-'.repeat(9)]],
  ])('divides a word that is longer than a line between its parts: %s', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines)
  })
})
