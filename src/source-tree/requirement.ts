import { canonicalName } from '../standards/name.js'

/** A requirement of the metadata: the extra it belongs to is split off its marker, as backends join it on. */
export interface WantedRequirement {
  readonly text: string
  readonly name: string
  readonly extra: string | undefined
}

const EXTRA = /(?:^|\s|\()extra\s*==\s*(?:"([^"]*)"|'([^']*)')/

/** Splits `and extra == "x"` (or the whole marker, when it is nothing else) off a Requires-Dist value. */
export function splitExtra(value: string): WantedRequirement {
  const name = canonicalName(/^\s*([A-Za-z0-9._-]*)/.exec(value)?.[1] ?? '')
  const semicolon = value.lastIndexOf(';')
  const marker = semicolon < 0 ? '' : value.slice(semicolon + 1).trim()
  const match = EXTRA.exec(marker)
  if (!match) return { text: value.trim(), name, extra: undefined }
  const extra = canonicalName(match[1] ?? match[2] ?? '')
  const before = marker.slice(0, match.index).trim()
  const after = marker.slice(match.index + match[0].length).trim()
  const rest = unwrap(
    (/\band$/.test(before) ? before.slice(0, -3) : before).trim() || after.replace(/^and\b/, '').trim(),
  )
  const text = rest === '' ? value.slice(0, semicolon).trim() : `${value.slice(0, semicolon).trim()} ; ${rest}`
  return { text, name, extra }
}

/** `(a or b)` without the brackets that joining an extra needs. */
function unwrap(marker: string): string {
  if (!marker.startsWith('(') || !marker.endsWith(')')) return marker
  let depth = 0
  for (let i = 0; i < marker.length; i++) {
    if (marker[i] === '(') depth++
    else if (marker[i] === ')' && --depth === 0 && i < marker.length - 1) return marker
  }
  return marker.slice(1, -1).trim()
}

/** Index of the requirement that the metadata's value came from: by equality, since every backend rewrites the text. */
export function findRequirement(candidates: readonly unknown[], wanted: WantedRequirement): number {
  const same = candidates.findIndex(candidate => typeof candidate === 'string' && equal(candidate, wanted.text))
  if (same >= 0) return same
  // A backend may tighten or drop a marker; the only requirement of that name is then the one that is meant.
  const named = candidates.flatMap((candidate, index) =>
    typeof candidate === 'string' && splitExtra(candidate).name === wanted.name ? [index] : [],
  )
  return named.length === 1 ? (named[0] ?? -1) : -1
}

const equal = (a: string, b: string): boolean => canonical(a) === canonical(b)

/** One text for all requirements that `packaging` holds equal: names, extras, specifiers and marker in one spelling. */
function canonical(text: string): string {
  const [head = '', ...markers] = text.split(';')
  const marker = markers.join(';').replace(/\s+/g, '').replaceAll("'", '"')
  const match = /^\s*([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?/.exec(head)
  if (!match) return text.trim()
  const extras = (match[2] ?? '').split(',').map(extra => canonicalName(extra.trim()))
  const rest = head.slice(match[0].length).trim()
  const specifiers = rest.startsWith('@') ? [rest.slice(1).trim()] : inner(rest).split(',').map(canonicalSpecifier)
  return JSON.stringify([canonicalName(match[1] ?? ''), sortedSet(extras), sortedSet(specifiers), marker])
}

/** Old backends put specifiers in brackets: `demo (>=1)`. */
const inner = (text: string) => (text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : text)

const sortedSet = (items: readonly string[]) => [...new Set(items)].filter(item => item !== '').sort()

/** `>= 1.0.0` as `>=1`: trailing zeros count only for `~=`, `===` and prefixes. */
function canonicalSpecifier(text: string): string {
  const [, operator = '', version = ''] = /^\s*([<>=!~]*)\s*(.*)$/s.exec(text) ?? []
  const trimmed = version
    .trim()
    .toLowerCase()
    .replace(/^v(?=[0-9])/, '')
  const keeps = operator === '~=' || operator === '===' || trimmed.endsWith('*')
  return operator + (keeps ? trimmed : trimmed.replace(/^([0-9]+(?:\.[0-9]+)*?)(?:\.0+)+$/, '$1'))
}
