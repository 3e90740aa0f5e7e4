import type { Sdist, Wheel } from '../distribution/distribution.js'
import type { MetadataField } from '../distribution/metadata.js'
import type { Place } from '../finding.js'
import { within } from '../place.js'
import { attempt } from '../standards/error.js'
import { isDeprecatedSpdx, newerSpdxLicense, parseLicenseExpression } from '../standards/license-expression.js'
import { quote } from '../wording.js'

/** Where the file of a License-File value must be, or undefined when the archive has no such place. */
export function licensePath(subject: Wheel | Sdist, value: string): string | undefined {
  if (subject.kind === 'wheel')
    return subject.distInfo === undefined ? undefined : `${subject.distInfo}/licenses/${value}`
  return subject.top === undefined ? undefined : `${subject.top}/${value}`
}

/** Why packaging rejects a License-File value, or undefined. Its tests, in its order. */
export function licensePathProblem(value: string): string | undefined {
  if (value.includes('..')) return "contains '..'"
  if (value.includes('*')) return "contains '*', but globs are allowed only in pyproject.toml"
  if (value.startsWith('/') || /^[A-Za-z]:[\\/]/.test(value) || value.startsWith('\\\\')) return 'is absolute'
  if (value === '') return 'is empty'
  if (value.includes('\\')) return "contains '\\'; the separator must be '/'"
  if (value !== '.' && value.split('/').some(part => part === '' || part === '.'))
    return "contains an empty part or '.'; write each part once"
  return undefined
}

/** An identifier in an expression as a place, in any case. */
export function licenseIdPlace(field: MetadataField, id: string): Place {
  const written = new RegExp(`(?<![\\w.+-])${id.replace(/[.+]/g, '\\$&')}(?![\\w.-])`, 'i').exec(field.value)
  return written ? within(field, written[0], written.index) : field
}

/** What people write instead of an SPDX identifier: lowercase, without "the" and "license". */
const COMMON = new Map([
  ['mit', 'MIT'],
  ['expat', 'MIT'],
  ['apache', 'Apache-2.0'],
  ['apache 2', 'Apache-2.0'],
  ['apache 2.0', 'Apache-2.0'],
  ['apache2', 'Apache-2.0'],
  ['apache2.0', 'Apache-2.0'],
  ['apache v2', 'Apache-2.0'],
  ['apache-2', 'Apache-2.0'],
  ['apache version 2.0', 'Apache-2.0'],
  ['apache software 2.0', 'Apache-2.0'],
  ['3-clause bsd', 'BSD-3-Clause'],
  ['bsd 3-clause', 'BSD-3-Clause'],
  ['bsd 3 clause', 'BSD-3-Clause'],
  ['new bsd', 'BSD-3-Clause'],
  ['modified bsd', 'BSD-3-Clause'],
  ['2-clause bsd', 'BSD-2-Clause'],
  ['bsd 2-clause', 'BSD-2-Clause'],
  ['simplified bsd', 'BSD-2-Clause'],
  ['gplv2', 'GPL-2.0-only'],
  ['gplv2+', 'GPL-2.0-or-later'],
  ['gpl v2', 'GPL-2.0-only'],
  ['gplv3', 'GPL-3.0-only'],
  ['gplv3+', 'GPL-3.0-or-later'],
  ['gpl v3', 'GPL-3.0-only'],
  ['gnu gplv3', 'GPL-3.0-only'],
  ['lgplv3', 'LGPL-3.0-only'],
  ['lgplv3+', 'LGPL-3.0-or-later'],
  ['lgplv2.1', 'LGPL-2.1-only'],
  ['agplv3', 'AGPL-3.0-only'],
  ['agplv3+', 'AGPL-3.0-or-later'],
  ['mpl2', 'MPL-2.0'],
  ['mpl 2.0', 'MPL-2.0'],
  ['mpl-2', 'MPL-2.0'],
  ['mozilla public 2.0', 'MPL-2.0'],
  ['unlicense', 'Unlicense'],
  ['isc', 'ISC'],
  ['psf', 'PSF-2.0'],
  ['zpl 2.1', 'ZPL-2.1'],
  ['proprietary', 'LicenseRef-Proprietary'],
  ['commercial', 'LicenseRef-Commercial'],
])

