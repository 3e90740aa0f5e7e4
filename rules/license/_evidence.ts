import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Place } from '../../src/finding.js'
import { groupBy } from '../../src/group-by.js'
import type { LicenseMatch } from '../../src/licenses/match.js'
import { attempt } from '../../src/standards/error.js'
import {
  isDeprecatedSpdx,
  type LicenseUse,
  parseLicenseExpression,
  spdxLicense,
} from '../../src/standards/license-expression.js'
import { currentSpdx, isCopyleft, licensePath } from '../../src/views/licenses.js'
import { libraryStem, vendoredLibraries } from '../../src/views/sboms.js'
import { covers, type Declared, family } from './_declared.js'

/** A license that may apply. */
interface Option {
  /** SPDX ids that have the text, or the id that is named. */
  readonly ids: readonly string[]
  /** What to write, with current ids alone and in the form that allows the least. */
  readonly expression: string
}

type Confidence = 'high' | 'medium'

/** A sign that a license applies to something in the archive. */
export interface Evidence extends Place {
  readonly member: string
  /** Any one of these is enough. */
  readonly options: readonly Option[]
  readonly kind: 'text' | 'tag' | 'notice' | 'library'
  /** Completes the name of the member to a sentence. */
  readonly what: string
  readonly confidence: Confidence
  /** It concerns code that is certainly in the archive, not just a license text. */
  readonly isForCode: boolean
}

export const isCoveredBy = (ids: ReadonlySet<string>, { options }: Evidence): boolean =>
  options.some(option => covers(ids, option.ids))

/** The expression of what applies. */
export const expressionOf = ({ options }: Evidence): string =>
  [...new Set(options.map(({ expression }) => expression))].join(' OR ')

/** Is it a copyleft license without an exception for linking? */
export const asksForCopyleft = ({ options }: Evidence): boolean =>
  options.every(({ ids, expression }) => ids.some(isCopyleft) && !expression.includes(' WITH '))

const GCC = 'GPL-3.0-or-later WITH GCC-exception-3.1'

/** Licenses of the libraries that repair tools copy most, by library stem. */
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

/** Tests, documentation, templates and tool configuration: often under a different license, and not the code in use. */
const SET_ASIDE: readonly RegExp[] = [
  /(?:^|\/)(?:(?:unit)?tests?(?:[ _-](?:cases?|data|suite))?|[^/]+[_-]tests?|testing|testdata|fixtures?|docs?|examples?|samples?|templates?|bench(?:marks?)?)\//i,
  // Where REUSE keeps the texts that its tags name.
  /(?:^|\/)LICENSES\//,
  /(?:^|\/)\.(?!dylibs\/)[^/]+(?:\/|$)/,
  /^(?:pyproject\.toml|setup\.(?:py|cfg))$/,
]

