import type { Problem } from '../../src/archive/problem.js'
import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { byWalk, fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

export default rule({
  id: 'zip-extra-malformed',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'The extra fields of a member do not fit the space for them, or a zip64 field has an invalid length.',
  why: 'A reader may run into the content of the member. PyPI and uv refuse the file.',
  fix: 'Rebuild the file with a build backend. Padding of fewer than four bytes (zipalign) also causes this.',
  pypiMessage: 'ZIP archive not accepted: Malformed zip file. See https://docs.pypi.org/archives for more information',
  securitySeverity: 5.0,
  bad: [
    { wheel: { make: 'zip-extra-cut' } },
    { wheel: { make: 'zip64-extra-length' }, alsoGives: ['zip64-extra-contradiction'] },
    { wheel: { make: 'zip64-extra-single' } },
    { wheel: { make: 'zip-unicode-comment-short' } },
  ],
  good: { wheel: { make: 'zip-extra-times' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-extra-malformed', 'zip64-extra-length', 'zip-unicode-comment-invalid'],
      message,
      problem => {
        if (problem.kind === 'zip-unicode-comment-invalid') return ['uv']
        if (problem.kind === 'zip64-extra-length') return byWalk(subject)
        // Everybody treats bytes that are too few for a field as padding, except PyPI, which checks local headers.
        if (problem.length === undefined) return problem.where === 'local' ? byWalk(subject) : []
        return problem.where === 'local' ? byWalk(subject, 'uv') : ['pypi', 'twine', 'pip', 'uv']
      },
    ),
})

function message(
  problem: Problem<'zip-extra-malformed' | 'zip64-extra-length' | 'zip-unicode-comment-invalid'>,
): string {
  const header = `in the ${problem.where} header of ${memberText(problem)}`
  if (problem.kind === 'zip-unicode-comment-invalid') return `The Unicode comment field ${header} is too short.`
  if (problem.kind === 'zip64-extra-length')
    return problem.bytes === 8
      ? `The zip64 field ${header} has one value. It must contain both sizes, unless the content is stored and they are the same.`
      : `The zip64 field ${header} has ${plural(problem.bytes, 'byte')}. Expected 8, 16, 24 or 28.`
  return `The extra fields ${header} are malformed: ${problem.length === undefined ? `${plural(problem.left, 'byte')} ${problem.left === 1 ? 'is' : 'are'} left, too few for a field` : `a field has ${plural(problem.length, 'byte')}, but only ${problem.left} ${problem.left === 1 ? 'is' : 'are'} left`}.`
}
