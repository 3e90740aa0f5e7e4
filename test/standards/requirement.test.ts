import { describe, expect, it } from 'vitest'
import { parseRequirement } from '../../src/standards/index.js'

describe('a requirement', () => {
  it('has its parts', () => {
    const requirement = parseRequirement('Foo_Bar [B, a,B] (>=1, <2); os_name == "nt"')
    expect(requirement).toMatchObject({ name: 'Foo_Bar', extras: ['B', 'a'], url: undefined })
    expect(requirement.specifier.clauses.map(String)).toEqual(['>=1', '<2'])
    expect(requirement.marker?.tree.kind).toBe('compare')
    expect(String(requirement)).toBe('Foo_Bar[B,a]<2,>=1; os_name == "nt"')
  })

  it('ends a URL at a blank, not at a semicolon', () => {
    expect(parseRequirement('a @ https://x;os_name=="nt"').url).toBe('https://x;os_name=="nt"')
    const { url, marker } = parseRequirement('a@https://x ;os_name=="nt"')
    expect([url, String(marker)]).toEqual(['https://x', 'os_name == "nt"'])
  })

  it('gives the span of an error in code points', () => {
    expect(() => parseRequirement('a; os_name == "\u{1f600}" or x')).toThrow(expect.objectContaining({ offset: 21 }))
    expect(() => parseRequirement('a>=1.0.*')).toThrow(expect.objectContaining({ offset: 1, end: 7 }))
  })

  it('divides === at a comma that the text seemed to hold', () => {
    expect(String(parseRequirement('a===1,>=2').specifier)).toBe('===1,>=2')
    expect(() => parseRequirement('a===1,2')).toThrow(expect.objectContaining({ offset: 1, end: 7 }))
  })
})
