import { describe, expect, it } from 'vitest'
import type { MetadataField } from '../../src/distribution/metadata.js'
import { parseMarker } from '../../src/standards/marker.js'
import { outcome, PYTHONS, pythonsOf } from '../../src/standards/python-versions.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'
import {
  clausePlace,
  comparisonPlace,
  comparisons,
  extraPlace,
  extrasIn,
  repairRequirement,
  repairSpecifiers,
  testOf,
} from '../../src/views/dependencies.js'

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

describe('the parts of a requirement', () => {
  const field = (value: string): MetadataField => ({
    member: 'METADATA',
    line: 7,
    column: 16,
    field: 'Requires-Dist',
    writtenName: 'Requires-Dist',
    value,
    utf8: true,
    bad: undefined,
    known: true,
  })

  it('are clauses with blanks in them, and the one that is told of equal ones', () => {
    const at = field('a (>= 1.0, !=1.0.1,>= 1.0,==1.*); b == ">=1.0"')
    const { clauses } = parseRequirement(field('a>=1.0,!=1.0.1,==1.*').value).specifier
    expect(clauses.map(clause => clausePlace(at, clause).mark)).toEqual(['>= 1.0', '!=1.0.1', '==1.*'])
    const [first] = clauses
    expect(first && [clausePlace(at, first, 1), clausePlace(at, first, 9)].map(({ column }) => column)).toEqual([
      35, 35,
    ])
    expect(first && clausePlace(field('a>=1.0.1'), first)).toEqual(field('a>=1.0.1'))
  })

  it('are extras, not the name', () => {
    expect(extraPlace(field('x [ y,x ]'), 'x')).toMatchObject({ column: 22, mark: 'x' })
  })

  it('are comparisons of the marker', () => {
    const at = field('a; os_name == "b" or ( "c"  in platform_version )')
    const tests = comparisons(parseRequirement(at.value).marker?.tree)
    expect(tests.map(test => comparisonPlace(at, test))).toMatchObject([
      { line: 7, column: 19, mark: 'os_name == "b"', value: at.value },
      { line: 7, column: 39, mark: '"c"  in platform_version' },
    ])
  })
})
