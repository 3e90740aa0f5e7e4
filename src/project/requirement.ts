import { attempt } from '../standards/error.js'
import { canonicalName } from '../standards/name.js'
import { parseRequirement, type Requirement, requirementsEqual } from '../standards/requirement.js'

/** A requirement of the metadata: the extra it belongs to is split off its marker, as backends join it on. */
export interface WantedRequirement {
  readonly text: string
  readonly name: string
  readonly extra: string | undefined
}

/** A line of requirements as setuptools reads it: a comment may follow, behind a space. */
export const withoutComment = <T extends { readonly text: string }>(line: T): T => {
  const [text = ''] = line.text.split(' #', 1)
  return { ...line, text: text.trimEnd() }
}

const EXTRA = /(?:^|\s|\()extra\s*==\s*(?:"([^"]*)"|'([^']*)')/

/** Splits `and extra == "x"` (or the whole marker, when it is nothing else) off a Requires-Dist value. */
export function splitExtra(value: string): WantedRequirement {
  const name = nameOf(value)
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
  const named = candidates.flatMap((text, index) =>
    typeof text === 'string' && nameOf(text) === wanted.name ? [{ text, index }] : [],
  )
  const parsed = attempt(parseRequirement, wanted.text)
  const same = named.find(({ text }) => squeeze(text) === squeeze(wanted.text) || (parsed && isEqual(text, parsed)))
  // A backend may tighten or drop a marker; the only requirement of that name is then the one that is meant.
  return same?.index ?? (named.length === 1 ? (named[0]?.index ?? -1) : -1)
}

const isEqual = (text: string, wanted: Requirement): boolean =>
  attempt(other => requirementsEqual(parseRequirement(other), wanted), text) === true

const nameOf = (text: string) => canonicalName(/^\s*([A-Za-z0-9._-]*)/.exec(text)?.[1] ?? '')

const squeeze = (text: string) => text.replace(/\s+/g, '').replaceAll("'", '"')

/** Version specifiers without spaces and in one order, as they can be compared. */
export const sortedClauses = (text: string): string => text.replace(/\s+/g, '').split(',').sort().join()
