import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/finding.js'
import type { SourceContext } from '../../src/project/source-context.js'
import { lineHash } from '../../src/report/line-hash.js'
import type { Report, ReportDistribution } from '../../src/report/report.js'
import { renderSarif, type SarifOptions, sarifLeftOut } from '../../src/report/sarif.js'
import type { Rule } from '../../src/rule.js'
import { findingOf, memberFinding, pyproject, reportOf, wheelOf } from './sample.js'
import { ruleOf } from './sample-rule.js'

// OASIS' schema, as the npm package @microsoft/sarif-multitool-linux 5.7.0 (MIT) distributes it.
const schema = JSON.parse(readFileSync(new URL('./sarif-2.1.0.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: false, allErrors: true, validateFormats: false }).compile(schema)

const source: SourceContext = {
  relative: path => (path.startsWith('/') ? undefined : path),
  text: path => (path === 'pyproject.toml' ? pyproject : undefined),
}
const rules: readonly Rule[] = [
  ruleOf({ id: 'license-expression-invalid', topic: 'license', enforcedBy: ['pypi', 'twine'] }),
  ruleOf({ id: 'contents-tests-toplevel', topic: 'contents', severity: 'warning', precision: 'high' }),
  ruleOf({ id: 'zip-two-directories', topic: 'archive', securitySeverity: 8 }),
  ruleOf({ id: 'never-seen' }),
]

// biome-ignore lint/suspicious/noExplicitAny: the schema says what it is
type Run = any

function runOf(report: Report, options: Partial<SarifOptions> = {}): Run {
  const log = JSON.parse(renderSarif(report, { rules, source, ...options }))
  validate(log)
  expect(validate.errors).toBeNull()
  expect(log.version).toBe('2.1.0')
  expect(log.runs).toHaveLength(1)
  return log.runs[0]
}
const resultsOf = (findings: readonly Finding[], changes: Partial<ReportDistribution> = {}) =>
  runOf(reportOf([wheelOf(findings, changes)])).results

describe('SARIF 2.1.0', () => {
  it('is one run that succeeded, with findings too', () => {
    const run = runOf(reportOf([wheelOf([findingOf()])]))
    expect(run.invocations).toEqual([{ executionSuccessful: true }])
    expect(run.columnKind).toBe('utf16CodeUnits')
    expect(run.automationDetails).toBeUndefined()
    expect(runOf(reportOf([])).results).toEqual([])
  })

  it('writes the same bytes for the same report', () => {
    const report = reportOf([wheelOf([findingOf(), memberFinding('tests/')])])
    expect(renderSarif(report, { rules, source })).toBe(
      renderSarif(structuredClone(report), { rules: [...rules].reverse(), source }),
    )
  })
})

describe('rules', () => {
  const driver = runOf(
    reportOf([wheelOf([findingOf(), memberFinding('t/'), memberFinding('x', { rule: 'zip-two-directories' })])]),
  ).tool.driver

  it('are only those with results, with help, level, precision and problem.severity', () => {
    expect(driver.rules.map(({ id }: Rule) => id)).toEqual([
      'contents-tests-toplevel',
      'license-expression-invalid',
      'zip-two-directories',
    ])
    expect(driver.rules[1]).toMatchObject({
      name: 'LicenseExpressionInvalid',
      helpUri: 'https://github.com/distaudit/distaudit/blob/main/docs/rules/license-expression-invalid.md',
      defaultConfiguration: { level: 'error' },
      properties: {
        precision: 'very-high',
        'problem.severity': 'error',
        tags: ['packaging', 'license', 'pypi', 'twine'],
      },
    })
    for (const rule of driver.rules) {
      expect(rule.help.text).not.toBe('')
      expect(rule.help.markdown).toContain('**Fix.**')
      expect(rule.shortDescription.text.length).toBeLessThanOrEqual(1024)
    }
  })

  it('say what breaks', () => {
    const rules = [ruleOf({ enforcedBy: [], breaks: 'The import fails on Windows.' })]
    const [rule] = runOf(reportOf([wheelOf([findingOf()])]), { rules }).tool.driver.rules
    expect(rule.properties.breaks).toBe('The import fails on Windows.')
    expect(rule.help.markdown).toContain('**What breaks.** The import fails on Windows.')
  })

  it('have security-severity for attacks alone, as text between 0.1 and 10.0', () => {
    expect(driver.rules.map((rule: Run) => rule.properties['security-severity'])).toEqual([undefined, undefined, '8.0'])
  })

  it('have fewer than 10 tags and short descriptions', () => {
    const many = ruleOf({
      id: 'contents-tests-toplevel',
      why: 'x'.repeat(3000),
      enforcedBy: [
        'pypi',
        'pypi-crash',
        'pypi-mail',
        'pypi-state',
        'twine',
        'packaging',
        'pip',
        'uv',
        'auditwheel',
        'interpreter',
        'system',
      ],
    })
    const [rule] = runOf(reportOf([wheelOf([memberFinding('t/')])]), { rules: [many] }).tool.driver.rules
    expect(rule.properties.tags).toHaveLength(9)
    expect(rule.fullDescription.text).toHaveLength(1024)
  })

  it('are pointed to by every result', () => {
    const run = runOf(reportOf([wheelOf([findingOf(), memberFinding('t/')])]))
    for (const result of run.results) expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
  })
})

describe('a finding with a source line', () => {
  const [result] = resultsOf([findingOf()])

  it('is a one-line region in the repository, with the member as logical and the file as related location', () => {
    expect(result).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'pyproject.toml', uriBaseId: 'SRCROOT' },
            region: { startLine: 7, startColumn: 11, endLine: 7, endColumn: 24 },
          },
          logicalLocations: [{ fullyQualifiedName: 'demo-pkg/wheel/METADATA/License-Expression', kind: 'member' }],
        },
      ],
      relatedLocations: [
        {
          id: 1,
          message: { text: 'METADATA line 4 of demo_pkg-1.0-py3-none-any.whl' },
          physicalLocation: { artifactLocation: { uri: 'dist/demo_pkg-1.0-py3-none-any.whl' } },
        },
      ],
    })
    expect(result.message.text).toBe(
      "License-Expression 'MIT License' is not an SPDX expression. See [METADATA line 4 of demo_pkg-1.0-py3-none-any.whl](1).",
    )
  })

  it("carries the action's hash of that line and our own fingerprint", () => {
    expect(result.partialFingerprints).toEqual({
      primaryLocationLineHash: lineHash(pyproject, 7),
      'distauditFinding/v1': '8d0a5f9f2c9a4a0c',
    })
  })

  it('leaves the hash to the action when the file was not read', () => {
    const [bare] = runOf(reportOf([wheelOf([findingOf()])]), { source: undefined }).results
    expect(bare.partialFingerprints).toEqual({ 'distauditFinding/v1': '8d0a5f9f2c9a4a0c' })
  })
})

