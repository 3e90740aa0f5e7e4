import { strip, stripEnd, stripStart } from './python.js'

/** A text and where it stands. */
export interface IniText {
  /** 1-based. */
  readonly line: number
  /** 1-based, in UTF-16 code units. */
  readonly column: number
  readonly text: string
}

/** A section by its first header; the name without its brackets. */
type IniSection = IniText

export interface IniOption {
  readonly section: string
  /** As written. */
  readonly name: IniText
  /** Lines of the value without spaces around; an empty one where the value begins on the next line, or for a blank line. */
  readonly values: readonly IniText[]
}

interface IniProblem {
  readonly kind: 'no-section' | 'no-delimiter' | 'duplicate-section' | 'duplicate-option' | 'bad-section-header'
  readonly at: IniText
}

export interface Ini {
  readonly sections: readonly IniSection[]
  readonly options: readonly IniOption[]
  readonly problems: readonly IniProblem[]
}

/**
 * Reads lines as Python's ConfigParser does: case kept, strict, no interpolation, comments on lines of their own alone. Where
 * it stops with an error, the problem is noted and reading goes on. `delimiters` is a character class's content: `=` or `=:`.
 */
export function readIni(lines: Iterable<string>, delimiters: '=' | '=:'): Ini {
  const sections: IniSection[] = []
  const options: (IniOption & { readonly values: IniText[] })[] = []
  const problems: IniProblem[] = []
  const seen = new Set<string>()
  const delimiter = new RegExp(`[${delimiters}]`)
  let section: string | undefined
  let option: (typeof options)[number] | undefined
  let indent = 0
  let line = 0

  /** True when it is the first of its kind. */
  const first = (key: string) => !seen.has(key) && Boolean(seen.add(key))
  const note = (kind: IniProblem['kind'], at: IniText) => problems.push({ kind, at })

  function header(at: IniText): void {
    section = at.text
    option = undefined
    // Only the section DEFAULT may be repeated.
    if (first(`[${section}`)) sections.push(at)
    else if (section !== 'DEFAULT') note('duplicate-section', at)
  }

  function setting(at: IniText): void {
    const { column, text } = at
    const end = text.search(delimiter)
    const broken = text.startsWith('[') ? 'bad-section-header' : undefined
    if (section === undefined) note(broken ?? 'no-section', at)
    else if (end < 0) note(broken ?? 'no-delimiter', at)
    else {
      const name = { line, column, text: stripEnd(text.slice(0, end)) }
      if (name.text === '') note('no-delimiter', at)
      else if (!first(`${section}]${name.text}`)) note('duplicate-option', name)
      const rest = text.slice(end + 1)
      const start = column + end + 1 + rest.length - stripStart(rest).length
      option = { section, name, values: [{ line, column: start, text: strip(rest) }] }
      options.push(option)
    }
  }

  for (const raw of lines) {
    line++
    const text = strip(raw)
    if (text.startsWith('#') || text.startsWith(';')) continue
    const blanks = raw.length - stripStart(raw).length
    const at = { line, column: blanks + 1, text }
    if (text === '') {
      if (option?.name.text) option.values.push(at)
    } else if (option?.name.text && blanks > indent) option.values.push(at)
    else {
      indent = blanks
      const end = text.startsWith('[') ? text.lastIndexOf(']') : -1
      if (end > 1) header({ line, column: blanks + 2, text: text.slice(1, end) })
      else setting(at)
    }
  }
  return { sections, options, problems }
}

/** Values of setup.cfg that setuptools divides at semicolons where they are on the line of the key. */
export const isDivided = (section: string, key: string): boolean =>
  section === 'options.extras_require' || (section === 'options' && /^(?:install|setup|tests)[_-]requires?$/.test(key))

/** The items of such a value, as its lines are those of others. */
export function itemsOf(values: readonly IniText[]): readonly IniText[] {
  const [only, ...others] = values
  if (!only?.text.includes(';') || others.some(({ text }) => text !== '')) return values
  let column = only.column
  return only.text.split(';').map(part => {
    const text = strip(part)
    const item = { ...only, text, column: column + part.indexOf(text) }
    column += part.length + 1
    return item
  })
}
