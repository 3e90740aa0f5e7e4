import { once } from '../once.js'

/*
 * Text from files is hostile. Facts and findings keep it raw; each output has one function here, called where the string
 * leaves.
 */

/** What must never reach a person's eyes raw: controls, format and private characters, separators, invisible letters. */
const UNSAFE = once(
  () =>
    // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points are meant
    /[\p{C}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu,
)
const PRINTABLE = /^[ -~]*$/

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function visible(char: string): string {
  const short = SHORT[char]
  if (short !== undefined) return short
  const code = char.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

const withoutUnsafe = (text: string): string => (PRINTABLE.test(text) ? text : text.replace(UNSAFE(), visible))

/** Unsafe characters as `\x1b`, `\u202e`, `\u{e0041}`; a real backslash is doubled, so the text can be read back. */
export function escapeVisible(text: string): string {
  return withoutUnsafe(text.replaceAll('\\', '\\\\'))
}

/** The same for a source line, where backslashes stay single and columns matter. */
export const escapeSnippet = (text: string): string => breakCommands(withoutUnsafe(text))

/** The same for what follows other text in its line. */
export const escapeInsideSnippet = (text: string): string => breakAnywhere(withoutUnsafe(text))

/** Text that a page shows: what is unsafe becomes visible, and lines stay lines. */
export const escapeShown = (text: string): string =>
  text.replace(UNSAFE(), char => (char === '\n' || char === '\t' ? char : visible(char)))

/** JSON inside a `script` element that is not run: no tag or comment can begin or end in it. */
export const scriptJson = (value: unknown): string =>
  safeJson(JSON.stringify(value)).replace(/[<>&]/g, char => unitEscape(char, 0))

const hexEscape = (char: string) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`

/** Commands that a CI runner takes anywhere in a log line: Actions `##[x]`, Azure `##vso[`, TeamCity, GitLab sections. */
const ANYWHERE = /(##(?:vso|teamcity)?)\[|(section_(?:start|end)):/gi

const breakAnywhere = (text: string): string =>
  text.replace(ANYWHERE, (_, hashes?: string, section?: string) =>
    hashes === undefined ? `${section}${hexEscape(':')}` : `${hashes}${hexEscape('[')}`,
  )

/** Breaks what a CI runner would take for a command: those anywhere in a line, and `::` at the start of the text. */
export function breakCommands(text: string): string {
  return breakAnywhere(text).replace(/^([\s\ufeff]*):(?=:)/u, (_, blank: string) => `${blank}${hexEscape(':')}`)
}

/** A terminal, or any log: nothing that moves a cursor, hides or reorders text, or starts a command of a CI runner. */
export const escapeTerminal = (text: string): string => breakCommands(escapeVisible(text))

/** The message of a workflow command of GitHub Actions. */
export const escapeGithubData = (text: string): string => commandData(escapeTerminal(text))

/** A property (`file`, `title`) of a workflow command. */
export const escapeGithubProperty = (text: string): string =>
  commandData(escapeTerminal(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** For text of our own with line ends: only what the command syntax needs. */
export const commandData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** A SARIF `message.text`: no embedded link (`[a](b)`) and no placeholder (`{0}`) comes out of a file. */
export const escapeSarif = (text: string): string =>
  escapeVisible(text)
    .replace(/[\\[\]]/g, char => `\\${char}`)
    .replace(/[{}]/g, char => char + char)

/** Markdown text: no formatting, link, mention, issue number or HTML. One line. */
export const escapeMarkdown = (text: string): string =>
  escapeTerminal(text)
    .replace(/[\\`*_{}[\]()#+\-.!|~@]/g, char => `\\${char}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

/** A Markdown code span; inside a table the bars are escaped too. */
export function markdownCode(text: string, where: 'text' | 'table' = 'text'): string {
  const safe = escapeSnippet(text)
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = safe === '' || /^[ `]|[ `]$/.test(safe) ? ' ' : ''
  const span = `${fence}${pad}${safe}${pad}${fence}`
  return where === 'table' ? span.replaceAll('|', '\\|') : span
}

/** Text with code spans in backticks, as rules write it: the spans stay, everything else is Markdown text. */
export const markdownProse = (text: string): string => withCode(text, escapeMarkdown)

/** The same for sentences of our own (a rule's fields), which stay readable as plain text. */
export const markdownOwn = (text: string): string =>
  withCode(text, piece => escapeVisible(piece).replace(/[\\*_<>|[\]]/g, char => `\\${char}`))

const withCode = (text: string, escapeText: (piece: string) => string) =>
  text
    .split(/(`[^`]+`)/)
    .map((piece, index) => (index % 2 === 1 ? markdownCode(piece.slice(1, -1)) : escapeText(piece)))
    .join('')

/** XML text and attribute values: what XML 1.0 cannot carry is gone first. */
export const escapeXml = (text: string): string => entities(breakCommands(escapeVisible(text)))

/** HTML text and double-quoted attribute values. */
export const escapeHtml = (text: string): string => entities(breakCommands(escapeVisible(text)))

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const entities = (text: string) => text.replace(/[&<>"']/g, char => ENTITY[char] ?? char)

/**
 * JSON text as people and CI logs may see it: every unsafe character and every runner command inside a string is written
 * as a JSON escape, so a parser reads the same value.
 */
export function safeJson(json: string): string {
  return json
    .replace(UNSAFE(), char =>
      char === '\n' ? char : [...Array(char.length).keys()].map(i => unitEscape(char, i)).join(''),
    )
    .replace(ANYWHERE, (_, hashes?: string, section?: string) =>
      hashes === undefined ? `${section}\\u003a` : `${hashes}\\u005b`,
    )
}

const unitEscape = (char: string, index: number) => `\\u${char.charCodeAt(index).toString(16).padStart(4, '0')}`