/** Everything in the archive that says which license a part of it is under. */
export function evidence(subject: Wheel | Sdist): readonly Evidence[] {
  const isInUse = ({ member }: { readonly member: string }) => !setAside(withoutTop(subject, member))
  const headers = subject.licenseHeaders.filter(isInUse).map(header => ({ ...header, terms: termsOf(header.value) }))
  const folders = groupBy(subject.licenseTexts.filter(isInUse), ({ member }) => folderOf(member))
  const folderAbove = (path: string): string => {
    let folder = folderOf(path)
    while (folder !== '' && !folders.has(folder)) folder = folderOf(folder)
    return folder
  }
  const below = groupBy(headers, ({ member }) => folderAbove(member))
  // A text is that of "only" and of "or later"; the notices tell.
  const noted = new Set(headers.flatMap(({ terms }) => terms.flat().flatMap(({ ids }) => ids)))
  const top = subject.kind === 'sdist' ? subject.top : ''
  const code = foldersOfCode(subject)
  const told = new Map<string, readonly Claim[]>()
  for (const [folder, files] of folders) {
    const texts = files.map(({ member, matches, offersChoice }): FolderText => {
      const claims = apart(matches).flatMap(match => claimOf(member, match, noted))
      return { member, claims, offersChoice }
    })
    told.set(folder, folderClaims(folder, texts, folder === top, (below.get(folder) ?? []).map(withTerms)))
  }
  const texts = [...told].flatMap(([folder, claims]) =>
    claims.map(
      ({ member, options, share }): Evidence => ({
        member,
        options,
        kind: 'text',
        what: `contains the license text (${Math.floor(share * 100)}% of it)`,
        confidence: share >= 0.95 ? 'high' : 'medium',
        isForCode: INFO.test(member) || (folder !== top && code.has(folder)),
      }),
    ),
  )
  const notes = headers.flatMap(({ member, line, kind, isGrant, terms }): readonly Evidence[] => {
    if (kind === 'choice') return []
    const claims = told.get(folderAbove(member)) ?? []
    const isTold = (term: Term) =>
      claims.some(claim => term.some(option => claim.options.some(one => isSame(one, option))))
    return terms
      .filter(term => !isTold(term))
      .map(options => ({
        member,
        line,
        options,
        kind,
        what: kind === 'tag' ? 'contains an SPDX-License-Identifier' : 'contains a license notice',
        confidence: kind === 'tag' || (isGrant && !VENDORED.test(member)) ? 'high' : 'medium',
        isForCode: !BUILD.test(member),
      }))
  })
  return [...texts, ...notes, ...libraries(subject).filter(isInUse)]
}

/** Licenses of which one is enough. */
type Term = readonly Option[]

/** What a text, or several alternative texts, declare. */
interface Claim {
  readonly member: string
  readonly options: Term
  readonly share: number
}

interface FolderText {
  readonly member: string
  readonly claims: readonly Claim[]
  readonly offersChoice: boolean
}

interface Note {
  readonly isChoice: boolean
  readonly terms: readonly Term[]
}

const withTerms = ({ kind, terms }: { readonly kind: string; readonly terms: readonly Term[] }): Note => ({
  isChoice: kind === 'choice' || terms.some(term => term.length > 1),
  terms,
})

function claimOf(member: string, { ids, share }: LicenseMatch, noted: ReadonlySet<string>): readonly Claim[] {
  const option = optionOf(ids, noted)
  return option ? [{ member, options: [option], share }] : []
}

/** One license of ids with one text. */
function optionOf(all: readonly string[], noted: ReadonlySet<string>): Option | undefined {
  const ids = all.filter(id => !isDeprecatedSpdx(id))
  const [shortest] = [...ids].sort((a, b) => a.length - b.length)
  if (shortest !== undefined) {
    const expression = ids.find(id => noted.has(id)) ?? ids.find(id => id.endsWith('-only')) ?? shortest
    return { ids, expression }
  }
  const expression = currentSpdx(all[0] ?? '')
  return expression === undefined ? undefined : { ids: [expression.replace(/ WITH .*/, '')], expression }
}

const isGnu = (kind: 'GPL' | 'LGPL', { ids, expression }: Option) =>
  ids.some(id => id.startsWith(`${kind}-`)) && !expression.includes(' WITH ')
const isOnly = (kind: 'GPL' | 'LGPL', options: Term) => options.every(option => isGnu(kind, option))

/** Names that do not say what the text applies to. */
const GENERIC = /^(?:licen[cs]e|copying|l?gpl)(?:[-._v0-9]|txt|md|rst|lesser|lib|gpl)*$/i

