import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { quote, rule } from '../../src/rule.js'
import { codePoint, eachPath } from '../shared/paths.js'
import { fromProblems } from './_problems.js'

/** C0, DEL and C1. */
const CONTROL = /[\0-\x1f\x7f-\x9f]/
/** PyPI checks only zips, and not for C1. */
const PYPI_REFUSES = /[\0-\x1f\x7f]/

export default rule({
  id: 'path-control-character',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: 'https://docs.pypi.org/archives/',
  summary: 'A path contains a control character.',
  why: 'PyPI rejects it in a zip and uv in both formats. Terminals and logs interpret it, and a line feed breaks RECORD. The usual cause is the macOS file `Icon` with a carriage return.',
  fix: 'Rename or remove the file.',
  pypiMessage:
    'ZIP archive not accepted: Invalid character in filename. See https://docs.pypi.org/archives for more information',
  securitySeverity: 5,
  bad: [
    { wheel: { files: { 'demo/a\nb.txt': '' } } },
    { wheel: { make: 'zip-name-nul' } },
    { sdist: { files: { '{top}/docs/more\x85.txt': '' } } },
  ],
  good: { wheel: { files: { 'demo/a b.txt': '' } } },
  *check(subject) {
    yield* eachPath(
      subject,
      path => {
        const found = CONTROL.exec(path)
        return found ? `${quote(path)} contains the control character ${codePoint(found[0])}.` : undefined
      },
      path => moreOf(subject, path),
    )
    yield* fromProblems(
      subject,
      ['zip-name-nul'],
      ({ member, stored }) =>
        `${quote(stored)} contains the control character U+0000. Python ends the name there, so pip installs ${quote(member)}.`,
    )
  },
})

/** uv accepts C1 in a tar. */
function moreOf({ archive }: Wheel | Sdist, path: string): Omit<Draft, 'at' | 'message'> {
  if (archive.format === 'zip') return { enforcedBy: PYPI_REFUSES.test(path) ? ['pypi', 'uv'] : ['uv'] }
  // No system call accepts a NUL.
  if (path.includes('\0')) return { enforcedBy: ['pip', 'uv'] }
  return PYPI_REFUSES.test(path) ? { enforcedBy: ['uv'] } : { severity: 'warning', enforcedBy: [] }
}
