import { describe, expect, it } from 'vitest'
import {
  CLASSIFIERS,
  isName,
  isNormalizedName,
  isStdlibModule,
  KEYWORDS,
  normalizeName,
  parseImportName,
  StandardsError,
  wellKnownLabel,
} from '../../src/standards/index.js'

describe('a name', () => {
  it('is normalized to lower case and single dashes', () => {
    expect(normalizeName('Foo._-Bar')).toBe('foo-bar')
    expect([isName('a_'), isName('a\n'), isName('\u212a'), isName('a')]).toEqual([false, false, false, true])
    expect([isNormalizedName('a-b'), isNormalizedName('a--b')]).toEqual([true, false])
  })

  it.each([
    ['-a', 0],
    ['a b', 1],
    ['a-', 1],
    ['\u{1f600}', 0],
    ['a\u{1f600}b!', 1],
  ])('says where %j is wrong', (text, offset) => {
    expect(() => normalizeName(text)).toThrow(expect.objectContaining({ offset }))
  })
})

describe('an import name', () => {
  it('is dotted, and may be private', () => {
    expect(parseImportName('a.\u00e9_1 ;  private')).toMatchObject({ name: 'a.\u00e9_1', private: true })
    expect(parseImportName('match')).toMatchObject({ name: 'match', private: false })
  })

  it.each([
    ['a.class', 2, 7],
    ['a..b', 2, 2],
    ['', 0, 0],
    ['a; Private', 2, 10],
    ['a; private ', 2, 11],
    ['a;', 2, 2],
    [' a', 0, 2],
  ])('says where %j is wrong', (text, offset, end) => {
    expect(() => parseImportName(text)).toThrow(expect.objectContaining({ name: 'StandardsError', offset, end }))
  })
})

describe('the tables', () => {
  it('know the modules of each Python', () => {
    expect([isStdlibModule('tomllib'), isStdlibModule('tomllib', '3.10'), isStdlibModule('tomllib', '3.11')]).toEqual([
      true,
      false,
      true,
    ])
    expect([isStdlibModule('distutils', '3.11'), isStdlibModule('distutils', '3.12')]).toEqual([true, false])
    expect([isStdlibModule('numpy'), isStdlibModule('toString')]).toEqual([false, false])
    expect([KEYWORDS.has('class'), KEYWORDS.has('match')]).toEqual([true, false])
  })

  it('know the classifiers, and what replaces the deprecated ones', () => {
    expect(CLASSIFIERS.all.has('Programming Language :: Python :: 3')).toBe(true)
    expect(CLASSIFIERS.deprecated.get('Natural Language :: Ukranian')).toEqual(['Natural Language :: Ukrainian'])
    for (const old of CLASSIFIERS.deprecated.keys()) expect(CLASSIFIERS.all.has(old)).toBe(false)
    expect(CLASSIFIERS.date).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  it('know the labels of URLs', () => {
    expect([wellKnownLabel('Home Page'), wellKnownLabel('Bug-Tracker'), wellKnownLabel('Chat')]).toEqual([
      'homepage',
      'issues',
      undefined,
    ])
  })
})

describe('StandardsError', () => {
  it('is an Error with a name', () => {
    expect(new StandardsError('m', 3, 4)).toMatchObject({ name: 'StandardsError', message: 'm', offset: 3, end: 4 })
  })
})
