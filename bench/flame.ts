/**
 * `npm run flame -- PROFILE… OUT.svg`: draws what `node --cpu-prof` recorded. Time goes from left to right by its share, callers
 * are above what they call, and equal stacks are joined, of several runs too.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
    readonly children?: readonly number[]
  }[]
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

interface Frame {
  readonly name: string
  readonly kind: 'ours' | 'node' | 'engine'
  time: number
  readonly below: Map<string, Frame>
}

const WIDTH = 1200
const ROW = 16
/** What is narrower says nothing. */
const LEAST = 1.5
/** Where a name fits. */
const CHARACTER = 6.2

const files = process.argv.slice(2)
const out = files.pop()
if (out === undefined || files.length === 0) throw new Error('usage: npm run flame -- PROFILE… OUT.svg')

const frameOf = (name: string, kind: Frame['kind']): Frame => ({ name, kind, time: 0, below: new Map() })
const root = frameOf('all', 'ours')
for (const file of files) add(JSON.parse(readFileSync(file, 'utf8')) as Profile)
writeFileSync(out, drawn())

function add({ nodes, samples, timeDeltas }: Profile): void {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const callers = new Map(nodes.flatMap(node => (node.children ?? []).map(child => [child, node.id] as const)))
  for (const [i, sample] of samples.entries()) {
    const stack: number[] = []
    for (let id: number | undefined = sample; id !== undefined; id = callers.get(id)) stack.unshift(id)
    const time = timeDeltas[i] ?? 0
    let frame = root
    // Waiting is no work.
    if (byId.get(sample)?.callFrame.functionName === '(idle)') continue
    root.time += time
    for (const id of stack.slice(1)) {
      const { functionName, url } = byId.get(id)?.callFrame ?? { functionName: '', url: '' }
      const place = url.slice(url.lastIndexOf('/') + 1)
      const name = `${functionName || '(anonymous)'}${place ? ` ${place}` : ''}`
      const kind = url.startsWith('node:') ? 'node' : url === '' ? 'engine' : 'ours'
      const next: Frame = frame.below.get(name) ?? frameOf(name, kind)
      frame.below.set(name, next)
      next.time += time
      frame = next
    }
  }
}

function drawn(): string {
  const scale = WIDTH / (root.time || 1)
  const rows: string[] = []
  let depth = 0
  const draw = (frame: Frame, left: number, level: number): void => {
    const width = frame.time * scale
    if (width < LEAST) return
    depth = Math.max(depth, level)
    const share = ((100 * frame.time) / root.time).toFixed(1)
    const room = Math.floor((width - 4) / CHARACTER)
    const text =
      room >= 4
        ? `<text x="${(left + 2).toFixed(1)}" y="${level * ROW + 12}">${escaped(frame.name.slice(0, room))}</text>`
        : ''
    rows.push(
      `<g><title>${escaped(frame.name)}, ${share} %</title><rect class="${frame.kind}" x="${left.toFixed(1)}" y="${level * ROW}" width="${Math.max(0.4, width - 0.4).toFixed(1)}" height="${ROW - 1}"/>${text}</g>`,
    )
    let at = left
    for (const next of [...frame.below.values()].sort((a, b) => b.time - a.time)) {
      draw(next, at, level + 1)
      at += next.time * scale
    }
  }
  draw(root, 0, 0)
  const milliseconds = Math.round(root.time / files.length / 1000)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${(depth + 1) * ROW}" width="${WIDTH}" role="img" aria-labelledby="title">
<title id="title">Where ${milliseconds} ms of one thread go</title>
<style>text{font:10px ui-monospace,monospace;fill:#1f2328}.ours{fill:#9ec5fe}.node{fill:#b7e4c7}.engine{fill:#ffd6a5}</style>
${rows.join('\n')}
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
