import type { Terminal } from './main.js'

/** Columns for text: COLUMNS where it is set, else those of the terminal. Undefined in a pipe. */
export function widthOf({ stdout, env }: Pick<Terminal, 'stdout' | 'env'>): number | undefined {
  const set = Number(env.COLUMNS)
  if (Number.isInteger(set) && set > 0) return set
  return stdout.isTTY ? stdout.columns || 80 : undefined
}
