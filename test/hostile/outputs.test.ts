/** Names and values made to harm anyone who reads them, through every format. */

import { describe, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import type { Finding } from '../../src/finding.js'
import { explainMarkdown, explainText } from '../../src/report/explain.js'
import { outputsOf } from '../fuzz/audit-case.js'
import { findingOf, reportOf, wheelOf } from '../report/sample.js'
import { auditBuilt } from '../support/audit-built.js'
import fc from '../support/fc.js'
import { unsafeIn } from '../support/unsafe.js'

const HARMFUL = [
  '\x1b[31m',
  '\x1b]8;;http://evil\x07',
  '\x9b2J',
  '\x07',
  '\x08',
  '\r',
  '\n',
  '\t',
  '\0',
  '\x7f',
  '\u2028',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u061c',
  '\ufeff',
  '\ud800',
  '\udc00',
  '\ufffe',
  '\u{e0041}',
  '\u115f',
  '\u00ad',
  '::error::x',
  '\n::error::x',
  '\r\n ::set-output name=a::b',
  '##[group]',
  '##vso[task.setvariable]',
  '##teamcity[x]',
  'section_start:1:x',
  '%0A::error::x',
  ']]>',
  '<script>',
  '&amp;',
  '"',
  "'",
  '`',
  '```',
  '|',
  '[a](http://b)',
  '![a](b)',
  '{0}',
  '\\',
  '@user',
  '#1',
  '--',
  '<!--',
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...HARMFUL), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 8 })
  .map(parts => parts.join(''))
const RUNS = { numRuns: 150 }

/** What every format gives of a report with one such finding. */
function check(finding: Finding, path: string): void {
  const report = reportOf([wheelOf([finding], { path })])
  for (const [format, output] of outputsOf(report)) {
    expect(unsafeIn(output), format).toBeUndefined()
    if (format === 'json' || format === 'sarif' || format === 'gitlab') JSON.parse(output)
    if (format === 'junit') expect(wellFormed(output)).toBe(true)
  }
}

/** Tags nest and close, and nothing else has a `<` or a bare `&`. */
function wellFormed(xml: string): boolean {
  const open: string[] = []
  const rest = xml
    .replace(/<\?xml[^?]*\?>/, '')
    .replace(/<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)\s*(\/?)>/g, (_, end, name, _attributes, single) => {
      if (end) {
        if (open.pop() !== name) open.push('wrong')
      } else if (!single) open.push(name)
      return ''
    })
  return open.length === 0 && !rest.includes('<') && !/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-f]+);)/i.test(xml)
}

describe('every format', () => {
  it('escapes messages, members, fields, values, snippets and hints', () => {
    fc.assert(
      fc.property(text, text, text, text, (message, member, value, snippet) => {
        const finding = findingOf({ message, snippet, location: { member, value, field: 'Name' } })
        check(finding, 'dist/demo_pkg-1.0-py3-none-any.whl')
      }),
      RUNS,
    )
  })

  it('escapes names of files', () => {
    fc.assert(
      fc.property(text, path => check(findingOf({}), `dist/${path}.whl`)),
      RUNS,
    )
  })

  it('escapes what comes through the rules', async () => {
    await fc.assert(
      fc.asyncProperty(text, text, text, async (value, other, name) => {
        const wheel = await buildWheel({
          metadata: {
            Summary: value,
            'License-Expression': other,
            'Requires-Dist': name,
            Classifier: value,
            'Project-URL': other,
          },
          files: { [`demo/${name}`]: '', [`${name}.pth`]: value },
        })
        const { findings, errors } = await auditBuilt(
          [wheel],
          RULES.filter(rule => !rule.needs?.includes('rendering')),
        )
        expect(errors).toEqual([])
        const report = reportOf([wheelOf(findings, { path: wheel.filename })])
        for (const [format, output] of outputsOf(report)) expect(unsafeIn(output), format).toBeUndefined()
      }),
      { numRuns: 40 },
    )
  })
})

describe('explain', () => {
  it.each(RULES.map(rule => [rule.id, rule] as const))('%s', (_, rule) => {
    expect(unsafeIn(explainText(rule))).toBeUndefined()
    expect(unsafeIn(explainMarkdown(rule))).toBeUndefined()
  })
})
