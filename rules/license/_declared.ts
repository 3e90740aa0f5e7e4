import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { MetadataField } from '../../src/distribution/metadata.js'
import { attempt } from '../../src/standards/error.js'
import { type LicenseExpression, parseLicenseExpression } from '../../src/standards/license-expression.js'
import { isCopyleft, licenseExpressionFor, permissiveIds } from '../../src/views/licenses.js'

/** What the metadata says the license is. */
export interface Declared {
  readonly at: MetadataField
  readonly value: string
  /** `License-Expression`, `License`, or `Classifier` where only classifiers name the license. */
  readonly field: string
  /** Absent where the metadata does not have an expression, only words that name permissive licenses (`BSD`). */
  readonly expression: LicenseExpression | undefined
  readonly ids: ReadonlySet<string>
}

export function declared(subject: Wheel | Sdist): Declared | undefined {
  const { metadata } = subject
  for (const field of ['License-Expression', 'License'] as const) {
    const [at] = metadata?.all(field) ?? []
    if (!at || at.value.trim() === '') continue
    const text = field === 'License' ? licenseExpressionFor(at.value) : at.value
    const expression = text === undefined ? undefined : attempt(parseLicenseExpression, text)
    if (!expression) return field === 'License' ? permissiveWords(subject) : undefined
    const ids = expression.licenses.map(({ id, orLater }) => (orLater ? `${id}+` : id))
    return { at, value: at.value, field, expression, ids: new Set(ids) }
  }
  return permissiveWords(subject)
}

/** A License that is not an expression, and classifiers, if all of them name only permissive licenses. */
function permissiveWords({ metadata }: Wheel | Sdist): Declared | undefined {
  const fields = [
    ...(metadata?.all('License') ?? []).filter(({ value }) => value.trim() !== ''),
    ...(metadata?.all('Classifier') ?? []).filter(({ value }) => value.startsWith('License ::')),
  ]
  const [at] = fields
  const named = fields.map(field => permissiveIds(field.value))
  if (!at || named.some(ids => ids.length === 0)) return undefined
  return { at, value: at.value, field: at.field, expression: undefined, ids: new Set(named.flat()) }
}

/** Does the metadata name only licenses without copyleft terms? */
export function isPermissive({ ids }: Declared, { metadata }: Wheel | Sdist): boolean {
  const classifiers = (metadata?.all('Classifier') ?? []).filter(({ value }) => value.startsWith('License ::'))
  return (
    [...ids].every(id => !isCopyleft(id) && !id.startsWith('LicenseRef-')) &&
    classifiers.every(({ value }) => permissiveIds(value).length > 0)
  )
}

/** An id without the suffix for later versions: the text is the same. */
export const family = (id: string) => (id.split('-with-', 1)[0] ?? id).replace(/(?:-only|-or-later|\+)$/, '')

/**
 * Licenses that come with another one: the LGPL is an addition to the GPL, Python's license is a stack of four, and who does
 * what MIT asks for does what MIT-0 asks for.
 */
const WITHIN: readonly (readonly [RegExp, RegExp])[] = [
  [/^LGPL-3\.0/, /^GPL-3\.0/],
  [/^LGPL-2/, /^GPL-2\.0/],
  [/^(?:PSF-2\.0|Python-2\.0)/, /^(?:PSF-2\.0|Python-2\.0|CNRI-Python|BeOpen|0BSD)/],
  [/^MIT$/, /^MIT-0$/],
  [/^OpenSSL$/, /^SSLeay/],
  [/^(?:libpng-2\.0|Libpng)$/, /^(?:libpng-2\.0|Libpng|Zlib)$/],
  [/^MIT-CMU$|^HPND/, /^HPND|^MIT-CMU$/],
]

/** Does the expression name one of these licenses, or one that comes with it? */
export function covers(ids: ReadonlySet<string>, wanted: readonly string[]): boolean {
  const families = new Set([...ids].map(family))
  return wanted.some(
    id =>
      families.has(family(id)) ||
      [...ids].some(one => isLater(id, one)) ||
      WITHIN.some(([outer, inner]) => inner.test(id) && [...ids].some(one => outer.test(one))),
  )
}

const GNU = /^([AL]?GPL)-([0-9.]+)(?:-(?:only|or-later)|\+)?$/

/** May what is under `GPL-2.0-or-later` be given on under `GPL-3.0`? */
function isLater(id: string, declared: string): boolean {
  const [, name, version = ''] = (/(?:-or-later|\+)$/.test(id) && GNU.exec(id)) || []
  const [, other, later = ''] = GNU.exec(declared) ?? []
  return name !== undefined && name === other && Number(later) >= Number(version)
}