/** The claims of the texts in one folder: which add to one another, which are one, and which are alternatives. */
function folderClaims(
  folder: string,
  texts: readonly FolderText[],
  isTop: boolean,
  notes: readonly Note[],
): readonly Claim[] {
  // A text that offers a choice among the licenses it contains. In a long collection, the choice belongs to one of its parts.
  let claims = texts.flatMap(({ claims, offersChoice }) =>
    offersChoice && claims.length <= 3 ? joined(claims) : claims,
  )
  const some = (options: (claim: Claim) => boolean) => claims.some(options)
  const noted = notes.flatMap(({ terms }) => terms)
  // The exception and the LGPL add to the GPL, whose text is next to them.
  const excepted = claims.flatMap(({ options }) => options.filter(({ expression }) => expression.includes(' WITH ')))
  const isLesser =
    some(({ options }) => isOnly('LGPL', options)) ||
    (noted.some(term => isOnly('LGPL', term)) && !noted.some(term => term.some(option => isGnu('GPL', option))))
  claims = claims.filter(({ member, options }) => {
    if (!isOnly('GPL', options)) return true
    if (excepted.some(one => options.some(option => sameFamily(one, option)))) return false
    return !(isLesser && GENERIC.test(basename(member)))
  })
  if (claims.length < 2) return claims
  const offersChoice =
    texts.some(text => text.offersChoice && text.claims.length === 0) ||
    (!isTop && notes.some(({ isChoice }) => isChoice))
  const isAlternative = ({ member }: Claim): boolean => {
    const name = basename(member)
    return offersChoice ? namesLicense(name) || GENERIC.test(name) : namesLicense(name) && !/_/.test(name)
  }
  // `licenses/` contains the texts of many parts, but for the one that tools put a distribution's own into.
  const isCollection = /(?:^|\/)licen[cs]es$/i.test(folder) && !INFO.test(`${folder}/`)
  if (isCollection && !offersChoice) return claims
  let alternatives: readonly Claim[] = claims.filter(isAlternative)
  const pair = claims.filter(({ member }) => namesLicense(basename(member)))
  if (alternatives.length < 2 && pair.length === 2 && isMitAndApache(pair)) alternatives = pair
  if (alternatives.length < 2 && !isTop) alternatives = gplOrPermissive(claims)
  if (alternatives.length < 2) return claims
  // Next to them, `LICENSE` gives terms that are nobody else's, which a user may choose too.
  const isOwn = ({ member, claims }: FolderText) => claims.length === 0 && GENERIC.test(basename(member))
  if (!offersChoice && texts.some(isOwn) && alternatives.every(one => has(one, COPYLEFT)))
    return claims.filter(claim => !alternatives.includes(claim))
  return [...joined(alternatives), ...claims.filter(claim => !alternatives.includes(claim))]
}

/** Alternatives as one. */
function joined(claims: readonly Claim[]): readonly Claim[] {
  const [first] = claims
  if (!first) return []
  const options = claims.flatMap(claim => claim.options)
  return [{ member: first.member, options, share: Math.min(...claims.map(({ share }) => share)) }]
}

const LICENSE_NAMES =
  /^(?:mit|expat|apache|asl|bsd|boost|bsl|isc|zlib|gpl|lgpl|agpl|mpl|cddl|epl|eupl|unlicense|cc0|wtfpl)(?:[-._v 0-9]|software|license|licence|clause|lesser|public)*$/i

/** `LICENSE-MIT`, `LICENSE.APACHE2`, `MIT-LICENSE.txt`, `UNLICENSE`: files that are named after a license, not after a part. */
function namesLicense(name: string): boolean {
  const bare = name.replace(/\.(?:txt|md|rst|html)$/i, '')
  const [, after] = /^(?:licen[cs]e|copying)[-._](.+)$/i.exec(bare) ?? []
  const [, before] = /^(.+)[-._]licen[cs]e$/i.exec(bare) ?? []
  return /^unlicense$/i.test(bare) || LICENSE_NAMES.test(after ?? before ?? '')
}

const has = ({ options }: Claim, pattern: RegExp) => options.some(({ ids }) => ids.some(id => pattern.test(id)))

const isMitAndApache = (claims: readonly Claim[]) =>
  claims.some(claim => has(claim, /^MIT$/)) && claims.some(claim => has(claim, /^Apache-2\.0$/))

