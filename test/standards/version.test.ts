import { describe, expect, it } from 'vitest'
import { compareVersions, parseVersion, StandardsError, tryVersion } from '../../src/standards/index.js'

describe('a version', () => {
  it('has its parts', () => {
    const version = parseVersion('v1!2.0-rc.3.post4.dev5+Ubuntu-01')
    expect(version).toMatchObject({
      epoch: 1n,
      release: [2n, 0n],
      pre: ['rc', 3n],
      post: 4n,
      dev: 5n,
      local: ['ubuntu', 1n],
      isPrerelease: true,
      isPostrelease: true,
      public: '1!2.0rc3.post4.dev5',
      base: '1!2.0',
    })
    expect(String(version)).toBe('1!2.0rc3.post4.dev5+ubuntu.1')
    expect(JSON.stringify({ version })).toBe('{"version":"1!2.0rc3.post4.dev5+ubuntu.1"}')
  })

  it('keeps numbers of any size exact, up to what Python converts', () => {
    const large = '9'.repeat(4300)
    expect(String(parseVersion(large))).toBe(large)
    expect(compareVersions(parseVersion(large), parseVersion(`1${'0'.repeat(4299)}`))).toBeGreaterThan(0)
    expect(() => parseVersion(`9${large}`)).toThrow(StandardsError)
  })

  it('takes ASCII letters and digits only, but any blank around', () => {
    expect(String(parseVersion('\u00a01.0\u2003'))).toBe('1.0')
    for (const text of ['1.0\u0131', 'de\u017f1', '\u0661.0', '1.0po\u017ft1']) expect(tryVersion(text)).toBeUndefined()
  })

  it.each([
    ['1.0.x', 3],
    ['1.0 beta x', 3],
    [' 1.0+a_', 6],
    ['', 0],
    ['x1', 0],
    ['1.0\u{1f600}', 3],
  ])('says where %j stops being one', (text, offset) => {
    expect(() => parseVersion(text)).toThrow(expect.objectContaining({ name: 'StandardsError', offset }))
  })

  it('counts offsets in code points', () => {
    expect(() => parseVersion('\u{1f600}1')).toThrow(expect.objectContaining({ offset: 0 }))
  })
})
