import { escapeTerminal } from '../report/escape.js'
import { hanging } from '../report/hanging.js'
import type { Terminal } from './main.js'
import { widthOf } from './width.js'

/** Tells something on standard error, in lines that fit the terminal. */
export function note({ stderr, env }: Pick<Terminal, 'stderr' | 'env'>, text: string): void {
  const lines = hanging(`distaudit: ${escapeTerminal(text)}`, widthOf(stderr, env), 0)
  stderr.write(`${lines.join('\n')}\n`)
}
