import { describe, expect, it } from 'vitest'
import type { Summary } from '../../src/report/report.js'
import { renderText } from '../../src/report/text.js'
import { findingOf, memberFinding, reportOf, wheelOf } from './sample.js'

const ok = wheelOf([], { path: 'dist/ok_pkg-1.0-py3-none-any.whl', name: 'ok-pkg', size: 900 })

const members = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    memberFinding(`tests/test_${i}.py`, { fingerprint: String(i).padStart(16, '0') }),
  )

describe('UX-06: the text report', () => {
  it('shows the verdict, the value underlined in its own file, who refuses it, and the fix', () => {
    const report = reportOf([wheelOf([findingOf(), memberFinding('tests/')]), ok], {
      summary: { info: 3, ignored: 1 },
    })
    expect(renderText(report, { hidden: { warning: 0, info: 3 } })).toBe(`\
dist/demo_pkg-1.0-py3-none-any.whl  wheel, 12.4 kB  1 error, 1 warning
error[license-expression-invalid]: License-Expression 'MIT License' is not an SPDX expression.
  --> demo_pkg-1.0.dist-info/METADATA:4:21   from pyproject.toml:7:11
 4 | License-Expression: MIT License
   |                     ^^^^^^^^^^^
   = PyPI rejects this (PEP 639)
   = fix: Write \`license = "MIT"\` in [project].
warning[contents-tests-toplevel]: The wheel installs tests/ at the top level.
  --> tests/
   = see Advice
   = fix: Exclude tests from the wheel.

dist/ok_pkg-1.0-py3-none-any.whl    wheel, 900 B    ok
1 of 2 files would be rejected by PyPI: demo_pkg-1.0-py3-none-any.whl
1 error, 1 warning (1 ignored). 3 info; --severity info shows them.
`)
  })

  it('says what breaks where nobody refuses', () => {
    const broken = findingOf({ enforcedBy: [], breaks: 'The import fails on Windows.' })
    expect(renderText(reportOf([wheelOf([broken])]))).toContain(
      '   = see PEP 639\n   = breaks: The import fails on Windows.\n   = fix: Write',
    )
    const refused = findingOf({ breaks: 'The import fails on Windows.' })
    expect(renderText(reportOf([wheelOf([refused])]))).not.toContain('breaks:')
  })

  it('does not call a file ok that PyPI rejects for what a baseline knows', () => {
    const report = reportOf([ok], { summary: { known: 1, rejectedByPyPI: 1, rejected: [ok.path] } })
    expect(renderText(report)).toBe(
      'dist/ok_pkg-1.0-py3-none-any.whl  wheel, 900 B  rejected by PyPI\nPyPI would reject the file. No findings (1 in the baseline).\n',
    )
  })

  it('gives one line to a good file, and says so at the end', () => {
    expect(renderText(reportOf([ok]))).toBe(
      'dist/ok_pkg-1.0-py3-none-any.whl  wheel, 900 B  ok\n1 file checked: PyPI would accept it. No findings.\n',
    )
  })

  it('prints nothing for good files with quiet', () => {
    expect(renderText(reportOf([ok]), { quiet: true })).toBe('')
    const text = renderText(reportOf([ok, wheelOf([findingOf()])]), { quiet: true })
    expect(text).toMatch(/^dist\/demo_pkg/)
    expect(text).not.toMatch(/ok_pkg|would be rejected/)
  })

  it('names the address of the page with verbose', () => {
    expect(renderText(reportOf([wheelOf([findingOf()])]), { verbose: true })).toContain(
      '= docs: https://github.com/distaudit/distaudit/blob/main/docs/rules/license-expression-invalid.md',
    )
  })

  it('shows what a finding relates to', () => {
    const related = [
      { path: 'dist/demo_pkg-1.0.tar.gz', member: 'demo_pkg-1.0/PKG-INFO', line: 3, message: 'The sdist has MIT' },
    ]
    expect(renderText(reportOf([wheelOf([findingOf({ related })])]))).toContain(
      '= The sdist has MIT (demo_pkg-1.0/PKG-INFO:3 of dist/demo_pkg-1.0.tar.gz)',
    )
  })

  it('has findings about a release under a line of its own', () => {
    const releases = [
      { name: 'demo-pkg', version: '1.0', distributions: [ok.path, 'b'], findings: [memberFinding('x')] },
    ]
    expect(renderText(reportOf([ok], { releases }))).toMatch(/^demo-pkg 1\.0 +release, 2 files +1 warning$/m)
  })
})

