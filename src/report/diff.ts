import { escapeSnippet } from './escape.js'

const CONTEXT = 3

interface Step {
  /** ` `, `-` or `+` */
  readonly sign: string
  readonly line: string
}

export interface DiffOptions {
  /** Its path before, where that was another one. */
  readonly oldPath?: string | undefined
  /** Beyond so many differences everything counts as replaced. */
  readonly most?: number | undefined
}

/** A unified diff of a file; empty where the texts are equal. Line ends stay, so that it can be applied. */
export function unifiedDiff(
  path: string,
  before: string,
  after: string,
  { oldPath = path, most = MOST }: DiffOptions = {},
): string {
  if (before === after) return ''
  const steps = stepsBetween(linesOf(before), linesOf(after), most)
  return `--- a/${shown(oldPath)}\n+++ b/${shown(path)}\n${hunksOf(steps).map(hunkText).join('')}`
}

/** Lines with their ends. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** The shortest way from some lines to others (Myers); both have few differences. */
function stepsBetween(before: readonly string[], after: readonly string[], most: number): readonly Step[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++
  const same = (lines: readonly string[]) => lines.map(line => ({ sign: ' ', line }))
  return [
    ...same(before.slice(0, start)),
    ...shortest(before.slice(start, before.length - end), after.slice(start, after.length - end), most),
    ...same(before.slice(before.length - end)),
  ]
}

const MOST = 2000

function shortest(before: readonly string[], after: readonly string[], most: number): readonly Step[] {
  const trace: Map<number, number>[] = []
  let ends = new Map([[1, 0]])
  for (let distance = 0; distance <= Math.min(before.length + after.length, most); distance++) {
    const next = new Map(ends)
    trace.push(ends)
    for (let k = -distance; k <= distance; k += 2) {
      const down = k === -distance || (k !== distance && (next.get(k - 1) ?? -1) < (next.get(k + 1) ?? -1))
      let x = down ? (next.get(k + 1) ?? 0) : (next.get(k - 1) ?? 0) + 1
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++
      next.set(k, x)
      if (x >= before.length && x - k >= after.length) return backward(before, after, [...trace, next])
    }
    ends = next
  }
  return [...before.map(line => ({ sign: '-', line })), ...after.map(line => ({ sign: '+', line }))]
}

function backward(
  before: readonly string[],
  after: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly Step[] {
  const steps: Step[] = []
  let x = before.length
  let y = after.length
  for (let distance = trace.length - 2; distance >= 0; distance--) {
    const ends = trace[distance]!
    const k = x - y
    const down = k === -distance || (k !== distance && (ends.get(k - 1) ?? -1) < (ends.get(k + 1) ?? -1))
    const from = down ? k + 1 : k - 1
    const startX = ends.get(from) ?? 0
    const startY = startX - from
    while (x > startX && y > startY && x > 0 && y > 0 && before[x - 1] === after[y - 1]) {
      steps.push({ sign: ' ', line: before[--x] ?? '' })
      y--
    }
    if (distance === 0) break
    if (down) steps.push({ sign: '+', line: after[--y] ?? '' })
    else steps.push({ sign: '-', line: before[--x] ?? '' })
  }
  return steps.reverse()
}

interface Hunk {
  readonly oldStart: number
  readonly newStart: number
  readonly steps: readonly Step[]
}

function hunksOf(steps: readonly Step[]): readonly Hunk[] {
  const changed = steps.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]))
  const ranges: [number, number][] = []
  for (const index of changed) {
    const last = ranges.at(-1)
    if (last && index - CONTEXT <= last[1] + CONTEXT) last[1] = index
    else ranges.push([index, index])
  }
  const counted = (upTo: number, sign: string) =>
    steps.slice(0, upTo).reduce((count, step) => count + (step.sign === sign ? 0 : 1), 0)
  return ranges.map(([from, to]) => {
    const start = Math.max(0, from - CONTEXT)
    return {
      oldStart: counted(start, '+') + 1,
      newStart: counted(start, '-') + 1,
      steps: steps.slice(start, to + CONTEXT + 1),
    }
  })
}

function hunkText({ oldStart, newStart, steps }: Hunk): string {
  const range = (start: number, sign: string) => {
    const count = steps.filter(step => step.sign !== sign).length
    return count === 1 ? `${start}` : `${count === 0 ? start - 1 : start},${count}`
  }
  const lines = steps.map(({ sign, line }) => {
    const [, body = '', end = ''] = /^([^\n]*?)(\r?\n)?$/s.exec(line) ?? []
    return `${sign}${shown(body)}${end === '' ? '\n\\ No newline at end of file\n' : end}`
  })
  return `@@ -${range(oldStart, '+')} +${range(newStart, '-')} @@\n${lines.join('')}`
}

/** A tab moves nothing that it should not. */
const shown = (text: string) => text.split('\t').map(escapeSnippet).join('\t')
