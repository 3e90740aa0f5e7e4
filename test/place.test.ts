import { describe, expect, it } from 'vitest'
import { atProblem, inFileName, nameOf, within } from '../src/place.js'

const field = { member: 'm', line: 4, column: 16, field: 'Requires-Dist', value: 'a-b[b]>=1,\n  !=1.5; os_name == "b"' }

describe('a part of a fact', () => {
  it('stands where it is a word of its own, and keeps the whole value', () => {
    expect(within(field, 'b')).toEqual({ ...field, column: 20, mark: 'b' })
    expect(within({ ...field, value: 'ab' }, 'b')).toMatchObject({ column: 17, mark: 'b' })
  })

  it('stands at the offset that is told, also on a further line', () => {
    expect(within(field, '!=1.5', 13)).toEqual({ ...field, line: 5, column: 3, mark: '!=1.5' })
    expect(within(field, 'os_name')).toMatchObject({ line: 5, column: 10 })
  })

  it('stands behind the offset where it is not there', () => {
    expect(within({ ...field, value: 'b[b]' }, 'b', 1)).toMatchObject({ column: 18, mark: 'b' })
    expect(within({ ...field, value: 'bb' }, 'b', 1)).toMatchObject({ column: 17 })
  })

  it('may be empty, where something is missing', () => {
    expect(within(field, '', 0)).toMatchObject({ column: 16, mark: '' })
    expect(within(field, '', 500)).toBe(field)
  })

  it('is the whole where there is no such part, or no column', () => {
    expect(within(field, 'c')).toBe(field)
    const row = { member: 'm', line: 1, value: 'a' }
    expect(within(row, 'a')).toBe(row)
  })

  it('is looked for in what is written, where that is not the value', () => {
    expect(within({ line: 1, column: 5, value: 'é x', mark: '\\u00e9 x' }, 'x')).toMatchObject({
      column: 12,
      mark: 'x',
    })
  })
})

it('finds what a grammar refuses, counted in code points', () => {
  const text = '𝒳 =>1; x'
  const place = { ...field, value: text }
  expect(atProblem(place, text, { offset: 2, end: 5 })).toMatchObject({ column: 19, mark: '=>1' })
  expect(atProblem(place, text, { offset: 2 })).toMatchObject({ column: 19, mark: '=>1; x' })
  expect(atProblem(place, text, { offset: 8 })).toMatchObject({ column: 25, mark: '' })
  expect(atProblem({ ...place, mark: '\\ud835' }, text, { offset: 2 })).toMatchObject({ column: 16, value: text })
})

it('finds the name of a header at the beginning of its line', () => {
  expect(nameOf({ ...field, writtenName: 'requires-DIST' })).toEqual({ ...field, column: 1, mark: 'requires-DIST' })
  expect(nameOf({ member: 'WHEEL', line: 2, column: 6, field: 'Tag', value: 'x' })).toMatchObject({ mark: 'Tag' })
})

it('finds a part of a file name', () => {
  const file = { filename: 'd-1.0-1-py3-none-any.whl' }
  expect(inFileName(file, '1')).toEqual({ column: 3, mark: '1' })
  expect(inFileName(file, '1', 6, { field: 'tags' })).toEqual({ column: 7, mark: '1', field: 'tags' })
  expect(inFileName(file, 'x')).toEqual({})
})
