import type { Severity } from '../finding.js'
import { attempt } from '../standards/error.js'
import { type LicenseNode, parseLicenseExpression } from '../standards/license-expression.js'
import type { FieldDifference } from './cases.js'

// How much a difference between two files matters to those who use them.

/** What installers and commands depend on: two answers install two things. */
const ACTED_ON: ReadonlySet<string> = new Set([
  'Name',
  'Version',
  'Requires-Python',
  'Requires-Dist',
  'Provides-Extra',
  'entry-points',
])

/** Who made it, and where it lives: indexes show it, and nobody acts on it. */
const SHOWN: ReadonlySet<string> = new Set([
  'Author',
  'Author-email',
  'Maintainer',
  'Maintainer-email',
  'Project-URL',
  'Home-page',
  'Download-URL',
  'Platform',
])

/** Undefined if both files agree. */
export function weightOf(difference: FieldDifference): Severity | undefined {
  const { verdict, field } = difference
  if (verdict === 'reordered') return undefined
  if (verdict === 'respelled' || difference.moot || SHOWN.has(field) || isLicenseAdded(difference)) return 'info'
  return ACTED_ON.has(field) ? 'error' : 'warning'
}

/** A wheel that bundles libraries names their licenses, too (PEP 639). */
export function isLicenseAdded({ field, verdict, given, found }: FieldDifference): boolean {
  if (!field.startsWith('License')) return false
  if (verdict === 'added' || verdict === 'inserted') return true
  if (field !== 'License-Expression' || verdict !== 'changed') return false
  const [less, more] = [given, found].map(items => termsOf(items[0]?.text ?? ''))
  return less !== undefined && more !== undefined && [...less].every(term => more.has(term))
}

/** What an expression joins by AND, each part in one spelling. */
function termsOf(text: string): ReadonlySet<string> | undefined {
  const parsed = attempt(parseLicenseExpression, text)
  if (!parsed) return undefined
  const { tree } = parsed
  return new Set((tree.kind === 'and' ? tree.terms : [tree]).map(spelled))
}

function spelled(node: LicenseNode): string {
  if (node.kind !== 'license') return `(${node.terms.map(spelled).sort().join(` ${node.kind} `)})`
  return `${node.id}${node.orLater ? '+' : ''}${node.exception === undefined ? '' : ` with ${node.exception}`}`
}

/** Fields that one mistake changes together: a person is in two of them, so are a README, an extra and its requirements. */
const TOGETHER: ReadonlyMap<string, string> = new Map([
  ['Author-email', 'Author'],
  ['Maintainer-email', 'Maintainer'],
  ['Description-Content-Type', 'Description'],
  ['Provides-Extra', 'Requires-Dist'],
  ['License', 'License-Expression'],
  ['License-File', 'License-Expression'],
])

export const causeOf = (field: string): string => TOGETHER.get(field) ?? field

export const LIST_IN_DYNAMIC =
  'Configure the backend to list the field as Dynamic: libraries bundled in a wheel have their own licenses.'
