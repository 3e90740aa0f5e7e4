import { describe, expect, it } from 'vitest'
import { renderConcise } from '../../src/report/concise.js'
import { findingOf, memberFinding, reportOf, wheelOf } from './sample.js'

const ROW = /^(?<path>[^:]+(?:\\x3a[^:]*)*):(?<line>\d+):(?<column>\d+): (?:error|warning|info)\[[a-z0-9-]+\] \S/

describe('the concise report', () => {
  it('has a line for each finding, and one for a line of the project', () => {
    const report = reportOf([
      wheelOf([findingOf(), memberFinding('tests/')]),
      wheelOf([findingOf(), memberFinding('tests/')], { path: 'dist/b.whl' }),
    ])
    expect(renderConcise(report)).toBe(`\
pyproject.toml:7:11: error[license-expression-invalid] License-Expression 'MIT License' is not an SPDX expression. (in 2 files)
dist/demo_pkg-1.0-py3-none-any.whl:1:1: warning[contents-tests-toplevel] The wheel installs tests/ at the top level. (tests/)
dist/b.whl:1:1: warning[contents-tests-toplevel] The wheel installs tests/ at the top level. (tests/)
`)
    expect(renderConcise(report, { openable: path => `../${path}` })).toMatch(/^\.\.\/pyproject\.toml:7:11: /)
    expect(renderConcise(reportOf([wheelOf([])]))).toBe('')
  })

  it('says where in the file it is', () => {
    const at = (location: object) =>
      renderConcise(reportOf([wheelOf([findingOf({ location: { source: undefined, ...location } })])]))
    expect(at({})).toMatch(/ \(demo_pkg-1\.0\.dist-info\/METADATA:4:21\)\n$/)
    expect(at({ member: undefined, line: undefined, column: undefined, offset: 12 })).toMatch(/, byte 12\)\n$/)
    expect(at({ member: undefined, line: undefined, column: 14 })).toMatch(/expression\.\n$/)
  })

  it('keeps the paths of Windows', () => {
    const path = 'C:\\dist\\demo.whl'
    expect(renderConcise(reportOf([wheelOf([memberFinding('x')], { path })]))).toMatch(/^C:\\dist\\demo\.whl:1:1: /)
  })

  it.each([
    'a\n::error::b',
    '::error file=x::b',
    'a:1:1: error[fake] b',
    '##[error]b',
    '\u001b[31m\u202e',
    'section_start',
  ])('lets no text start a command, a line or another place: %j', evil => {
    const text = renderConcise(
      reportOf([
        wheelOf(
          [
            findingOf({ message: evil, location: { member: evil, source: { path: evil, line: 1, column: 2 } } }),
            memberFinding(evil, { message: evil, location: { source: undefined } }),
          ],
          { path: evil },
        ),
      ]),
    )
    expect(text).not.toMatch(/[\u001b\u202e]|##\[|^\s*::|section_start:/m)
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines) if (evil !== 'section_start') expect(line).toMatch(ROW)
  })
})
