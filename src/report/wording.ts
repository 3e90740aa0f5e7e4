import type { Enforcer, Finding } from '../finding.js'
import type { Rule } from '../rule.js'
import { list, plural, thousands } from '../wording.js'
import { countsText, type Summary } from './report.js'

const READERS: readonly (readonly [Enforcer, string])[] = [
  ['packaging', 'packaging'],
  ['pip', 'pip'],
  ['uv', 'uv'],
  ['auditwheel', 'auditwheel'],
  ['interpreter', 'the Python interpreter'],
  ['system', 'the operating system'],
]

/** Who acts on it, in one clause: `PyPI rejects this`; '' when nobody does. */
export function enforcement(enforcedBy: readonly Enforcer[]): string {
  const by = new Set(enforcedBy)
  if (by.has('pypi')) return 'PyPI rejects this'
  if (by.has('pypi-crash')) return 'PyPI fails on this with HTTP 500'
  if (by.has('twine')) return 'twine rejects this'
  if (by.has('pypi-state')) return 'PyPI rejects this, depending on the files it already has'
  if (by.has('pypi-mail')) return 'PyPI accepts the file, but sends mail to its owners about this'
  const readers = READERS.flatMap(([enforcer, name]) => (by.has(enforcer) ? [name] : []))
  if (readers.length === 0) return ''
  return `${list(readers)} ${readers.length === 1 ? 'refuses' : 'refuse'} this`
}

const NAMES: Readonly<Record<Enforcer, string>> = {
  pypi: 'PyPI',
  'pypi-crash': 'PyPI (HTTP 500)',
  'pypi-mail': 'PyPI (sends mail to the owners)',
  'pypi-state': 'PyPI (depending on the files it already has)',
  twine: 'twine',
  packaging: 'packaging',
  pip: 'pip',
  uv: 'uv',
  auditwheel: 'auditwheel',
  interpreter: 'the Python interpreter',
  system: 'the operating system',
}

/** `PyPI, twine, packaging` */
export const enforcerNames = (enforcedBy: readonly Enforcer[]): string =>
  enforcedBy.map(enforcer => NAMES[enforcer]).join(', ')

/** Member with line and column: `demo-1.0.dist-info/METADATA:4:21`; the file's own path when there is no member. */
export function placeText(location: Finding['location']): string {
  const { member, line, column, offset, path } = location
  const file = member ?? path
  if (line !== undefined) return `${file}:${line}${column === undefined ? '' : `:${column}`}`
  return offset === undefined ? file : `${file}, byte ${offset}`
}

/** The build file of a source tree: its findings have their places in the project's own files already. */
const isBuildFile = (path: string): boolean => /(?:^|[\\/])(?:pyproject\.toml|setup\.(?:cfg|py))$/.test(path)

/** `pyproject.toml:7:11`, or the path alone when the whole file is meant. */
export function sourceText(location: Finding['location']): string | undefined {
  const source = location.source
  if (!source || isBuildFile(location.path)) return undefined
  return source.column === undefined ? source.path : `${source.path}:${source.line}:${source.column}`
}

export const SUBJECT_NAMES: Readonly<Record<Rule['applies'][number], string>> = {
  wheel: 'wheel',
  sdist: 'sdist',
  unknown: 'other file',
  release: 'release',
  'variants-json': 'variants file',
  'source-tree': 'source tree',
}

/** `1 of 2 files would be rejected by PyPI`; where some rules about uploads did not run, only a rejection can be told. */
export function uploadVerdict({ rejectedByPyPI, distributions, sourceTrees = 0 }: Summary, judged = true): string {
  if (sourceTrees > 0 && sourceTrees === distributions) {
    const trees = plural(sourceTrees, 'source tree')
    if (rejectedByPyPI === 0) return `${trees} checked`
    return sourceTrees === 1
      ? 'PyPI would reject what is built from the source tree'
      : `PyPI would reject what is built from ${thousands(rejectedByPyPI)} of ${trees}`
  }
  const files = plural(distributions, 'file')
  if (rejectedByPyPI > 0)
    return distributions === 1
      ? 'PyPI would reject the file'
      : `${thousands(rejectedByPyPI)} of ${files} would be rejected by PyPI`
  if (!judged) return `${files} checked`
  const which = distributions === 1 ? 'it' : distributions === 2 ? 'both' : 'all of them'
  return `${files} checked: PyPI would accept ${which}`
}

/** Findings below the level that is shown. */
export interface Hidden {
  readonly warning: number
  readonly info: number
}

export const NOTHING_HIDDEN: Hidden = { warning: 0, info: 0 }

/** `5 info; --severity info shows them.`; '' when everything is shown. */
export function hiddenText({ warning, info }: Hidden): string {
  const counts = [
    ...(warning > 0 ? [plural(warning, 'warning')] : []),
    ...(info > 0 ? [`${thousands(info)} info`] : []),
  ]
  if (counts.length === 0) return ''
  const level = info > 0 ? 'info' : 'warning'
  return `${list(counts)}; --severity ${level} shows ${warning + info === 1 ? 'it' : 'them'}.`
}

/** `2 errors, 1 warning (1 ignored). 5 info; --severity info shows them.` What is not shown is counted too. */
export function summaryCounts(
  { error, warning, info, ignored, known }: Summary,
  hidden: Hidden = NOTHING_HIDDEN,
): string {
  const shown = { error, warning: warning - hidden.warning, info: info - hidden.info }
  const rest = hiddenText(hidden)
  const nothing = rest === '' ? 'No findings' : hidden.warning > 0 ? 'No errors' : 'No errors or warnings'
  const apart = [
    ...(ignored ? [`${thousands(ignored)} ignored`] : []),
    ...(known ? [`${thousands(known)} in the baseline`] : []),
  ]
  const counts = `${countsText(shown) || nothing}${apart.length > 0 ? ` (${apart.join(', ')})` : ''}.`
  return rest === '' ? counts : `${counts} ${rest}`
}
