import { splitLines } from '../text/lines.js'
/** A line of a comment, without its marks. */
export interface CommentLine {
  /** 1-based line of the file. */
  readonly line: number
  readonly text: string
}

/**
 * Comments at the beginning of a source file. `hash`: the lines with `#` before the first code, and a module's docstring is none;
 * `slash`: every comment with slashes in the text given.
 */
export function comments(text: string, style: 'hash' | 'slash'): readonly CommentLine[] {
  return style === 'hash' ? hashComments(text) : slashComments(text)
}

function hashComments(text: string): readonly CommentLine[] {
  const found: CommentLine[] = []
  for (const [i, line] of splitLines(text).entries()) {
    const bare = line.trim()
    if (bare === '') continue
    if (!bare.startsWith('#')) break
    found.push({ line: i + 1, text: bare.replace(/^#+!?/, '').trim() })
  }
  return found
}

/** The docstring of a Python module, as lines. */
export function docstring(text: string): readonly CommentLine[] {
  const [before = '', quotes] = /^(?:[ \t\f]*(?:#[^\n]*)?\n)*[rRuU]?("{3}|'{3})/.exec(text) ?? []
  if (quotes === undefined) return []
  const end = text.indexOf(quotes, before.length)
  const first = before.split('\n').length
  return splitLines(text.slice(before.length, end < 0 ? undefined : end)).map((line, i) => ({
    line: first + i,
    text: line.trim(),
  }))
}

function slashComments(text: string): readonly CommentLine[] {
  const found: CommentLine[] = []
  let inside = false
  for (const [i, line] of splitLines(text).entries()) {
    // Long lines are minified code: only a comment that begins them counts.
    let rest = line.slice(0, 2000)
    const start: number = inside ? 0 : rest.search(/\/[*/]/)
    if (start === -1) continue
    const single: boolean = !inside && rest.startsWith('//', start)
    rest = inside ? rest : rest.slice(start + 2)
    const end: number = single ? -1 : rest.indexOf('*/')
    const body = end === -1 ? rest : rest.slice(0, end)
    inside = !single && end === -1
    found.push({ line: i + 1, text: body.replace(/^[\s*!/]+/, '').trim() })
  }
  return found
}