describe('what is not shown', () => {
  it('is counted at the end', () => {
    const closing = (summary: Partial<Summary>, hidden: { warning: number; info: number }) =>
      renderText(reportOf([ok], { summary }), { hidden }).split('PyPI would accept it. ')[1]
    expect(closing({ info: 2, ignored: 1 }, { warning: 0, info: 2 })).toBe(
      'No errors or warnings (1 ignored). 2 info; --severity info shows them.\n',
    )
    expect(closing({ warning: 1, info: 1 }, { warning: 0, info: 1 })).toBe(
      '1 warning. 1 info; --severity info shows it.\n',
    )
    expect(closing({ warning: 2 }, { warning: 2, info: 0 })).toBe(
      'No errors. 2 warnings; --severity warning shows them.\n',
    )
    expect(closing({ warning: 2, info: 1 }, { warning: 2, info: 1 })).toBe(
      'No errors. 2 warnings and 1 info; --severity info shows them.\n',
    )
  })

  it('is a first line that says nothing about a missing field', () => {
    const missing = findingOf({
      snippet: 'Metadata-Version: 2.4',
      location: { line: 1, column: undefined, value: undefined },
    })
    expect(renderText(reportOf([wheelOf([missing])]))).not.toContain('Metadata-Version')
  })
})

describe('the closing lines', () => {
  const rejected = (...paths: string[]) => paths.map(path => wheelOf([findingOf()], { path }))
  const last = (count: number, ...args: Parameters<typeof renderText>) =>
    renderText(...args)
      .trimEnd()
      .split('\n')
      .slice(-count)

  it('say one sentence of one file', () => {
    expect(last(1, reportOf(rejected('dist/a.whl')))).toEqual(['PyPI would reject the file. 1 error.'])
    expect(last(1, reportOf([ok]))).toEqual(['1 file checked: PyPI would accept it. No findings.'])
    expect(last(1, reportOf([ok]), { judged: false })).toEqual(['1 file checked. No findings.'])
  })

  it('name what PyPI rejects, ignored or not, by path where names are equal', () => {
    expect(last(2, reportOf([...rejected('dist/a.whl', 'dist/b.tar.gz'), ok]))).toEqual([
      '2 of 3 files would be rejected by PyPI: a.whl, b.tar.gz',
      '2 errors.',
    ])
    expect(last(2, reportOf(rejected('a/a.whl', 'b/a.whl')))[0]).toMatch(/: a\/a\.whl, b\/a\.whl$/)
    const ignored = reportOf([ok, wheelOf([], { path: 'x.whl' })], {
      summary: { rejectedByPyPI: 1, rejected: ['x.whl'], ignored: 1 },
    })
    expect(last(2, ignored)).toEqual(['1 of 2 files would be rejected by PyPI: x.whl', 'No findings (1 ignored).'])
    expect(last(1, reportOf([ok, { ...ok, path: 'b' }, { ...ok, path: 'c' }]))).toEqual([
      '3 files checked: PyPI would accept all of them. No findings.',
    ])
  })

  it('name the most frequent rules of many findings', () => {
    const once = (count: number) => Array.from({ length: count }, (_, i) => findingOf({ rule: `rule-${i}` }))
    expect(last(1, reportOf([wheelOf([...members(7), ...once(3)])]))).toEqual([
      'Most frequent: contents-tests-toplevel (7). --statistics counts every rule.',
    ])
    expect(renderText(reportOf([wheelOf([...members(6), ...once(3)])]))).not.toContain('Most frequent')
    expect(renderText(reportOf([wheelOf(once(12))]))).not.toContain('Most frequent')
    expect(renderText(reportOf([wheelOf(members(40))]))).not.toContain('Most frequent')
  })

  it('count every rule where that is asked for', () => {
    const report = reportOf([wheelOf([...members(12), findingOf()]), wheelOf([findingOf()], { path: 'b.whl' })])
    expect(renderText(report, { statistics: true })).toBe(`\
12  warning  contents-tests-toplevel     in 1 file
 2  error    license-expression-invalid  in 2 files

2 of 2 files would be rejected by PyPI: demo_pkg-1.0-py3-none-any.whl, b.whl
2 errors, 12 warnings.
`)
    expect(renderText(report, { statistics: true, quiet: true })).toMatch(/in 2 files\n$/)
    expect(renderText(reportOf([ok]), { statistics: true, quiet: true })).toBe('')
  })
})

