import { describe, expect, it } from 'vitest'
import { renderGitlab } from '../../src/report/gitlab.js'
import { findingOf, memberFinding, reportOf, wheelOf } from './sample.js'

const entriesOf = (...args: Parameters<typeof wheelOf>) => JSON.parse(renderGitlab(reportOf([wheelOf(...args)])))

describe("GitLab's code quality report", () => {
  it('has the keys that GitLab needs', () => {
    expect(entriesOf([findingOf()])).toEqual([
      {
        description: `License-Expression 'MIT License' is not an SPDX expression. Write \`license = "MIT"\` in [project].`,
        check_name: 'license-expression-invalid',
        fingerprint: '8d0a5f9f2c9a4a0c',
        severity: 'critical',
        location: { path: 'pyproject.toml', lines: { begin: 7 } },
      },
    ])
  })

  it('is an array without a byte order mark, also when there is nothing', () => {
    expect(renderGitlab(reportOf([]))).toBe('[]\n')
  })

  it.each([
    [findingOf(), 'critical'],
    [findingOf({ enforcedBy: ['pip'] }), 'major'],
    [memberFinding('x'), 'minor'],
    [memberFinding('x', { severity: 'info' }), 'info'],
  ])('maps severities: %#', (finding, severity) => {
    expect(entriesOf([finding])[0].severity).toBe(severity)
  })

  it('never repeats a fingerprint, and keeps line numbers out of it', () => {
    const twice = [findingOf(), findingOf({ location: { value: 'other' } })]
    expect(entriesOf(twice).map((entry: { fingerprint: string }) => entry.fingerprint)).toEqual([
      '8d0a5f9f2c9a4a0c',
      '8d0a5f9f2c9a4a0c-2',
    ])
    const moved = findingOf({ location: { line: 90, source: { path: 'pyproject.toml', line: 70, column: 1 } } })
    expect(entriesOf([moved])[0].fingerprint).toBe('8d0a5f9f2c9a4a0c')
  })

  it('is one entry for a fault in many distributions', () => {
    const wheels = ['a', 'b'].map(name => wheelOf([findingOf()], { path: `${name}.whl` }))
    const entries = JSON.parse(renderGitlab(reportOf(wheels)))
    expect(entries).toHaveLength(1)
    expect(entries[0].description).toContain(' In 2 distributions. ')
  })

  it('names the distribution, relative and without ./, where there is no source line', () => {
    const finding = memberFinding('x', { location: { source: undefined } })
    expect(entriesOf([finding], { path: './dist/a.whl' })[0].location).toEqual({
      path: 'dist/a.whl',
      lines: { begin: 1 },
    })
  })
})
