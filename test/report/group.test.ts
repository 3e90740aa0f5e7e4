import { describe, expect, it } from 'vitest'
import { groupFindings } from '../../src/report/group.js'
import { findingOf, reportOf, wheelOf } from './sample.js'

const TABLE = { path: 'pyproject.toml', line: 5, column: 1, endColumn: 10 }
const MARKED = { path: 'pyproject.toml', line: 5, column: 1, endColumn: 5 }

/** A finding about a field that no key gives. */
const missing = (field: string, fingerprint: string) =>
  findingOf({ fingerprint, location: { line: 1, column: undefined, field, value: undefined, source: TABLE } })

const groupsOf = (...files: Parameters<typeof wheelOf>[]) =>
  groupFindings(reportOf(files.map(args => wheelOf(...args)))).map(({ paths }) => paths.length)

describe('what is missing in one table', () => {
  it('is one fault for the sdist and 40 wheels', () => {
    const files = Array.from({ length: 41 }, (_, i) => [[missing('Author', 'a')], { path: `f${i}` }] as const)
    expect(groupsOf(...files.map(([findings, changes]) => [findings, changes] as Parameters<typeof wheelOf>))).toEqual([
      41,
    ])
  })

  it('is one fault for each field', () => {
    expect(groupsOf([[missing('Author', 'a'), missing('License-File', 'b')]])).toEqual([1, 1])
  })

  it('is one fault for each subject of one field', () => {
    expect(groupsOf([[missing('Requires-Dist', 'a'), missing('Requires-Dist', 'b')]])).toEqual([1, 1])
  })
})

describe('what is marked in one place', () => {
  const marked = (message: string, path: string, field: string) =>
    findingOf({ message, location: { path, line: 1, column: 1, field, value: field, mark: 'demo', source: MARKED } })

  it('is one fault, whatever each file calls it', () => {
    expect(
      groupsOf(
        [[marked('lost', 'a.whl', 'console_scripts')], { path: 'a.whl' }],
        [[marked('lost', 'a.tar.gz', 'project.scripts')], { path: 'a.tar.gz' }],
      ),
    ).toEqual([2])
  })

  it('is two faults where one file says two things of it', () => {
    expect(groupsOf([[marked('lost', 'a.whl', 'x'), marked('misspelled', 'a.whl', 'x')], { path: 'a.whl' }])).toEqual([
      1, 1,
    ])
  })
})