describe('long names', () => {
  const name = 'demo_pkg-1.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.musllinux_1_2_x86_64.whl'
  const member = `${'deep_directory/'.repeat(8)}module_with_a_name.py`
  const report = reportOf([
    wheelOf([memberFinding(member, { message: `'${member}' is installed.`, location: { source: undefined } })], {
      path: `dist/${name}`,
    }),
    wheelOf([findingOf()]),
    ok,
  ])

  it.each([40, 50, 60, 80, 120])('are divided between their parts at %i columns', width => {
    const lines = renderText(report, { width }).split('\n')
    const longest = Math.max(...lines.map(line => line.length))
    expect(longest).toBeLessThanOrEqual(width)
    const joined = lines.map(line => line.trim()).join('')
    expect(joined).toContain(`dist/${name}`)
    expect(joined).toContain(member)
    for (const line of lines) expect(line).not.toMatch(/(?:direct|manyl|modu|mus)$/)
  })

  it('leave a line of their own to what is said of the file, also in a pipe', () => {
    expect(renderText(report)).toMatch(/^dist\/demo_pkg-1\.0-cp313-.*\.whl\n {4}wheel, 12\.4 kB {2}1 warning\n/)
    const heads = renderText(report)
      .split('\n')
      .filter(line => /kB|900 B/.test(line))
    expect(heads).toHaveLength(3)
    for (const head of heads) expect(head.length).toBeLessThanOrEqual(80)
  })
})

