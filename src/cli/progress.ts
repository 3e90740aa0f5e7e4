/** One line on a terminal that is rewritten while the work goes on, and gone when it ends. */
export interface Progress {
  step(done: number, total: number, current: string): void
  end(): void
}

export const SILENT: Progress = { step: () => {}, end: () => {} }

/** Shown only after this many milliseconds. */
const PATIENCE = 500
const REDRAW = 100

/** Progress on `stream` when it is a terminal and no CI; `harmless` makes file names harmless. */
export function progressOn(
  stream: NodeJS.WriteStream,
  env: NodeJS.ProcessEnv,
  harmless: (text: string) => string,
): Progress {
  if (!stream.isTTY || env.CI || env.TERM === 'dumb') return SILENT
  const start = performance.now()
  let drawn = 0
  return {
    step(done, total, current) {
      const now = performance.now()
      if (now - start < PATIENCE || now - drawn < REDRAW) return
      drawn = now
      const line = `${done} of ${total}  ${harmless(current)}`
      stream.write(`\r\x1b[K${line.slice(0, Math.max(20, (stream.columns ?? 80) - 1))}`)
    },
    end() {
      if (drawn > 0) stream.write('\r\x1b[K')
    },
  }
}
