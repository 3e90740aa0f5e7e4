import { lineEndOf, nextLine, type TextEdit } from './edit.js'
import { type IniOption, type IniText, readIni } from './ini.js'
import { splitLines } from './lines.js'

/** Changes to an INI file as edits of its text: everything else stays as it is written. */
export interface IniEditor {
  readonly options: readonly IniOption[]
  /** Other text for a name or a line of a value. */
  text(at: IniText, by: string): TextEdit
  /** Removes a line of a value, with its line end where it has a line of its own. */
  without(at: IniText): TextEdit
  /** Adds a line below. */
  below(at: IniText, line: string): TextEdit
}

export function iniEditor(text: string): IniEditor {
  const starts = [0]
  for (const end of text.matchAll(/\r\n|\r|\n/g)) starts.push(end.index + end[0].length)
  const startOf = ({ line, column }: IniText) => (starts[line - 1] ?? text.length) + column - 1
  return {
    options: readIni(splitLines(text), '=:').options,
    text: (at, by) => ({ start: startOf(at), end: startOf(at) + at.text.length, text: by }),
    without(at) {
      const start = starts[at.line - 1] ?? text.length
      const alone = text.slice(start, startOf(at)).trim() === ''
      if (!alone) return { start: startOf(at), end: startOf(at) + at.text.length, text: '' }
      return { start, end: starts[at.line] ?? text.length, text: '' }
    },
    below(at, line) {
      const end = nextLine(text, startOf(at))
      const eol = lineEndOf(text)
      return text.endsWith('\n') || end < text.length
        ? { start: end, end, text: `${line}${eol}` }
        : { start: end, end, text: `${eol}${line}` }
    },
  }
}