/** Identifiers in an expression that only a later SPDX list has. */
export function newerIds(text: string): readonly string[] {
  const words = text.slice(0, 10_000).split(/[\s()]+/)
  return [...new Set(words)].filter(word => newerSpdxLicense(word.replace(/\+$/, '')) !== undefined)
}

/** Words that do not determine the version, whether later versions are allowed, or who allows what. */
const DOUBTFUL: ReadonlySet<string> = new Set([
  'apache',
  'gplv2',
  'gpl v2',
  'gplv3',
  'gpl v3',
  'gnu gplv3',
  'lgplv3',
  'lgplv2.1',
  'agplv3',
  'psf',
  'proprietary',
  'commercial',
])

/** Does a license text in the old form clearly mean what `licenseExpressionFor` returns for it? */
export function isPlainLicense(text: string): boolean {
  const parsed = attempt(parseLicenseExpression, text.trim())
  if (parsed) return parsed.licenses.every(({ deprecated }) => deprecated.length === 0)
  return licenseExpressionFor(text) !== undefined && !DOUBTFUL.has(commonKey(text)) && !text.includes('/')
}

/** The SPDX expression for a license text in the old form: itself if it is one; undefined if unsure. */
export function licenseExpressionFor(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > 200) return undefined
  const parsed = attempt(parseLicenseExpression, trimmed)
  if (parsed) return parsed.toString()
  return COMMON.get(commonKey(trimmed)) ?? ofCrate(trimmed)
}

/** `MIT/Apache-2.0`, as crates once wrote a choice between licenses. */
function ofCrate(text: string): string | undefined {
  const parts = text.split('/').map(part => part.trim())
  if (parts.length < 2 || parts.some(part => attempt(parseLicenseExpression, part)?.licenses.length !== 1))
    return undefined
  return attempt(parseLicenseExpression, parts.join(' OR '))?.toString()
}

/** ` Did you mean …?` for a text that is not an expression: what it means, or may mean; empty if nothing is likely. */
export function licenseHint(text: string): string {
  const better = licenseExpressionFor(text)
  const likely = better === undefined ? candidatesFor(text) : [better]
  return likely.length === 0 ? '' : ` Did you mean ${likely.map(quote).join(' or ')}?`
}

/** The identifiers that a name stands for which leaves out the number of clauses, or `only` and `or-later`. */
export function candidatesFor(text: string): readonly string[] {
  const key = commonKey(text.slice(0, 200))
  if (BSD.test(key)) return ['BSD-2-Clause', 'BSD-3-Clause']
  const [, kind = '', version] = GNU.exec(key) ?? []
  if (version === undefined) return []
  const id = `${kind.charAt(0).toUpperCase()}GPL-${version.includes('.') ? version : `${version}.0`}`
  return [`${id}-only`, `${id}-or-later`].filter(one => attempt(parseLicenseExpression, one) !== undefined)
}

const BSD = /^bsd(?:[ -]style)?$/
const GNU = /^(?:gnu )?(l|a|lesser |affero )?(?:gpl|general public)[ -]?(?:v|version )?([123](?:\.[01])?)$/

