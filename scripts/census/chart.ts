export interface Bar {
  readonly label: string
  readonly value: number
  /** The value as it is written. */
  readonly text: string
}

const WIDTH = 720
const ROW = 26
const LABELS = 290
const VALUES = 80

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A horizontal bar chart as SVG, in the colors that the reader's system asks for. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1
  const room = WIDTH - LABELS - VALUES
  const height = bars.length * ROW + 44
  const rows = bars.map(({ label, value, text }, index) => {
    const y = 40 + index * ROW
    const width = Math.round((value / most) * room * 10) / 10
    return `  <text x="${LABELS - 8}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>
  <rect x="${LABELS}" y="${y + 2}" width="${width}" height="18" rx="2"/>
  <text x="${LABELS + width + 6}" y="${y + 15}">${escaped(text)}</text>`
  })
  const said = bars.map(({ label, text }) => `${label}: ${text}`).join('; ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">
  <title id="title">${escaped(title)}</title>
  <desc id="desc">${escaped(said)}</desc>
  <style>
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .title { font-weight: 600; font-size: 15px }
    rect { fill: #0969da }
    @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } rect { fill: #58a6ff } }
  </style>
  <text class="title" x="0" y="20">${escaped(title)}</text>
${rows.join('\n')}
</svg>
`
}
