import { describe, expect, it } from 'vitest'
import {
  escapeGithubData,
  escapeGithubProperty,
  escapeHtml,
  escapeMarkdown,
  escapeSarif,
  escapeSnippet,
  escapeTerminal,
  escapeVisible,
  escapeXml,
  markdownCode,
  safeJson,
} from '../../src/report/escape.js'
import { snippetOf } from '../../src/report/snippet.js'
import fc from '../support/fc.js'

const NEVER = /[\0-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad\u3164]|\ufe0f/

/** Any code points, lone surrogates too. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x300 }), fc.integer({ min: 0, max: 0x10ffff })))
  .map(points => String.fromCodePoint(...points))

describe('UX-08: text from a file never reaches people raw', () => {
  it.each([
    ['\u001b[2J', '\\x1b[2J'],
    ['a\tb\r\nc', 'a\\tb\\r\\nc'],
    ['\u007f\u009b\u0085', '\\x7f\\x9b\\x85'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['abc\u202edef', 'abc\\u202edef'],
    ['\u2066\u2069\u200e\u200f\ufeff', '\\u2066\\u2069\\u200e\\u200f\\ufeff'],
    ['\ud800', '\\ud800'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\u{e0100}', '\\u{e0100}'],
    ['\ue000', '\\ue000'],
    ['C:\\x1b', 'C:\\\\x1b'],
    ['日本語 é 😀', '日本語 é 😀'],
  ])('%j is shown as %s', (raw, shown) => {
    expect(escapeVisible(raw)).toBe(shown)
  })

  it('holds for every output and every text', () => {
    const outputs = [escapeTerminal, escapeSnippet, escapeSarif, escapeMarkdown, escapeXml, escapeHtml, markdownCode]
    fc.assert(
      fc.property(anyText, text => {
        expect(outputs.map(output => output(text)).find(shown => NEVER.test(shown))).toBeUndefined()
      }),
    )
  })
})

describe('commands of CI runners', () => {
  it.each([
    ['##[error]x', '##\\u005berror]x'],
    ['in ##[group]', 'in ##\\u005bgroup]'],
    ['##vso[task.setvariable]', '##vso\\u005btask.setvariable]'],
    ['##TeamCity[x]', '##TeamCity\\u005bx]'],
    ['section_start:1:a', 'section_start\\u003a1:a'],
    ['section_end:1:a', 'section_end\\u003a1:a'],
    ['::error::x', '\\u003a:error::x'],
    ['  ::set-env', '  \\u003a:set-env'],
    ['a ::error', 'a ::error'],
  ])('%j becomes %s', (raw, shown) => {
    expect(escapeTerminal(raw)).toBe(shown)
    expect(escapeSnippet(raw)).toBe(shown)
  })
})

describe('one function an output', () => {
  it('keeps %0A of a file as text in a workflow command', () => {
    expect(escapeGithubData('100%0A::error::x')).toBe('100%250A::error::x')
    expect(escapeGithubData('a\nb')).toBe('a\\nb')
  })

  it('escapes colon and comma in properties', () => {
    expect(escapeGithubProperty('a,line=1:b%')).toBe('a%2Cline=1%3Ab%25')
  })

  it('lets no link and no placeholder into a SARIF message', () => {
    expect(escapeSarif('[a](https://x) {0} \\')).toBe('\\[a\\](https://x) {{0}} \\\\\\\\')
  })

  it('lets no formatting, mention, issue or tag into Markdown', () => {
    expect(escapeMarkdown('@ann #1 *b* `c` <img> a|b & ~')).toBe(
      '\\@ann \\#1 \\*b\\* \\`c\\` &lt;img&gt; a\\|b &amp; \\~',
    )
  })

  it('fences code with one backtick more than the text has', () => {
    expect(markdownCode('a')).toBe('`a`')
    expect(markdownCode('a``b')).toBe('```a``b```')
    expect(markdownCode('`a')).toBe('`` `a ``')
    expect(markdownCode('a|b', 'table')).toBe('`a\\|b`')
  })

  it('writes XML and HTML with five entities', () => {
    expect(escapeXml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
    expect(escapeHtml('\u0000<')).toBe('\\x00&lt;')
  })

  it('writes JSON that is safe in a log and means the same', () => {
    fc.assert(
      fc.property(anyText, text => {
        const raw = JSON.stringify({ text: `${text}##[error]section_start:\u202e` })
        const safe = safeJson(raw)
        expect(JSON.parse(safe)).toEqual(JSON.parse(raw))
        expect(safe).not.toMatch(NEVER)
        expect(safe).not.toMatch(/##\[|section_start:/)
      }),
    )
  })

  it.each([
    ['.. image:: x', 4, 'image', '.. image:: x'],
    ['a\t:: x', 1, 'a', 'a   :: x'],
    ['  ::error', 3, '::', '  \\u003a:error'],
    ['\t::error', undefined, undefined, '    \\u003a:error'],
  ])('breaks the colons of a source line only where it begins: %j', (line, column, marked, text) => {
    expect(snippetOf(line, column, marked, 80).text).toBe(text)
  })
})