describe('a finding without a source line', () => {
  it('is about the build file as a whole: the line that stands for it, from end to end', () => {
    const [result] = resultsOf([memberFinding('tests/')])
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'pyproject.toml', uriBaseId: 'SRCROOT' },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: pyproject.indexOf('\n') + 1 },
    })
    expect(result.partialFingerprints).toEqual({
      primaryLocationLineHash: lineHash(pyproject, 1),
      'distauditFinding/v1': '3f1c9b2ad0e47710',
    })
  })

  it('has no columns when the build file was not read', () => {
    const [result] = runOf(reportOf([wheelOf([memberFinding('tests/')])]), { source: undefined }).results
    expect(result.locations[0].physicalLocation.region).toEqual({ startLine: 1, endLine: 1 })
  })

  it('has no region for a place in the file name', () => {
    const location = { member: undefined, line: undefined, column: 14, mark: 'PY3', source: undefined }
    const [result] = resultsOf([findingOf({ location })])
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'dist/demo_pkg-1.0-py3-none-any.whl', uriBaseId: 'SRCROOT' },
    })
  })

  it('is about the distribution when the checkout has no build file', () => {
    const [result] = resultsOf([memberFinding('tests/', { location: { source: undefined } })])
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe('dist/demo_pkg-1.0-py3-none-any.whl')
  })
})

