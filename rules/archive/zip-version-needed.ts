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
  summary: 'A record requires a later version of the zip format than exists.',
  why: 'Python does not open a zip with such a record, so neither do PyPI, twine and pip.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  bad: [{ wheel: { make: 'zip-version-6.4' } }, { wheel: { make: 'zip-version-local' } }],
  good: { wheel: { make: 'zip-version-6.3' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-version'],
      problem =>
        `The ${problem.where} header of ${memberText(problem)} requires version ${problem.version} of the zip format. Python and uv read up to 6.3.`,
      ({ where }) => (where === 'central' ? ['pypi-crash', 'pip', 'twine', 'uv'] : ['uv']),
    ),
})