const commonKey = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[,()]/g, ' ')
    .replace(/\b(?:the|licen[cs]ed?)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const OSI = 'License :: OSI Approved :: '

/** License classifiers that name one SPDX license. */
export const CLASSIFIER_EXPRESSIONS: ReadonlyMap<string, string> = new Map([
  [`${OSI}MIT License`, 'MIT'],
  [`${OSI}MIT No Attribution License (MIT-0)`, 'MIT-0'],
  [`${OSI}ISC License (ISCL)`, 'ISC'],
  [`${OSI}Mozilla Public License 1.1 (MPL 1.1)`, 'MPL-1.1'],
  [`${OSI}Mozilla Public License 2.0 (MPL 2.0)`, 'MPL-2.0'],
  [`${OSI}GNU Affero General Public License v3`, 'AGPL-3.0-only'],
  [`${OSI}GNU Affero General Public License v3 or later (AGPLv3+)`, 'AGPL-3.0-or-later'],
  [`${OSI}GNU General Public License v2 (GPLv2)`, 'GPL-2.0-only'],
  [`${OSI}GNU General Public License v2 or later (GPLv2+)`, 'GPL-2.0-or-later'],
  [`${OSI}GNU General Public License v3 (GPLv3)`, 'GPL-3.0-only'],
  [`${OSI}GNU General Public License v3 or later (GPLv3+)`, 'GPL-3.0-or-later'],
  [`${OSI}GNU Lesser General Public License v2 (LGPLv2)`, 'LGPL-2.0-only'],
  [`${OSI}GNU Lesser General Public License v2 or later (LGPLv2+)`, 'LGPL-2.0-or-later'],
  [`${OSI}GNU Lesser General Public License v3 (LGPLv3)`, 'LGPL-3.0-only'],
  [`${OSI}GNU Lesser General Public License v3 or later (LGPLv3+)`, 'LGPL-3.0-or-later'],
  [`${OSI}The Unlicense (Unlicense)`, 'Unlicense'],
  [`${OSI}zlib/libpng License`, 'Zlib'],
  [`${OSI}Boost Software License 1.0 (BSL-1.0)`, 'BSL-1.0'],
  [`${OSI}European Union Public Licence 1.2 (EUPL 1.2)`, 'EUPL-1.2'],
])

/** Those that do not identify the version or variant. */
export const AMBIGUOUS_CLASSIFIERS: ReadonlySet<string> = new Set([
  'License :: OSI Approved',
  `${OSI}BSD License`,
  `${OSI}Apache Software License`,
  `${OSI}Academic Free License (AFL)`,
  `${OSI}GNU General Public License (GPL)`,
  `${OSI}GNU Library or Lesser General Public License (LGPL)`,
  `${OSI}GNU Free Documentation License (FDL)`,
  `${OSI}Artistic License`,
  `${OSI}Python Software Foundation License`,
  'License :: Public Domain',
  'License :: Other/Proprietary License',
])

type Family = 'MIT' | 'BSD' | 'Apache' | 'GPL' | 'LGPL' | 'AGPL' | 'MPL' | 'ISC' | 'Unlicense'

const CLASSIFIER_FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^MIT /, 'MIT'],
  [/^BSD License$/, 'BSD'],
  [/^Apache Software License$/, 'Apache'],
  [/^GNU Affero /, 'AGPL'],
  [/^GNU (?:Library or )?Lesser /, 'LGPL'],
  [/^GNU General /, 'GPL'],
  [/^Mozilla Public License /, 'MPL'],
  [/^ISC /, 'ISC'],
  [/^The Unlicense/, 'Unlicense'],
]

/** Family of licenses that a classifier names; undefined for all other classifiers. */
export function classifierFamily(classifier: string): Family | undefined {
  if (!classifier.startsWith(OSI)) return undefined
  const text = classifier.slice(OSI.length)
  return CLASSIFIER_FAMILIES.find(([pattern]) => pattern.test(text))?.[1]
}

const EXPRESSION_FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^MIT(?:-0)?$/, 'MIT'],
  [/^BSD-[234]-Clause$/, 'BSD'],
  [/^Apache-/, 'Apache'],
  [/^AGPL-/, 'AGPL'],
  [/^LGPL-/, 'LGPL'],
  [/^GPL-/, 'GPL'],
  [/^MPL-/, 'MPL'],
  [/^ISC$/, 'ISC'],
  [/^Unlicense$/, 'Unlicense'],
]

