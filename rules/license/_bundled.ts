import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Place } from '../../src/finding.js'
import { attempt } from '../../src/standards/error.js'
import { type LicenseExpression, parseLicenseExpression, spdxLicense } from '../../src/standards/license-expression.js'
import { licenseExpressionFor, licensePath } from '../../src/views/licenses.js'
import { libraryStem, vendoredLibraries } from '../../src/views/sboms.js'

/** What the metadata says the licence is. */
export interface Declared {
  readonly at: Place
  readonly value: string
  /** `License-Expression`, or `License` where its text is an expression. */
  readonly field: 'License-Expression' | 'License'
  readonly expression: LicenseExpression
  readonly ids: ReadonlySet<string>
}

export function declared({ metadata }: Wheel | Sdist): Declared | undefined {
  for (const field of ['License-Expression', 'License'] as const) {
    const [at] = metadata?.all(field) ?? []
    if (!at) continue
    const text = field === 'License' ? licenseExpressionFor(at.value) : at.value
    const expression = text === undefined ? undefined : attempt(parseLicenseExpression, text)
    if (!expression) return undefined
    const ids = expression.licenses.map(({ id, orLater }) => (orLater ? `${id}+` : id))
    return { at, value: at.value, field, expression, ids: new Set(ids) }
  }
  return undefined
}

/** An id without how later versions are allowed: the text is the same. */
const family = (id: string) => id.replace(/(?:-only|-or-later|\+|-with-.*)$/, '')

/** Licences that come with another one: the LGPL is an addition to the GPL, and Python's licence is a stack of four. */
const WITHIN: readonly (readonly [RegExp, RegExp])[] = [
  [/^LGPL-3\.0/, /^GPL-3\.0/],
  [/^LGPL-2/, /^GPL-2\.0/],
  [/^(?:PSF-2\.0|Python-2\.0)/, /^(?:PSF-2\.0|Python-2\.0|CNRI-Python|BeOpen|0BSD)/],
  [/^OpenSSL$/, /^SSLeay/],
  [/^(?:libpng-2\.0|Libpng)$/, /^(?:libpng-2\.0|Libpng|Zlib)$/],
  [/^MIT-CMU$|^HPND/, /^HPND|^MIT-CMU$/],
]

/** Does the expression name one of these licences, or one that comes with it? */
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

type Confidence = 'high' | 'medium'

/** A sign that a licence applies to something in the archive. */
export interface Evidence extends Place {
  readonly member: string
  /** Any one of these. */
  readonly ids: readonly string[]
  /** Completes the name of the member to a sentence. */
  readonly what: string
  readonly confidence: Confidence
  /** What to write in an expression, where it is not the id alone. */
  readonly expression?: string
}

const GCC = 'GPL-3.0-or-later WITH GCC-exception-3.1'

/** Licences of the libraries that repair tools copy most, by library stem. */
const LIBRARIES: Readonly<Record<string, string>> = {
  crypto: 'Apache-2.0',
  ssl: 'Apache-2.0',
  z: 'Zlib',
  bz: 'bzip2-1.0.6',
  lzma: '0BSD',
  zstd: 'BSD-3-Clause',
  gcc_s: GCC,
  'stdc++': GCC,
  gomp: GCC,
  gfortran: GCC,
  quadmath: 'LGPL-2.1-or-later',
  openblas: 'BSD-3-Clause',
  scipy_openblas: 'BSD-3-Clause',
  geos: 'LGPL-2.1-only',
  geos_c: 'LGPL-2.1-only',
  xml: 'MIT',
  xslt: 'MIT',
  ffi: 'MIT',
  curl: 'curl',
  png: 'libpng-2.0',
}

/** Tests, documentation, templates and what configures tools: often under a licence of its own, and not the code in use. */
const SET_ASIDE: readonly RegExp[] = [
  /(?:^|\/)(?:tests?|testing|testdata|fixtures?|docs?|examples?|templates?)\//i,
  // Where REUSE keeps the texts that its tags name.
  /(?:^|\/)LICENSES\//,
  /(?:^|\/)\.(?!dylibs\/)[^/]+(?:\/|$)/,
  /^(?:pyproject\.toml|setup\.(?:py|cfg))$/,
]

