/** A position in a TOML text: 1-based line and column in UTF-16 code units. */
export interface TomlPosition {
  readonly line: number
  readonly column: number
}

/** Turns offsets into lines and columns; remembers every 256th line. */
export function positions(text: string): (offset: number) => TomlPosition {
  const STRIDE = 256
  let starts: number[] | undefined
  return offset => {
    starts ??= everyNthLine(text, STRIDE)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    let line = low * STRIDE + 1
    let start = starts[low]!
    for (let end = text.indexOf('\n', start); end >= 0 && end < offset; end = text.indexOf('\n', start)) {
      start = end + 1
      line++
    }
    return { line, column: offset - start + 1 }
  }
}

function everyNthLine(text: string, stride: number): number[] {
  const starts = [0]
  let lines = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1))
    if (++lines % stride === 0) starts.push(end + 1)
  return starts
}
