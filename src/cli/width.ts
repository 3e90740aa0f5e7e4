/** Columns for text: COLUMNS where it is set, else those of the terminal. Undefined in a pipe. */
export function widthOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): number | undefined {
  const set = Number(env.COLUMNS)
  if (Number.isInteger(set) && set > 0) return set
  return stream.isTTY ? stream.columns || 80 : undefined
}
