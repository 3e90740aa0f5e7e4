import { describe, expect, it } from 'vitest'
import { parseSpecifiers, parseVersion, StandardsError } from '../../src/standards/index.js'

describe('a specifier set', () => {
  it('lists its clauses as written', () => {
    const { clauses } = parseSpecifiers(' >= v1.0 ,, ==2.*,=== x-1 ')
    expect(clauses.map(({ operator, version, wildcard }) => ({ operator, version, wildcard }))).toEqual([
      { operator: '>=', version: 'v1.0', wildcard: false },
      { operator: '==', version: '2.*', wildcard: true },
      { operator: '===', version: 'x-1', wildcard: false },
    ])
    expect(clauses.map(clause => clause.parsed()?.toString())).toEqual(['1.0', '2', undefined])
  })

  it('is written sorted, without equal clauses, and with versions as they were', () => {
    expect(String(parseSpecifiers('>=1.00, <2,>=1.0'))).toBe('<2,>=1.0')
  })

  it('says where a clause is wrong', () => {
    expect(() => parseSpecifiers('>=1, >=2.*')).toThrow(
      expect.objectContaining({ message: "Invalid specifier: '>=2.*'", offset: 8, end: 10 }),
    )
    expect(() => parseSpecifiers('1.0')).toThrow(expect.objectContaining({ offset: 0 }))
  })

  it('compares text with === as it was given', () => {
    expect(parseSpecifiers('===1.0').contains('1.0.0')).toBe(false)
    expect(parseSpecifiers('===1.0').contains(parseVersion('v1.0'))).toBe(true)
    expect(parseSpecifiers('===1.0').contains('v1.0')).toBe(false)
  })

  it('throws only where a number is used that Python does not convert', () => {
    const set = parseSpecifiers(`>=${'1'.repeat(4301)}`)
    expect(String(set)).toHaveLength(4303)
    expect(() => set.contains('1')).toThrow(StandardsError)
    expect(() => parseSpecifiers('>=1').contains('1'.repeat(4301))).toThrow(StandardsError)
  })

  it('says which version of packaging was the first to refuse it', () => {
    const since = (text: string) => {
      try {
        return parseSpecifiers(text)
      } catch (error) {
        return (error as StandardsError).since
      }
    }
    expect(since('~=1.0po\u017ft1')).toBe('26.4')
    expect(since('>=1.0,===')).toBe('26.4')
    expect(since('>=1.0po\u017ft1')).toBeUndefined()
    expect(since('~=1')).toBeUndefined()
  })

  it('is unsatisfiable without pre-releases where it holds nothing else', () => {
    const set = parseSpecifiers('>=1.0a1,<1.0a5')
    expect(set.isUnsatisfiable()).toBe(false)
    expect(set.isUnsatisfiable({ prereleases: false })).toBe(true)
  })
})
