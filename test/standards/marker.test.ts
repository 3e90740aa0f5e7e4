import { describe, expect, it } from 'vitest'
import { DRAFT_MARKER_VARIABLES, parseMarker, StandardsError } from '../../src/standards/index.js'

describe('a marker', () => {
  it('is a tree in which and binds tighter than or', () => {
    const text = 'os_name=="a" or sys.platform=="b" and (extra=="C_D")'
    const compare = (name: string, value: string, written: string) => ({
      kind: 'compare',
      lhs: { kind: 'variable', name },
      operator: '==',
      rhs: { kind: 'literal', value },
      start: text.indexOf(written),
      end: text.indexOf(written) + written.length,
    })
    expect(parseMarker(text).tree).toEqual({
      kind: 'or',
      parenthesized: false,
      terms: [
        compare('os_name', 'a', 'os_name=="a"'),
        {
          kind: 'and',
          parenthesized: false,
          terms: [compare('sys_platform', 'b', 'sys.platform=="b"'), compare('extra', 'c-d', 'extra=="C_D"')],
        },
      ],
    })
  })

  it('keeps the parentheses that group, and drops the others', () => {
    expect(String(parseMarker('((os_name=="a" and os_name=="b")) and (os_name=="c")'))).toBe(
      '(os_name == "a" and os_name == "b") and os_name == "c"',
    )
  })

  it('interprets escapes as Python does', () => {
    const value = (text: string) => {
      const { tree } = parseMarker(`os_name == ${text}`)
      return tree.kind === 'compare' && tree.rhs.kind === 'literal' ? tree.rhs.value : undefined
    }
    expect(value(String.raw`'\x41\u00e9\101\n\d\\'`)).toBe('A\u00e9A\n\\d\\')
    expect(value('"a\\\r\nb"')).toBe('ab')
    for (const text of [String.raw`"\x4"`, '"a\nb"', '"\0"', String.raw`"\N{DASH}"`])
      expect(() => value(text)).toThrow('Invalid quoted string')
  })

  it('cannot be written when a value holds both kinds of quotes', () => {
    const marker = parseMarker(String.raw`os_name == '"\x27'`)
    expect(marker.evaluate({ os_name: `"'` })).toBe(true)
    expect(() => marker.toString()).toThrow(StandardsError)
  })

  it('needs a value for each variable, even where the rest decides', () => {
    expect(() => parseMarker('os_name == "a" or sys_platform == "b"').evaluate({ os_name: 'a' })).toThrow(
      StandardsError,
    )
    expect(() => parseMarker('"x" == "toString"').evaluate({})).toThrow(StandardsError)
  })

  it('knows sets of names where a lock file gives them', () => {
    const marker = parseMarker('"Foo_Bar" in extras')
    expect(String(marker)).toBe('"foo-bar" in extras')
    expect(marker.evaluate({ extras: ['FOO.bar'] })).toBe(true)
    expect(marker.evaluate({}, 'lock_file')).toBe(false)
    expect(() => marker.evaluate({})).toThrow(StandardsError)
    expect(() => parseMarker('extras == "x"').evaluate({ extras: new Set(['x']) })).toThrow(StandardsError)
  })

  it('reads a build between two releases of Python as a local version', () => {
    expect(parseMarker('python_full_version >= "3.14"').evaluate({ python_full_version: '3.14.0+' })).toBe(true)
  })

  it('does not read variables of drafts', () => {
    for (const name of DRAFT_MARKER_VARIABLES.keys())
      expect(() => parseMarker(`${name} == "x"`)).toThrow(StandardsError)
  })
})