const COPYLEFT = /^[AL]?GPL-/

const PERMISSIVE = /^(?:MIT|BSD-[23]-Clause|ISC|Apache-2\.0)$/

/**
 * `COPYING` with the GPL and a permissive license: in `LICENSE`, and nothing else, or in `LICENSE.Apache`, whatever the texts say that
 * are named after a part. Empty if these are not alternatives.
 */
function gplOrPermissive(claims: readonly Claim[]): readonly Claim[] {
  const gpl = claims.filter(
    ({ member, options }) => isOnly('GPL', options) && /^copying(?:\.txt)?$/i.test(basename(member)),
  )
  const free = claims.filter(
    claim =>
      has(claim, PERMISSIVE) &&
      (namesLicense(basename(claim.member)) ||
        (claims.length === 2 && /^licen[cs]e(?:\.(?:txt|md))?$/i.test(basename(claim.member)))),
  )
  return gpl.length === 1 && free.length > 0 ? [...gpl, ...free] : []
}

const sameFamily = (one: Option, other: Option) => one.ids.some(a => other.ids.some(b => family(a) === family(b)))
const isSame = (text: Option, named: Option) => named.ids.every(id => covers(new Set(text.ids), [id]))

/** Of licenses in one text that come with one another the first, which is the larger. */
function apart(matches: readonly LicenseMatch[]): readonly LicenseMatch[] {
  return matches.filter(
    (one, i) =>
      !matches.some((other, j) => {
        if (i === j || isException(one) !== isException(other) || !covers(new Set(other.ids), one.ids)) return false
        return j < i || !covers(new Set(one.ids), other.ids)
      }),
  )
}

const isException = ({ ids }: LicenseMatch) => ids.some(id => id.includes('-with-'))

/** Where a distribution, also one that is bundled, has its own license texts. */
const INFO = /(?:^|\/)[^/]+\.(?:dist|egg)-info\//

/** Code of others has its terms with it, and may offer more than the notice of one file says. */
const VENDORED = /(?:^|\/)_?(?:vendor(?:ed|s)?|third[-_]?party|extern(?:als?)?|deps|3rd[-_]?party)\//i

/** What builds the code and does not go into it. */
const BUILD =
  /(?:^|\/)(?:cmake|m4|tools|scripts|build[^/]*|ci)\/|\.(?:cmake|sh|ya?ml|toml|cfg)$|(?:^|\/)(?:CMakeLists\.txt|Makefile)$/i

/** Folders that have source files or binaries, in them or below. */
function foldersOfCode(subject: Wheel | Sdist): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { path } of subject.members.files) {
    if (!CODE.test(path)) continue
    for (let folder = folderOf(path); folder !== '' && !found.has(folder); folder = folderOf(folder)) found.add(folder)
  }
  return found
}

const CODE =
  /\.(?:pyx?|c|h|cc|cpp|cxx|hh|hpp|hxx|inl|ipp|cu|cuh|mm?|js|mjs|cjs|jsx|tsx?|rs|go|java|kt|swift|f|f90|asm|s|so|dll|dylib|pyd|exe)$|\.so\.[0-9.]+$/i

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))
const basename = (path: string) => path.slice(path.lastIndexOf('/') + 1)

function libraries(subject: Wheel | Sdist): readonly Evidence[] {
  if (subject.kind !== 'wheel') return []
  return vendoredLibraries(subject).flatMap((member): Evidence[] => {
    const stem = libraryStem(member).replace(/64_?$/, '')
    const id = stem.startsWith('boost_') ? 'BSL-1.0' : Object.hasOwn(LIBRARIES, stem) ? LIBRARIES[stem] : undefined
    // OpenSSL before 3.0 had its own license.
    const old = /^(?:ssl|crypto)$/.test(stem) && /\.so\.(?:1|10)\b|[-.]1_1\b|\.1\.1\b/.test(member)
    if (id === undefined) return []
    const expression = old ? 'OpenSSL' : id
    const options = [{ ids: [expression.replace(/ WITH .*/, '')], expression }]
    const what = 'is a library recognized by its name'
    return [{ member, options, kind: 'library', what, confidence: 'medium', isForCode: true }]
  })
}

