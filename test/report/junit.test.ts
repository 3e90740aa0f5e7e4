import { describe, expect, it } from 'vitest'
import { renderJunit } from '../../src/report/junit.js'
import { findingOf, memberFinding, reportOf, wheelOf } from './sample.js'
import { ruleOf } from './sample-rule.js'

const rules = [
  ruleOf(),
  ruleOf({ id: 'record-x', topic: 'record' }),
  ruleOf({ id: 'set-differs', topic: 'release', applies: ['release'] }),
]

describe('JUnit XML', () => {
  it('has a suite a distribution, a case a finding, and a passing case for each topic without any', () => {
    const report = reportOf([wheelOf([findingOf()])])
    expect(renderJunit(report, { rules, timestamp: '2026-11-23T14:40:00' })).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="distaudit" tests="2" failures="1" errors="0" time="0">
  <testsuite name="demo_pkg-1.0-py3-none-any.whl" id="0" package="distaudit" tests="2" failures="1" errors="0" skipped="0" time="0" timestamp="2026-11-23T14:40:00" hostname="localhost">
    <testcase classname="distaudit.license" name="demo_pkg-1.0-py3-none-any.whl: license-expression-invalid: METADATA:4:21" time="0">
      <failure type="error" message="License-Expression &#39;MIT License&#39; is not an SPDX expression.">pyproject.toml:7:11&#10;Write \`license = &quot;MIT&quot;\` in [project].</failure>
    </testcase>
    <testcase classname="distaudit.record" name="demo_pkg-1.0-py3-none-any.whl: record" time="0"/>
  </testsuite>
</testsuites>
`)
  })

  it('passes what is below the threshold, with its text', () => {
    const report = reportOf([wheelOf([memberFinding('x')])])
    expect(renderJunit(report, { rules })).toContain('failures="0"')
    expect(renderJunit(report, { rules })).toContain('<system-out>warning: The wheel installs x at the top level.')
    expect(renderJunit(report, { rules, failOn: 'warning' })).toContain('<failure type="warning"')
    expect(renderJunit(reportOf([wheelOf([findingOf()])]), { rules, failOn: 'never' })).not.toContain('<failure')
  })

  it('numbers equal names, of which GitLab shows only the first', () => {
    const text = renderJunit(reportOf([wheelOf([findingOf(), findingOf({ message: 'other' })])]), { rules })
    const names = [...text.matchAll(/ name="([^"]*METADATA[^"]*)"/g)].map(match => match[1])
    expect(new Set(names).size).toBe(2)
    expect(names[1]).toMatch(/ \(2\)$/)
  })

  it('uses the path where two files have one name', () => {
    const text = renderJunit(reportOf([wheelOf([], { path: 'a/x.whl' }), wheelOf([], { path: 'b/x.whl' })]), { rules })
    expect(text).toMatch(/<testsuite name="a\/x\.whl" id="0"/)
    expect(text).toMatch(/<testsuite name="b\/x\.whl" id="1"/)
  })

  it('has a suite for a release', () => {
    const releases = [{ name: 'demo', version: '1.0', distributions: ['a'], findings: [] }]
    expect(renderJunit(reportOf([], { releases }), { rules })).toContain(
      'classname="distaudit.release" name="demo 1.0: release"',
    )
  })

  it('carries nothing that XML cannot, and no attribute that Jenkins forbids', () => {
    const evil = '\0\u0001<&>"\'\ufffe\ud800]]>\u202e'
    const text = renderJunit(
      reportOf([wheelOf([findingOf({ message: evil, help: evil, location: { member: evil } })], { path: evil })]),
      { rules },
    )
    expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\ufffe\uffff\u202e]|[\ud800-\udbff](?![\udc00-\udfff])|]]>/)
    expect(text).not.toMatch(/<(?:testcase|testsuites)[^>]* (?:file|line|skipped)=|<properties/)
    expect(text.replace(/&(?:amp|lt|gt|quot|#39|#10);/g, '')).not.toContain('&')
  })
})
