import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip-version-needed',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi-crash', 'twine', 'pip', 'uv'],
  force: 'none',
  source: 'APPNOTE 6.3.10, section 4.4.3; CPython, zipfile.MAX_EXTRACT_VERSION',
  url: APPNOTE,
  summary: 'A record asks for a later version of the zip format than there is.',
  why: 'Python opens no zip with such a record: not PyPI, not twine, not pip.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  bad: [{ wheel: { make: 'zip-version-6.4' } }, { wheel: { make: 'zip-version-local' } }],
  good: { wheel: { make: 'zip-version-6.3' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-version'],
      problem =>
        `The ${problem.where} header of ${memberText(problem)} asks for version ${problem.version} of the zip format; Python and uv read up to 6.3.`,
      ({ where }) => (where === 'central' ? ['pypi-crash', 'pip', 'twine', 'uv'] : ['uv']),
    ),
})
