import { describe, expect, it } from 'vitest'
import { renderGithub } from '../../src/report/github.js'
import { renderSummary } from '../../src/report/summary.js'
import { findingOf, memberFinding, reportOf, wheelOf } from './sample.js'

const numbered = (count: number, rule = 'contents-tests-toplevel') =>
  Array.from({ length: count }, (_, i) =>
    memberFinding(`m${i}`, { rule, fingerprint: `${rule.length}${i}`.padStart(16, '0') }),
  )

describe('annotations', () => {
  it('point to the source line, the last column included, with the fix on a second line', () => {
    expect(renderGithub(reportOf([wheelOf([findingOf()])]))).toBe(
      '::error file=pyproject.toml,line=7,endLine=7,col=11,endColumn=23,title=distaudit%3A license-expression-invalid' +
        `::License-Expression 'MIT License' is not an SPDX expression.%0AWrite \`license = "MIT"\` in [project].\n`,
    )
  })

  it('have a line without columns when the whole file is meant, and name the file they are about', () => {
    expect(renderGithub(reportOf([wheelOf([memberFinding('tests/')])]))).toBe(
      '::warning file=pyproject.toml,line=1,endLine=1,title=distaudit%3A contents-tests-toplevel' +
        '::demo_pkg-1.0-py3-none-any.whl: tests/: The wheel installs tests/ at the top level.%0AExclude tests from the wheel.\n',
    )
  })

  it('have no line for a place in the file name', () => {
    const location = { member: undefined, line: undefined, column: 14, mark: 'PY3', source: undefined }
    expect(renderGithub(reportOf([wheelOf([findingOf({ location })])]))).toMatch(
      /^::error file=dist\/demo_pkg-1.0-py3-none-any.whl,title=/,
    )
  })

  it('are one for a fault in many distributions', () => {
    const wheels = ['a', 'b', 'c'].map(name => wheelOf([findingOf()], { path: `${name}.whl` }))
    const text = renderGithub(reportOf(wheels))
    expect(text.match(/^::/gm)).toHaveLength(1)
    expect(text).toContain(' In 3 distributions.%0A')
  })

  it('UX-09: are at most 9 of each level, and the tenth counts the others', () => {
    const lines = renderGithub(reportOf([wheelOf([...numbered(40), findingOf()])]))
      .trimEnd()
      .split('\n')
    expect(lines.filter(line => line.startsWith('::error'))).toHaveLength(1)
    expect(lines.filter(line => line.startsWith('::warning'))).toHaveLength(10)
    expect(lines.at(-1)).toBe('::warning title=distaudit::… and 31 more warnings, see the summary.')
  })

  it('UX-09: are one of each rule before second ones', () => {
    const lines = renderGithub(reportOf([wheelOf([...numbered(20, 'a-rule'), ...numbered(20, 'b-other')])])).split('\n')
    expect(lines[0]).toContain('a-rule')
    expect(lines[1]).toContain('b-other')
  })

  it('are followed by the number of notes that are not shown', () => {
    const hidden = { warning: 0, info: 5 }
    expect(renderGithub(reportOf([]), { hidden })).toBe('5 info; --severity info shows them.\n')
    const summary = renderSummary(reportOf([wheelOf([])], { summary: { info: 5 } }), { hidden })
    expect(summary).toContain('No errors or warnings. 5 info; --severity info shows them.')
    expect(summary).toContain('| file | size | errors | warnings | upload |')
  })

  it('take no command out of a file', () => {
    const evil = findingOf({
      message: 'a\n::error::b%0A::c',
      location: { source: { path: 'a,line=9:b\n', line: 1, column: 1 } },
    })
    const text = renderGithub(reportOf([wheelOf([evil])]))
    expect(text.match(/^::/gm)).toHaveLength(1)
    expect(text).toContain('file=a%2Cline=9%3Ab\\n,line=1')
    expect(text).toContain('::a\\n::error::b%250A::c.%0A')
  })

  it('are none for a clean report', () => {
    expect(renderGithub(reportOf([wheelOf([])]))).toBe('')
  })
})

describe('the job summary', () => {
  it('has the verdict, a table of the files, and details of each file with findings', () => {
    const report = reportOf([wheelOf([findingOf()]), wheelOf([], { path: 'dist/ok-1.0.tar.gz', size: 900 })])
    expect(renderSummary(report)).toBe(`\
### distaudit: 1 of 2 files would be rejected by PyPI.

1 error.

| file | size | errors | warnings | info | upload |
|---|--:|--:|--:|--:|---|
| \`dist/demo_pkg-1.0-py3-none-any.whl\` | 12.4 kB | 1 | 0 | 0 | refused |
| \`dist/ok-1.0.tar.gz\` | 900 B | 0 | 0 | 0 | ok |

<details open><summary><code>dist/demo_pkg-1.0-py3-none-any.whl</code>: 1 error</summary>

- **error** [license\\-expression\\-invalid](https://github.com/distaudit/distaudit/blob/main/docs/rules/license-expression-invalid.md): License\\-Expression 'MIT License' is not an SPDX expression\\.<br>\`demo_pkg-1.0.dist-info/METADATA:4:21\`, from \`pyproject.toml:7:11\`<br>Fix: Write \`license = "MIT"\` in \\[project\\]\\.

</details>

`)
  })

  it('stays under its limit and says what is missing', () => {
    const files = Array.from({ length: 200 }, (_, i) => wheelOf([findingOf()], { path: `dist/f${i}.whl` }))
    const text = renderSummary(reportOf(files), { maxBytes: 20_000 })
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(20_000)
    expect(text).toMatch(/\n… and [0-9]+ more files\.\n$/)
  })

  it('takes no table cell, tag or mention out of a file', () => {
    const evil = 'a|b<script>@ann`\n#1'
    const text = renderSummary(reportOf([wheelOf([findingOf({ message: evil, help: evil })], { path: evil })]))
    const outsideCode = text.replace(/<code>.*?<\/code>|(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
    expect(outsideCode).not.toMatch(/<script|(?<!\\)[@#](?:ann|1)/)
    expect(text).toContain('<code>a|b&lt;script&gt;@ann`\\n#1</code>')
    const row = text.split('\n').find(line => line.startsWith('| ``'))
    expect(row?.match(/(?<!\\)\|/g)).toHaveLength(7)
  })
})