describe('UX-07: folding', () => {
  it('folds a rule on more than 5 members of a file to 3', () => {
    const text = renderText(reportOf([wheelOf(members(215))]))
    expect(text.match(/^warning\[/gm)).toHaveLength(3)
    expect(text).toContain('   … and 212 more (--verbose)\n')
  })

  it('shows five, and shows all with verbose', () => {
    expect(renderText(reportOf([wheelOf(members(5))])).match(/^warning\[/gm)).toHaveLength(5)
    expect(renderText(reportOf([wheelOf(members(215))]), { verbose: true }).match(/^warning\[/gm)).toHaveLength(215)
  })

  it('names three of more than five good files', () => {
    const good = (count: number) =>
      Array.from({ length: count }, (_, i) => wheelOf([], { path: `ok_pkg-1.${i}-py3-none-any.whl` }))
    const named = (text: string) => text.match(/ ok$/gm)?.length
    expect(named(renderText(reportOf(good(5))))).toBe(5)
    const text = renderText(reportOf([wheelOf([findingOf()]), ...good(40)]))
    expect(named(text)).toBe(3)
    expect(text).toContain(
      '\n… and 37 more files: 37 ok (--verbose)\n1 of 41 files would be rejected by PyPI: demo_pkg-1.0-py3-none-any.whl\n1 error.\n',
    )
    expect(named(renderText(reportOf(good(40)), { verbose: true }))).toBe(40)
  })

  it('says the fix once for neighbours that share it', () => {
    expect(renderText(reportOf([wheelOf(members(4))])).match(/= fix/g)).toHaveLength(1)
  })

  it('shows one source line that fails in 40 wheels as one block', () => {
    const wheels = Array.from({ length: 40 }, (_, i) =>
      wheelOf([findingOf()], { path: `dist/demo_pkg-1.0-cp3${i}-none-any.whl` }),
    )
    const text = renderText(reportOf(wheels))
    expect(text.match(/^error\[/gm)).toHaveLength(1)
    expect(text).toContain('   = in 40 files: dist/demo_pkg-1.0-cp30-none-any.whl, ')
    expect(text).toContain('… and 37 more (--verbose)')
    expect(text.match(/1 error \(shown above\)$/gm)).toHaveLength(3)
    expect(text).toContain('\n… and 36 more files: 36 with what is shown above (--verbose)\n')
    expect(renderText(reportOf(wheels), { verbose: true }).match(/1 error \(shown above\)$/gm)).toHaveLength(39)
    expect(text).toMatch(
      /^40 of 40 files would be rejected by PyPI: demo_pkg-1\.0-cp30-none-any\.whl, .* and 37 more\n40 errors\.$/m,
    )
  })
})

describe('snippets', () => {
  const shown = (
    snippet: string,
    location: { column?: number | undefined; value?: string | undefined; mark?: string },
    width?: number,
  ) =>
    renderText(reportOf([wheelOf([findingOf({ snippet, location })])]), { width })
      .split('\n')
      .filter(line => / \| /.test(line))

  it('finds the value in the line when there is no column', () => {
    expect(shown('Keywords: a b', { column: undefined, value: 'a b' })).toEqual([
      ' 4 | Keywords: a b',
      '   |           ^^^',
    ])
  })

  it('marks what the place says instead of the whole value', () => {
    expect(shown('Keywords: a b a', { column: 15, value: 'a b a', mark: 'a' })[1]).toBe('   |               ^')
    expect(shown('Clasifier: x', { column: 1, value: 'x', mark: 'Clasifier' })[1]).toBe('   | ^^^^^^^^^')
  })

  it('marks the place of what is missing, also behind the line', () => {
    expect(shown('a.py,,14', { column: 6, value: 'a.py', mark: '' })[1]).toBe('   |      ^')
    expect(shown('a.py,sha256=x,', { column: 15, value: 'a.py', mark: '' })[1]).toBe('   |               ^')
  })

  it('shows the file name above a place in it', () => {
    const location = { member: undefined, line: undefined, field: 'tags', value: 'PY3', column: 14, mark: 'PY3' }
    const snippet = 'demo_pkg-1.0-PY3-none-any.whl'
    const text = renderText(reportOf([wheelOf([findingOf({ snippet, location })])]), { heads: false })
    expect(text).toContain(
      `\n  --> dist/demo_pkg-1.0-py3-none-any.whl   from pyproject.toml:7:11\n   | ${snippet}\n   |              ^^^\n`,
    )
  })

  it('marks the first line of a folded value', () => {
    expect(shown('Summary: one', { column: 10, value: 'one\n two' })).toEqual([
      ' 4 | Summary: one',
      '   |          ^^^',
    ])
  })

  it('expands tabs before it places the carets', () => {
    expect(shown('a:\tvalue', { column: 4, value: 'value' })).toEqual([' 4 | a:  value', '   |     ^^^^^'])
  })

  it('counts wide characters as two cells', () => {
    expect(shown('名前: 日本', { column: 5, value: '日本' })).toEqual([' 4 | 名前: 日本', '   |       ^^^^'])
  })

  it('places the carets under an escaped character', () => {
    expect(shown('a: \u202ex', { column: 4, value: '\u202e' })).toEqual([' 4 | a: \\u202ex', '   |    ^^^^^^'])
  })

  it('cuts a long line around the value on a terminal, never in a pipe', () => {
    const line = `${'a'.repeat(150)} value ${'b'.repeat(150)}`
    const [text = '', carets = ''] = shown(line, { column: 152, value: 'value' }, 80)
    expect(text.length).toBeLessThanOrEqual(80)
    expect(text.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('value')
    expect(shown(line, { column: 152, value: 'value' })[0]).toContain(line)
  })
})

describe('terminal and pipe', () => {
  const long = findingOf({ message: `${'word '.repeat(60)}end.` })

  it('wraps on a terminal and never in a pipe', () => {
    const lines = renderText(reportOf([wheelOf([long])]), { width: 80 }).split('\n')
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80)
    expect(renderText(reportOf([wheelOf([long])]))).toContain(long.message)
  })

  it('has no escape sequence without colour', () => {
    expect(renderText(reportOf([wheelOf([findingOf()])]))).not.toContain('\u001b')
  })

  it('says the same with colour', () => {
    const report = reportOf([wheelOf([findingOf(), memberFinding('tests/')]), ok])
    const stripped = renderText(report, { color: true }).replace(/\u001b\[[0-9]+m/g, '')
    expect(stripped).toBe(renderText(report))
  })

  it('links only to our own pages', () => {
    const text = renderText(reportOf([wheelOf([findingOf({ url: 'https://evil.example/' })])]), { hyperlinks: true })
    const targets = [...text.matchAll(/\u001b\]8;;([^\u001b]*)\u001b/g)].map(match => match[1])
    expect(targets).toEqual([
      'https://github.com/distaudit/distaudit/blob/main/docs/rules/license-expression-invalid.md',
      '',
    ])
  })
})

describe('UX-08: hostile text', () => {
  const evil = '::error::a\n::warning::b \u001b[2J ##[error]c \u202e'
  const report = reportOf([
    wheelOf(
      [
        findingOf({
          message: `${evil} ${'::notice::x '.repeat(20)}`,
          help: evil,
          source: evil,
          snippet: evil,
          location: { member: evil, source: { path: evil, line: 1, column: 1 } },
          related: [{ path: evil, member: evil, message: evil }],
        }),
      ],
      { path: evil },
    ),
  ])

  it.each([
    ['pipe', {}],
    ['terminal', { width: 60 }],
    ['verbose', { verbose: true }],
  ])('starts no command and moves no cursor (%s)', (_, options) => {
    const text = renderText(report, options)
    expect(text).not.toMatch(/^\s*::/m)
    expect(text).not.toMatch(/##\[/)
    expect(text).not.toMatch(/[\u001b\u202e]/)
  })
})
