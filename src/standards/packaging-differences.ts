import { type PackagingVersion, PYPI, TWINE_TODAY } from './authorities.js'

/**
 * Where the versions of packaging that matter today judge otherwise: 26.2, which PyPI pins, 26.3, and 26.4, which this library
 * follows and twine installs. Every row was run with all three. In 3,208 real distributions no file met one of them.
 */

export type JudgedAs =
  | 'license-expression'
  | 'requirement'
  | 'specifiers'
  | 'wheel-filename'
  | 'sdist-filename'
  | 'metadata'

export interface PackagingDifference {
  readonly what: JudgedAs
  /** For metadata a line of the file. */
  readonly example: string
  readonly accepted: Readonly<Record<PackagingVersion, boolean>>
  readonly difference: string
}

const ORDER: readonly PackagingVersion[] = ['26.2', '26.3', '26.4']

/** Refused, or taken, from a version on. */
const difference = (
  change: 'refused' | 'taken',
  since: PackagingVersion,
  what: JudgedAs,
  example: string,
  text: string,
): PackagingDifference => {
  const accepts = (version: PackagingVersion) => ORDER.indexOf(version) >= ORDER.indexOf(since) === (change === 'taken')
  const accepted = { '26.2': accepts('26.2'), '26.3': accepts('26.3'), '26.4': accepts('26.4') }
  return { what, example, accepted, difference: text }
}

export const PACKAGING_DIFFERENCES: readonly PackagingDifference[] = [
  difference('refused', '26.3', 'license-expression', '(MIT) WITH LLVM-exception', 'WITH after a parenthesis'),
  difference('refused', '26.3', 'license-expression', 'MIT WITH (MIT)', 'WITH before a parenthesis'),
  difference(
    'refused',
    '26.3',
    'license-expression',
    'MIT WITH LLVM-exception WITH LLVM-exception',
    'two exceptions for one license',
  ),
  difference('refused', '26.3', 'license-expression', 'LicenseRef-', 'a LicenseRef without a name'),
  difference(
    'refused',
    '26.4',
    'license-expression',
    'LicenseRef-\u212a',
    'a LicenseRef with a letter that only becomes ASCII in lower case',
  ),
  difference('refused', '26.3', 'requirement', 'a\n', 'a line feed at the end'),
  difference('refused', '26.4', 'requirement', 'a===', '`===` without a text'),
  difference(
    'refused',
    '26.4',
    'requirement',
    'a @ https://x\u00a0y',
    'white space other than blanks and tabs in a URL',
  ),
  difference('taken', '26.4', 'requirement', 'a ===1, <2', 'a comma and a blank after a clause of `===`'),
  difference('refused', '26.4', 'specifiers', '===', '`===` without a text'),
  difference('refused', '26.4', 'specifiers', '~=1.0po\u017ft1', 'letters in `~=` that are ASCII when case is ignored'),
  difference('refused', '26.3', 'wheel-filename', '-1-py3-none-any.whl', 'an empty project name'),
  difference('refused', '26.3', 'wheel-filename', 'a-1-py3.-none-any.whl', 'an empty member of a tag set'),
  difference('refused', '26.3', 'wheel-filename', 'a-1-3py-none-any.whl', 'a Python tag that is no identifier'),
  difference('refused', '26.4', 'wheel-filename', 'a-1-1\n-py3-none-any.whl', 'a line feed in the build number'),
  difference('refused', '26.3', 'sdist-filename', '-1.tar.gz', 'an empty project name'),
  difference('taken', '26.3', 'metadata', 'Metadata-Version: 2.6', 'metadata version 2.6'),
  difference(
    'taken',
    '26.3',
    'metadata',
    'Description-Content-Type: text/markdown; charset=utf-8',
    'a charset in another case than UTF-8',
  ),
  difference(
    'refused',
    '26.3',
    'metadata',
    'Summary: a\vb',
    'VT, FF, FS, GS, RS, NEL, U+2028 or U+2029 in the summary',
  ),
  difference('refused', '26.4', 'metadata', 'License-File: C:x', 'a drive in a license file'),
]

/** What to say about a text that packaging refuses since a version that PyPI does not have: ` (…)`. */
export const sinceWords = (since: PackagingVersion | undefined): string =>
  since === undefined
    ? ''
    : ` (packaging ${since} and later, which twine installs as of ${TWINE_TODAY.date}, reject it; PyPI, which has ${PYPI.packaging} as of ${PYPI.date}, accepts it)`

/** The same for one that only older versions refuse. */
export const untilWords = (): string =>
  ` (packaging ${PYPI.packaging}, which PyPI has as of ${PYPI.date}, rejects it; ${TWINE_TODAY.packaging}, which twine installs as of ${TWINE_TODAY.date}, accepts it)`