const setAside = (path: string) => SET_ASIDE.some(pattern => pattern.test(path))
const withoutTop = (subject: Wheel | Sdist, member: string) =>
  subject.kind === 'sdist' ? member.slice(member.indexOf('/') + 1) : member

/** The terms of an expression that all apply, each with its alternatives. What nobody knows, as a LicenseRef, is left out. */
function termsOf(value: string): readonly Term[] {
  const expression = attempt(parseLicenseExpression, value)
  if (!expression) {
    const id = spdxLicense(value)
    const option = id === undefined ? undefined : optionOf([id], new Set())
    return option ? [[option]] : []
  }
  const { tree } = expression
  const terms = tree.kind === 'and' ? tree.terms : [tree]
  return terms.flatMap((term): readonly Term[] => {
    const uses = term.kind === 'or' ? term.terms : [term]
    const options = uses.map(use => (use.kind === 'license' ? optionOfUse(use) : undefined))
    return options.every(option => option !== undefined) ? [options] : []
  })
}

function optionOfUse({ id, orLater, isRef, exception }: LicenseUse): Option | undefined {
  if (isRef) return undefined
  const current = currentSpdx(orLater && isDeprecatedSpdx(`${id}+`) ? `${id}+` : id)
  if (current === undefined) return undefined
  const license = orLater && current === id ? `${id}+` : current
  const [base = ''] = license.split(' WITH ')
  return { ids: [base], expression: exception === undefined ? license : `${base} WITH ${exception}` }
}

/** Members that License-File names, in the order of the metadata. */
function licenseFiles(subject: Wheel | Sdist): readonly string[] {
  return (subject.metadata?.all('License-File') ?? []).flatMap(({ value }) => licensePath(subject, value) ?? [])
}

/**
 * The project's own license text, where it is another one than the metadata says: each License-File at the top is a text, and no
 * text that the metadata names is among them.
 */
export function contradictingText(subject: Wheel | Sdist, { ids }: Declared): Evidence | undefined {
  if ([...ids].some(id => id.startsWith('LicenseRef-'))) return undefined
  const texts = new Map(subject.licenseTexts.map(text => [text.member, text]))
  const own = licenseFiles(subject).map(path => texts.get(path))
  if (own.some(text => text?.matches.some(match => covers(ids, match.ids)))) return undefined
  const isLesser = own.some(text => text?.matches.some(({ ids }) => ids.some(id => id.startsWith('LGPL-'))))
  for (const text of own) {
    const [match, ...others] = text?.matches ?? []
    // The LGPL adds to the GPL, whose text is next to it: the finding names the LGPL.
    if (isLesser && match?.ids.some(id => id.startsWith('GPL-'))) continue
    if (!text || !match || others.length > 0 || match.share < 0.95 || !isMain(subject, text.member)) continue
    const option = optionOf(match.ids, new Set())
    if (!option) continue
    return {
      member: text.member,
      options: [option],
      kind: 'text',
      what: `contains the license text (${Math.floor(match.share * 100)}% of it)`,
      confidence: 'high',
      isForCode: true,
    }
  }
  return undefined
}

/** `LICENSE`, `LICENCE.txt`, `COPYING`: at the top, and named after nobody. */
function isMain(subject: Wheel | Sdist, member: string): boolean {
  const path = subject.kind === 'wheel' ? member.replace(/^[^/]+\/(?:licenses\/)?/, '') : withoutTop(subject, member)
  return /^(?:licen[cs]e|copying)(?:\.(?:txt|md|rst))?$/i.test(path)
}
