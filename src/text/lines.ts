const LF = 10
const CR = 13
/** Every how many lines a start is remembered: a file of blank lines must not cost an array entry for each. */
const STRIDE = 256

/** Gives line n (1-based, without its end) of a text whose lines end with LF, CR LF or a lone CR. */
export function lineFinder(text: () => string): (line: number) => string | undefined {
  let starts: number[] | undefined
  return line => {
    const whole = text()
    starts ??= sparseStarts(whole)
    if (!Number.isInteger(line) || line < 1) return undefined
    const block = Math.floor((line - 1) / STRIDE)
    let at = starts[block]
    if (at === undefined) return undefined
    for (let n = block * STRIDE + 1; n < line; n++) {
      at = nextLine(whole, at)
      if (at === undefined) return undefined
    }
    const end = lineEnd(whole, at)
    return at === whole.length && line > 1 ? undefined : whole.slice(at, end)
  }
}

function sparseStarts(text: string): number[] {
  const starts = [0]
  let lines = 1
  for (let at = nextLine(text, 0); at !== undefined; at = nextLine(text, at))
    if (lines++ % STRIDE === 0) starts.push(at)
  return starts
}

function lineEnd(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const unit = text.charCodeAt(at)
    if (unit === LF || unit === CR) break
    at++
  }
  return at
}

function nextLine(text: string, from: number): number | undefined {
  const end = lineEnd(text, from)
  if (end === text.length) return undefined
  return end + (text.charCodeAt(end) === CR && text.charCodeAt(end + 1) === LF ? 2 : 1)
}

/** Number of line ends (LF, CR LF, lone CR) before `end`. */
export function countLineEnds(bytes: Uint8Array, end: number): number {
  let count = 0
  for (let at = 0; at < end; at++) if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) count++
  return count
}
