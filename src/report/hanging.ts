import { cells, wrap } from './cells.js'
import { breakCommands } from './escape.js'

/** The least columns that text is wrapped to. */
const LEAST = 20

/**
 * Lines of escaped text for a terminal, without what stands before them: `first` columns before the first line, `indent` before
 * the others. One line in a pipe, which has no width. The first is empty where it has next to no room.
 */
export function hanging(text: string, width: number | undefined, first: number, indent = first): string[] {
  if (width === undefined || first + cells(text) <= width) return [text]
  const room = Math.max(LEAST, width - indent)
  if (width - first < LEAST && first > indent) return ['', ...wrap(text, room).map(breakCommands)]
  return wrap(text, room, Math.max(LEAST, width - first)).map(breakCommands)
}