/** The same for a License or License-Expression that names only one license. */
export function textFamily(text: string): Family | undefined {
  const expression = licenseExpressionFor(text)
  if (expression === undefined || /[\s(]/.test(expression)) return undefined
  return EXPRESSION_FAMILIES.find(([pattern]) => pattern.test(expression))?.[1]
}

/** False when a classifier names a license of which the expression has none of its kind. */
export function namesFamilyOf(expression: string, classifier: string): boolean {
  const family = classifierFamily(classifier)
  if (family === undefined || /LicenseRef-/i.test(expression)) return true
  const ids = expression.split(/[\s()]+/)
  return EXPRESSION_FAMILIES.some(([pattern, name]) => name === family && ids.some(id => pattern.test(id)))
}

/** What replaces a deprecated identifier of the SPDX list that is not one of the GNU licenses without a suffix. */
const REPLACED = new Map([
  ['BSD-2-Clause-FreeBSD', 'BSD-2-Clause-Views'],
  ['BSD-2-Clause-NetBSD', 'BSD-2-Clause'],
  ['bzip2-1.0.5', 'bzip2-1.0.6'],
  ['eCos-2.0', 'GPL-2.0-or-later WITH eCos-exception-2.0'],
  ['GPL-2.0-with-autoconf-exception', 'GPL-2.0-or-later WITH Autoconf-exception-2.0'],
  ['GPL-2.0-with-bison-exception', 'GPL-2.0-or-later WITH Bison-exception-2.2'],
  ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['GPL-2.0-with-font-exception', 'GPL-2.0-only WITH Font-exception-2.0'],
  ['GPL-2.0-with-GCC-exception', 'GPL-2.0-or-later WITH GCC-exception-2.0'],
  ['GPL-3.0-with-autoconf-exception', 'GPL-3.0-or-later WITH Autoconf-exception-3.0'],
  ['GPL-3.0-with-GCC-exception', 'GPL-3.0-or-later WITH GCC-exception-3.1'],
  ['Nokia-Qt-exception-1.1', 'Qt-LGPL-exception-1.1'],
  ['Nunit', 'zlib-acknowledgement'],
  ['StandardML-NJ', 'SMLNJ'],
  ['wxWindows', 'LGPL-2.0-or-later WITH WxWindows-exception-3.1'],
])

/**
 * An expression with only current identifiers that means the same as a deprecated identifier, in the strictest form
 * where it does not tell; undefined where nothing replaces it.
 */
export function currentSpdx(id: string): string | undefined {
  if (!isDeprecatedSpdx(id)) return id
  const [, name, plus] = /^((?:[AL]?GPL|GFDL)-[0-9.]+)(\+?)$/.exec(id) ?? []
  return name === undefined ? REPLACED.get(id) : `${name}-${plus === '' ? 'only' : 'or-later'}`
}

const COPYLEFT = /^(?:[AL]?GPL|MPL|EPL|CDDL|EUPL|CECILL|OSL|CPL|IPL|SSPL|QPL|RPL|MS-RL|APSL)(?:-|$)/

/** Does the license of this identifier require derived works to use the same license? */
export const isCopyleft = (id: string): boolean => COPYLEFT.test(id) && !/^(?:CECILL-B|MPL-1\.0)$/.test(id)

/** Words of a License or of a classifier, with the identifiers they may mean, and how the texts begin. */
const PERMISSIVE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\bmit(?:-0)?\b|\bexpat\b|\bpermission is hereby granted, free of charge\b/, ['MIT', 'MIT-0']],
  [
    /\bbsd\b|\bredistribution and use in source and binary forms\b/,
    ['BSD-2-Clause', 'BSD-3-Clause', 'BSD-4-Clause', '0BSD'],
  ],
  [/\bapache\b/, ['Apache-2.0', 'Apache-1.1']],
  [/\bisc\b|\biscl\b|\bpermission to use, copy, modify, and(?:\/or)? distribute\b/, ['ISC', '0BSD']],
  [/\bpsf\b|\bpython software foundation\b/, ['PSF-2.0', 'Python-2.0']],
  [/\bzlib\b/, ['Zlib', 'Libpng']],
  [/\bboost\b/, ['BSL-1.0']],
  [/\bunlicense\b|\bpublic domain\b/, ['Unlicense', 'CC0-1.0']],
]
const NOT_PERMISSIVE = /gpl|\bgnu\b|mozilla|\bmpl|copyleft|eclipse|\bepl|cecill|eupl|\bcddl|\bcc[- ]by/
/** In a short text these indicate additional terms; in the text of a license they mean nothing. */
const MORE = /propriet|commercial|\bothers?\b/
const FEW_WORDS = 200

/** Permissive licenses that a License, which need not be an expression, or a classifier names; none where it names others too. */
export function permissiveIds(text: string): readonly string[] {
  const plain = text.slice(0, 20_000).toLowerCase().replace(/\s+/g, ' ')
  if (NOT_PERMISSIVE.test(plain) || (plain.length < FEW_WORDS && MORE.test(plain))) return []
  return PERMISSIVE.filter(([pattern]) => pattern.test(plain)).flatMap(([, ids]) => ids)
}
