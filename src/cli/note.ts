import { wrap } from '../report/cells.js'
import { escapeTerminal } from '../report/escape.js'
import type { Terminal } from './main.js'
import { widthOf } from './width.js'

/** Tells something on standard error, in lines that fit the terminal. */
export function note({ stderr, env }: Pick<Terminal, 'stderr' | 'env'>, text: string): void {
  const width = widthOf(stderr, env)
  const line = `distaudit: ${escapeTerminal(text)}`
  stderr.write(`${width === undefined ? line : wrap(line, width).join('\n')}\n`)
}
