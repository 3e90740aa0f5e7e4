import { describe, expect, it } from 'vitest'
import { exampleParts } from '../../src/report/example.js'
import { explainJson, explainMarkdown, explainText } from '../../src/report/explain.js'
import { rulesJson, rulesMarkdown, rulesText } from '../../src/report/rules-list.js'
import { ruleOf } from './sample-rule.js'

const rule = ruleOf()

describe('explain', () => {
  it('tells what, why, how to fix it, a bad and a good example, and the specification', () => {
    expect(explainText(rule)).toBe(`\
license-expression-invalid  error · license · wheel, sdist
License-Expression is not a valid SPDX expression.

Why           PyPI refuses the upload.
PyPI says     'MIT License' is invalid for 'license-expression'
Fix           Write \`license = "MIT"\` in [project]; identifiers are at spdx.org/licenses.
Finds         METADATA
                License-Expression: MIT License
Accepts       METADATA
                License-Expression: MIT
Severity      error (the file is rejected)
Enforced by   PyPI, packaging
To ignore it  # distaudit: ignore[license-expression-invalid] reason  (on the line in pyproject.toml)
Source        PEP 639, "Add License-Expression field" (MUST)
              https://peps.python.org/pep-0639/
Page          https://github.com/distaudit/distaudit/blob/main/docs/rules/license-expression-invalid.md
`)
  })

  it('wraps on a terminal', () => {
    const lines = explainText(ruleOf({ why: 'word '.repeat(60).trim(), url: 'https://a.b' }), { width: 60 }).split('\n')
    expect(Math.max(...lines.filter(line => !line.includes('https')).map(line => line.length))).toBeLessThanOrEqual(80)
    expect(lines.filter(line => /^ {14}word/.test(line)).length).toBeGreaterThan(3)
  })

  it('is a Markdown page with the same facts', () => {
    const page = explainMarkdown(rule, { seenIn: { files: 11, of: 3212 } })
    expect(page).toMatch(/^# license-expression-invalid\n/)
    expect(page).toContain("PyPI says:\n\n```text\n'MIT License' is invalid for 'license-expression'\n```")
    expect(page).toContain('**Fix.** Write `license = "MIT"` in \\[project\\]')
    expect(page).toContain('**Bad**\n\nMETADATA:\n\n```text\nLicense-Expression: MIT License\n```')
    expect(page).toContain('- Seen in: 11 of 3,212 corpus files')
  })

  it('says what breaks where nobody refuses', () => {
    const breaking = ruleOf({ enforcedBy: [], breaks: 'The import fails on Windows.' })
    expect(explainText(breaking)).toContain('\nWhat breaks   The import fails on Windows.\n')
    expect(explainText(breaking)).toContain('\nEnforced by   nobody today\n')
    const page = explainMarkdown(breaking)
    expect(page).toContain('\n**What breaks.** The import fails on Windows.\n')
    expect(page).toContain('\n- Not enforced today\n')
    expect(JSON.parse(explainJson(breaking))).toMatchObject({ breaks: 'The import fails on Windows.' })
    expect(explainText(ruleOf({ enforcedBy: [] }))).toContain('\nEnforced by   nobody today\n')
  })

  it('is data too', () => {
    const data = JSON.parse(explainJson(rule))
    expect(data).toMatchObject({ id: rule.id, status: 'stable', precision: 'very-high', formerly: [], bad: [rule.bad] })
    expect(data).not.toHaveProperty('check')
  })
})

describe('examples as text', () => {
  it.each([
    ['a removed field', { wheel: { metadata: { Summary: null } } }, [{ label: 'METADATA', lines: ['(no Summary)'] }]],
    [
      'a repeated field of an sdist',
      { sdist: { metadata: { Keywords: ['a', 'b'] } } },
      [{ label: 'PKG-INFO', lines: ['Keywords: a', 'Keywords: b'] }],
    ],
    ['a file name', { wheel: { filename: 'demo-1.0.whl' } }, [{ label: 'demo-1.0.whl', lines: [] }]],
    ['a missing file', { wheel: { record: null } }, [{ label: 'no RECORD', lines: [] }]],
    [
      'members',
      { sdist: { files: { 'a.py': 'x = 1\n', 'b.py': null } } },
      [
        { label: 'a.py', lines: ['x = 1'] },
        { label: 'no b.py', lines: [] },
      ],
    ],
    [
      'a built case',
      { wheel: { make: 'twoCentral-directories' } },
      [{ label: 'a wheel with: two central directories', lines: [] }],
    ],
    ['nothing', { wheel: {} }, [{ label: 'a plain wheel', lines: [] }]],
    ['another file', { unknown: { filename: 'demo.egg', text: 'x' } }, [{ label: 'demo.egg', lines: ['x'] }]],
    [
      'a release',
      { release: [{ wheel: { metadata: { Summary: 'a' } } }, { sdist: {} }] },
      [
        { label: 'the wheel: METADATA', lines: ['Summary: a'] },
        { label: 'the sdist', lines: [] },
      ],
    ],
  ])('%s', (_, example, parts) => {
    expect(exampleParts(example)).toEqual(parts)
  })

  it('cuts long texts', () => {
    const [part] = exampleParts({ wheel: { rawMetadata: 'line\n'.repeat(100) } })
    expect(part?.lines).toHaveLength(13)
    expect(exampleParts({ wheel: { description: 'x'.repeat(500) } })[0]?.lines[0]).toHaveLength(161)
  })
})

describe('the list of rules', () => {
  const list = [rule, ruleOf({ id: 'a-first', topic: 'archive', severity: 'warning', status: 'preview' })]

  it('is sorted by topic and id, with severity and fault', () => {
    expect(rulesText(list)).toBe(`\
archive
  a-first                     warning  License-Expression is not a valid SPDX expression. (preview)

license
  license-expression-invalid  error    License-Expression is not a valid SPDX expression.

2 rules. \`distaudit explain RULE\` describes one.
`)
  })

  it('is data, by id', () => {
    expect(JSON.parse(rulesJson(list)).map(({ id }: { id: string }) => id)).toEqual([
      'a-first',
      'license-expression-invalid',
    ])
  })

  it('is a Markdown page with links', () => {
    expect(rulesMarkdown(list)).toContain(
      '| [a-first](a-first.md) (preview) | warning | wheel, sdist | License-Expression is',
    )
  })
})