describe('one result for one rule, source line and subject', () => {
  const sdist = wheelOf(
    [findingOf({ fingerprint: '0000000000000001', location: { member: 'demo_pkg-1.0/PKG-INFO', line: 9 } })],
    {
      path: 'dist/demo_pkg-1.0.tar.gz',
      kind: 'sdist',
    },
  )
  const wheels = Array.from({ length: 40 }, (_, i) =>
    wheelOf([findingOf()], { path: `dist/demo_pkg-1.0-cp3${i}-none-any.whl` }),
  )

  it('however many distributions show it: 20 of them related', () => {
    const { results } = runOf(reportOf([sdist, ...wheels]))
    expect(results).toHaveLength(1)
    expect(results[0].message.text).toContain(
      ' In 41 distributions, first [PKG-INFO line 9 of demo_pkg-1.0.tar.gz](1).',
    )
    expect(results[0].relatedLocations).toHaveLength(20)
  })

  it('tells two values on one line apart, and gives the second a hash of ours, lest GitHub drop it', () => {
    const other = findingOf({ fingerprint: '1111111111111111', location: { value: 'BSD' } })
    const hashes = resultsOf([findingOf(), other]).map(
      (result: Run) => result.partialFingerprints.primaryLocationLineHash,
    )
    expect(hashes).toEqual([lineHash(pyproject, 7), '8d0a5f9f2c9a4a0c:1'])
  })

  it('gives two rules on one line the same hash', () => {
    const hashes = resultsOf([findingOf(), findingOf({ rule: 'never-seen' })]).map(
      (result: Run) => result.partialFingerprints.primaryLocationLineHash,
    )
    expect(hashes).toEqual([lineHash(pyproject, 7), lineHash(pyproject, 7)])
  })

  it('tells two values on one line apart', () => {
    const other = findingOf({ location: { value: 'BSD' } })
    expect(resultsOf([findingOf(), other])).toHaveLength(2)
    const parts = ['MIT', 'License'].map(mark => findingOf({ location: { mark } }))
    expect(resultsOf(parts)).toHaveLength(2)
    const inNames = ['py2', 'py3'].map(mark =>
      findingOf({ location: { member: undefined, line: undefined, column: 14, mark } }),
    )
    expect(resultsOf(inNames)).toHaveLength(1)
  })

  it('has fingerprints that change with no version, tag, folder, or order of files', () => {
    const fingerprints = (distributions: readonly ReportDistribution[]) =>
      runOf(reportOf(distributions)).results.map((result: Run) => result.partialFingerprints)
    const first = fingerprints([sdist, wheels[0]!])
    const moved = wheelOf([findingOf({ location: { member: 'demo_pkg-2.0.dist-info/METADATA', line: 12 } })], {
      path: 'out/demo_pkg-2.0-cp314-cp314-win_amd64.whl',
      version: '2.0',
    })
    expect(fingerprints([moved, { ...sdist, path: '/tmp/x/demo_pkg-2.0.tar.gz' }])).toEqual(first)
  })
})

describe('limits', () => {
  const many = Array.from({ length: 12 }, (_, i) =>
    memberFinding(`m${i}`, { fingerprint: String(i).padStart(16, '0'), severity: i === 11 ? 'error' : 'info' }),
  )

  it('keeps the worst and says what was left out', () => {
    const report = reportOf([wheelOf(many)])
    const run = runOf(report, { maxResults: 5 })
    expect(run.results).toHaveLength(5)
    expect(run.results[0].level).toBe('error')
    expect(run.results[1].level).toBe('note')
    expect(run.invocations[0].executionSuccessful).toBe(true)
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      {
        level: 'warning',
        message: { text: '7 of 12 results were left out, the least severe first; 0 of them are errors.' },
      },
    ])
    expect(sarifLeftOut(report, 5)).toBe(7)
    expect(sarifLeftOut(report)).toBe(0)
  })

  it('says how many notes are not shown', () => {
    const run = runOf(reportOf([]), { hidden: { warning: 0, info: 5 } })
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'note', message: { text: '5 info; --severity info shows them.' } },
    ])
  })

  it('is 5,000 results', () => {
    const findings = Array.from({ length: 5003 }, (_, i) =>
      memberFinding(`m${i}`, { fingerprint: String(i).padStart(16, '0') }),
    )
    const { results } = JSON.parse(renderSarif(reportOf([wheelOf(findings)]), { rules, source })).runs[0]
    expect(results).toHaveLength(5000)
  })
})

describe('paths', () => {
  const uriOf = (path: string, context = source) => {
    const report = reportOf([wheelOf([memberFinding('x', { location: { source: undefined } })], { path })])
    return runOf(report, { source: context }).results[0].locations[0].physicalLocation.artifactLocation.uri
  }

  it.each([
    ['dist/a b%c#d?.whl', 'dist/a%20b%25c%23d%3F.whl'],
    ['./dist//ä.whl', 'dist/%C3%A4.whl'],
    ['/tmp/out/a.whl', 'a.whl'],
    ['dist/../../a.whl', 'a.whl'],
    ['a:b.whl', 'a%3Ab.whl'],
    ['dist\\a.whl', 'dist/a.whl'],
    ['\ud800.whl', '%EF%BF%BD.whl'],
  ])('%j becomes %s', (path, uri) => {
    expect(uriOf(path)).toBe(uri)
  })
})

it('lets no link, placeholder or control character of a file into a message', () => {
  const [result] = resultsOf([findingOf({ message: 'a [x](https://evil) {0} \\ \u202e ##[error]' })])
  expect(result.message.text).toMatch(
    /^a \\\[x\\\]\(https:\/\/evil\) \{\{0\}\} \\\\\\\\ \\\\u202e ##\\\[error\\\]\. See \[/,
  )
})

it('writes results of a rule that it does not know', () => {
  const run = runOf(reportOf([wheelOf([findingOf({ rule: 'from-a-plugin' })])]))
  expect(run.tool.driver.rules[0]).toMatchObject({ id: 'from-a-plugin', defaultConfiguration: { level: 'error' } })
})
