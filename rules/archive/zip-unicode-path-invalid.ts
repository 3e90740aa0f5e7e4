import { rule } from '../../src/rule.js'
import { fromProblems, memberText, PYPI_ARCHIVES } from './_problems.js'

const WHY = {
  short: 'is shorter than 5 bytes',
  'not-utf8': 'is not UTF-8',
  control: 'has a control character',
  version: 'has another version than 1',
}

export default rule({
  id: 'zip-unicode-path-invalid',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'A Unicode path field cannot be read, or has a control character.',
  why: 'PyPI refuses the file; readers that use the field fail.',
  fix: 'Write the name itself as UTF-8 with flag bit 11, without the field 0x7075.',
  pypiMessage:
    'ZIP archive not accepted: Filename not valid UTF-8. See https://docs.pypi.org/archives for more information',
  bad: [{ wheel: { make: 'zip-unicode-path-invalid' } }, { wheel: { make: 'zip-unicode-path-control' } }],
  good: { wheel: { make: 'zip-unicode-path-same' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip-unicode-path-invalid'],
      problem =>
        `The Unicode path field in the ${problem.where} header of ${memberText(problem)} ${WHY[problem.fault]}.`,
      // PyPI looks at the local one, and at its text alone; Python's zipfile at the central one.
      ({ where, fault }) => {
        if (fault === 'version') return ['uv']
        return (where === 'local') === (fault === 'short') ? ['uv'] : ['pypi', 'uv']
      },
    ),
})
