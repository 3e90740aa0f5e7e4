import { describe, expect, it } from 'vitest'
import { newerSpdxLicense, parseLicenseExpression, spdxLicense } from '../../src/standards/index.js'

describe('a licence expression', () => {
  it('is a tree in which WITH binds tighter than AND, and AND tighter than OR', () => {
    const { tree } = parseLicenseExpression('mit or (gpl-2.0+ with Classpath-exception-2.0 AND LicenseRef-x)')
    expect(tree).toEqual({
      kind: 'or',
      terms: [
        { kind: 'license', id: 'MIT', orLater: false, isRef: false, exception: undefined, deprecated: [] },
        {
          kind: 'and',
          terms: [
            {
              kind: 'license',
              id: 'GPL-2.0',
              orLater: true,
              isRef: false,
              exception: 'Classpath-exception-2.0',
              deprecated: ['GPL-2.0+'],
            },
            { kind: 'license', id: 'LicenseRef-x', orLater: false, isRef: true, exception: undefined, deprecated: [] },
          ],
        },
      ],
    })
  })

  it('lists every use, the repeated ones too', () => {
    const { licenses } = parseLicenseExpression('(MIT OR GPL-3.0) AND MIT')
    expect(licenses.map(({ id, deprecated }) => [id, ...deprecated])).toEqual([
      ['MIT'],
      ['GPL-3.0', 'GPL-3.0'],
      ['MIT'],
    ])
  })

  it.each([
    ['MIT OR', 6, 6],
    ['MIT Apache-2.0', 4, 14],
    ['MIT OR (ISC', 7, 8],
    ['MIT OR Foo', 7, 10],
    ['MIT WITH Foo', 9, 12],
    ['(MIT) WITH LLVM-exception', 6, 10],
    ['', 0, 0],
  ])('says where %j is wrong', (text, offset, end) => {
    expect(() => parseLicenseExpression(text)).toThrow(expect.objectContaining({ offset, end }))
  })

  it('knows which identifiers come only with a later list', () => {
    expect(spdxLicense('apache-2.0')).toBe('Apache-2.0')
    expect([spdxLicense('OpenMDW-1.0'), newerSpdxLicense('openmdw-1.0')]).toEqual([undefined, 'OpenMDW-1.0'])
  })
})
