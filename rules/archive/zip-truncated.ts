import { rule } from '../../src/rule.js'
import { APPNOTE, byContent, byEnd, byUvWalk, byWalk, fromProblems, memberText, uvUnpacks } from './_problems.js'

export default rule({
  id: 'zip-truncated',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.3.7',
  url: APPNOTE,
  summary: 'The file ends inside a record or inside the content of a member.',
  why: 'Nobody can install what is missing. PyPI, pip and uv refuse the file.',
  fix: 'Rebuild the file or download it again, and compare its size and hash.',
  pypiMessage: 'ZIP archive not accepted: Malformed zip file. See https://docs.pypi.org/archives for more information',
  bad: { wheel: { make: 'zip-cut-content' }, alsoGives: ['zip-member-overlap'] },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-directory-cut', 'zip-content-cut'],
      problem =>
        problem.kind === 'zip-directory-cut'
          ? 'The file ends inside a record of the central directory.'
          : `The content of ${memberText(problem)} extends past the end of the file.`,
      problem =>
        problem.kind === 'zip-directory-cut'
          ? byEnd(subject, 'uv')
          : byWalk(
              subject,
              ...(problem.whole ? [] : byContent(subject, problem, 'other')),
              ...(uvUnpacks(problem) ? (['uv'] as const) : byUvWalk(subject)),
            ),
    ),
})
