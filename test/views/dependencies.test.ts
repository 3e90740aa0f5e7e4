import { describe, expect, it } from 'vitest'
import { parseMarker } from '../../src/standards/marker.js'
import { outcome, PYTHONS, pythonsOf } from '../../src/standards/python-versions.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'
import { comparisons, extrasIn, repairRequirement, repairSpecifiers, testOf } from '../../src/views/dependencies.js'

describe('what a wrong specifier was probably meant to be', () => {
  it.each([
    ['>=3.8.*', '>=3.8'],
    ['>=3.x', '>=3'],
    ['~=3', '~=3.0'],
    ['=>1', '>=1'],
    ['^1.2', '>=1.2,<2'],
    ['~>1.2', '~=1.2'],
    ['=1', '==1'],
    ['1.0', '==1.0'],
    ['>=1 <2', '>=1,<2'],
    ['(>=1)', '>=1'],
    ['>=1,', '>=1'],
    ['3.8.*', '==3.8.*'],
    ['*', undefined],
    ['latest', undefined],
    ['>='.repeat(400), undefined],
  ])('%j: %j', (text, repaired) => {
    expect(repairSpecifiers(text)).toBe(repaired)
  })

  it.each([
    ['PyYAML (~=6)', 'PyYAML~=6.0'],
    ['attrs => 23', 'attrs>=23'],
    ['attrs>=23; python_version<"3.9"', 'attrs>=23; python_version<"3.9"'],
    ['attrs[tests,]>=23', 'attrs[tests]>=23'],
    ['attrs;', 'attrs'],
    ['git+https://github.com/a/b', undefined],
    ['-e .', undefined],
  ])('%j: %j', (text, repaired) => {
    expect(repairRequirement(text)).toBe(repaired)
  })
})

describe('markers', () => {
  it('turns a comparison towards its variable', () => {
    const [comparison] = comparisons(parseMarker('"3.9" < python_version').tree)
    expect(comparison && testOf(comparison)).toEqual({
      variable: 'python_version',
      operator: '>',
      literal: '3.9',
      reversed: true,
    })
  })

  it('lists comparisons from left to right', () => {
    const { tree } = parseMarker('os_name == "a" and (os_name == "b" or os_name == "c") or os_name == "d"')
    expect(comparisons(tree).map(comparison => testOf(comparison)?.literal)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('finds the extras that a requirement is for', () => {
    expect(extrasIn(parseRequirement('a; (extra == "X_y" or "z" == extra) and os_name != "nt"'))).toEqual(['x-y', 'z'])
    expect(extrasIn(parseRequirement('a; extra != "x"'))).toEqual([])
  })

  it.each([
    ['python_version < "3.9"', '3.8', true],
    ['python_version < "3.9"', '3.9', false],
    ['python_full_version < "3.9.2"', '3.9', undefined],
    ['python_full_version < "3.9.2"', '3.8', true],
    ['sys_platform == "win32"', '3.9', undefined],
    ['sys_platform == "win32" and python_version < "3"', '3.9', false],
    ['sys_platform == "win32" or python_version > "3"', '3.9', true],
    ['python_version ~= "x"', '3.9', undefined],
    ['python_version == python_full_version', '3.9', undefined],
  ])('%s on %s: %s', (marker, python, expected) => {
    expect(outcome(parseMarker(marker).tree, python)).toBe(expected)
  })

  it('knows which Pythons Requires-Python admits', () => {
    expect(pythonsOf(parseSpecifiers('>=3.9.2,<3.12'))).toEqual(['3.9', '3.10', '3.11'])
    expect(pythonsOf(parseSpecifiers('<3.0'))).toEqual(['2.7'])
    expect(pythonsOf(undefined)).toEqual(PYTHONS)
  })
})
