import type { Comparison, Difference } from '../show/difference.js'
import { type DifferenceRow, diffsOf, loneSections, sectionsOf, titleOf, verdictOf } from './difference-rows.js'
import { escapeHtml } from './escape.js'
import { hashSource } from './policy.js'

const STYLE = `
:root { color-scheme: light dark; --added: #116329; --removed: #a40e26; --changed: #7d4e00; --quiet: #57606a; --line: #d0d7de }
@media (prefers-color-scheme: dark) { :root { --added: #7ee787; --removed: #ff9a93; --changed: #e3b341; --quiet: #9da7b3; --line: #3d444d } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; color: CanvasText; background: Canvas }
h2 { border-bottom: 1px solid var(--line) } h3, .part { margin-bottom: 0.3rem } .part { border: 0; font-size: 1.17rem }
table { border-collapse: collapse } td { padding: 0.1rem 0.6rem 0.1rem 0; vertical-align: top; overflow-wrap: anywhere }
td:last-child { white-space: nowrap; color: var(--quiet) }
.added { color: var(--added) } .removed { color: var(--removed) } .changed { color: var(--changed) } .at { color: var(--quiet) }
pre { overflow-x: auto; border: 1px solid var(--line); padding: 0.6rem } p.paths { color: var(--quiet) }
`

const NAMES = { '+': 'added', '-': 'removed', '~': 'changed', ' ': '' } as const

/** The same as a page that needs nothing else: no script, nothing from the network, texts from files as text alone. */
export function differenceHtml(comparison: Comparison): string {
  const titles = comparison.pairs.map(titleOf)
  const title = escapeHtml(titles.length === 1 ? (titles[0] ?? '') : 'Differences')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashSource(STYLE)}">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${comparison.pairs.map(one => pairHtml(one, comparison.pairs.length > 1)).join('\n')}
${loneSections(comparison)
  .map(({ title, rows }) => `<h2>${title}</h2>\n${table(rows)}`)
  .join('\n')}
</main>
</body>
</html>
`
}

function pairHtml(difference: Difference, titled: boolean): string {
  const verdict = verdictOf(difference)
  const level = titled ? 'h3' : 'h2'
  return `${titled ? `<h2>${escapeHtml(titleOf(difference))}</h2>\n` : ''}<p class="paths">${escapeHtml(difference.old.path)} → ${escapeHtml(difference.new.path)}</p>
${verdict === '' ? '' : `<p>${escapeHtml(verdict)}</p>`}
${(verdict === '' ? sectionsOf(difference, true) : []).map(({ title, rows }) => `<${level} class="part">${title}</${level}>\n${table(rows)}`).join('\n')}
${diffsOf(difference).map(diffHtml).join('\n')}`
}

const table = (rows: readonly DifferenceRow[]): string =>
  `<table>\n${rows
    .map(
      ({ sign, text, aside }) =>
        `<tr><td class="${NAMES[sign]}">${NAMES[sign]}</td><td>${escapeHtml(text)}</td><td>${escapeHtml(aside ?? '')}</td></tr>`,
    )
    .join('\n')}\n</table>`

function diffHtml(diff: string): string {
  const lines = diff.replace(/\n$/, '').split('\n')
  const name = (lines[1] ?? '').replace(/^\+\+\+ b\//, '')
  const body = lines.map(line => {
    const kind = /^(?:---|\+\+\+|@@) /.test(line)
      ? 'at'
      : line.startsWith('+')
        ? 'added'
        : line.startsWith('-')
          ? 'removed'
          : ''
    const text = line.split('\t').map(escapedLine).join('\t')
    return kind === '' ? text : `<span class="${kind}">${text}</span>`
  })
  return `<details>\n<summary>${escapedLine(name)}</summary>\n<pre>${body.join('\n')}</pre>\n</details>`
}

/** A line of a diff has its controls escaped already. */
const escapedLine = (text: string): string => text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`)