/** Everything in the archive that says under which licence a part of it is. */
export function evidence(subject: Wheel | Sdist): readonly Evidence[] {
  const texts = subject.licenseTexts.flatMap(({ member, matches }) =>
    matches.map(({ ids, share }): Evidence => {
      const percent = Math.floor(share * 100)
      return {
        member,
        ids,
        what: `has the licence text (${percent} % of it)`,
        confidence: share >= 0.95 ? 'high' : 'medium',
      }
    }),
  )
  const headers = subject.licenseHeaders.flatMap(({ member, line, value, kind }) =>
    idsOf(value).map(
      (id): Evidence => ({
        member,
        line,
        ids: [id],
        what: kind === 'tag' ? 'has an SPDX-License-Identifier' : 'has a licence notice',
        confidence: kind === 'tag' ? 'high' : 'medium',
      }),
    ),
  )
  // Of licences that come with one another the first, which is the larger, is enough.
  const apart = texts.filter(
    (one, i) =>
      !texts.some((other, j) => {
        if (i === j || other.member !== one.member || !covers(new Set(other.ids), one.ids)) return false
        return j < i || !covers(new Set(one.ids), other.ids)
      }),
  )
  return [...apart, ...headers, ...libraries(subject)].filter(({ member }) => !setAside(withoutTop(subject, member)))
}

function libraries(subject: Wheel | Sdist): readonly Evidence[] {
  if (subject.kind !== 'wheel') return []
  return vendoredLibraries(subject).flatMap((member): Evidence[] => {
    const stem = libraryStem(member).replace(/64_?$/, '')
    const id = stem.startsWith('boost_') ? 'BSL-1.0' : Object.hasOwn(LIBRARIES, stem) ? LIBRARIES[stem] : undefined
    // OpenSSL before 3.0 had a licence of its own.
    const old = /^(?:ssl|crypto)$/.test(stem) && /\.so\.(?:1|10)\b|[-.]1_1\b|\.1\.1\b/.test(member)
    if (id === undefined) return []
    const expression = old ? 'OpenSSL' : id
    return [
      {
        member,
        ids: [expression.replace(/ WITH .*/, '')],
        expression,
        what: 'is a library known by its name',
        confidence: 'medium',
      },
    ]
  })
}

const setAside = (path: string) => SET_ASIDE.some(pattern => pattern.test(path))
const withoutTop = (subject: Wheel | Sdist, member: string) =>
  subject.kind === 'sdist' ? member.slice(member.indexOf('/') + 1) : member

/** The ids of an expression that all apply: those of `A AND B`; of a choice none is certain, so none is asked for. */
function idsOf(value: string): readonly string[] {
  const expression = attempt(parseLicenseExpression, value)
  if (!expression) {
    const id = spdxLicense(value)
    return id === undefined ? [] : [id]
  }
  const { tree, licenses } = expression
  if (licenses.some(one => one.isRef || one.exception !== undefined)) return []
  if (tree.kind === 'or' || (tree.kind === 'and' && tree.terms.some(term => term.kind !== 'license'))) return []
  return licenses.map(({ id, orLater }) => (orLater ? `${id}+` : id))
}

/** Members that License-File names, in the order of the metadata. */
function licenseFiles(subject: Wheel | Sdist): readonly string[] {
  return (subject.metadata?.all('License-File') ?? []).flatMap(({ value }) => licensePath(subject, value) ?? [])
}

/**
 * The project's own licence text, where it is another one than the metadata says: each License-File at the top is a text, and no
 * text that the metadata names is among them.
 */
export function contradictingText(subject: Wheel | Sdist, { ids }: Declared): Evidence | undefined {
  if ([...ids].some(id => id.startsWith('LicenseRef-'))) return undefined
  const texts = new Map(subject.licenseTexts.map(text => [text.member, text]))
  const own = licenseFiles(subject).map(path => texts.get(path))
  if (own.some(text => text?.matches.some(match => covers(ids, match.ids)))) return undefined
  for (const text of own) {
    const [match, ...others] = text?.matches ?? []
    if (!text || !match || others.length > 0 || match.share < 0.95 || !isMain(subject, text.member)) continue
    return {
      member: text.member,
      ids: match.ids,
      what: `has the licence text (${Math.floor(match.share * 100)} % of it)`,
      confidence: 'high',
    }
  }
  return undefined
}

/** `LICENSE`, `LICENCE.txt`, `COPYING`: at the top, and named after nobody. */
function isMain(subject: Wheel | Sdist, member: string): boolean {
  const path = subject.kind === 'wheel' ? member.replace(/^[^/]+\/(?:licenses\/)?/, '') : withoutTop(subject, member)
  return /^(?:licen[cs]e|copying)(?:\.(?:txt|md|rst))?$/i.test(path)
}

/** What to write: of ids with one text the current one, in the form that allows the least. */
export function toWrite({ ids, expression }: Evidence): string {
  if (expression !== undefined) return expression
  const [shortest = ''] = [...ids].sort((a, b) => a.length - b.length)
  return ids.find(id => id.endsWith('-only')) ?? shortest
}
