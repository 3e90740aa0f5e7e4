/** Where docutils breaks a line and the metadata file does not: separators of ASCII and Unicode. */
const MORE_BREAKS = /[\x1c-\x1e\x85\u2028\u2029]/

/** The line in the file for a line as docutils counts it, both 1-based. */
export function fileLine(text: string, docutilsLine: number): number {
  if (!MORE_BREAKS.test(text)) return docutilsLine
  const breaks = /\r\n|[\n\r\x1c-\x1e\x85\u2028\u2029]/g
  let line = 1
  for (let n = 1; n < docutilsLine; n++) {
    const found = breaks.exec(text)
    if (!found) break
    if (!MORE_BREAKS.test(found[0])) line++
  }
  return line
}

/**
 * Takes off the indentation common to all lines after the first: what a value gets when it is written as a header, and what
 * pkginfo took off again. Undefined when there is none.
 */
export function dedentRest(text: string): string | undefined {
  const [first = '', ...rest] = text.split('\n')
  const filled = rest.filter(line => line.trim() !== '')
  const indent = filled.reduce(
    (least, line) => Math.min(least, line.length - line.trimStart().length),
    Number.MAX_SAFE_INTEGER,
  )
  if (filled.length === 0 || indent === 0) return undefined
  return [first, ...rest.map(line => (line.trim() === '' ? '' : line.slice(indent)))].join('\n')
}
