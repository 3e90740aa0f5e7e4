import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, byContent, fromProblems, isDirectory, memberText, uvUnpacks } from './_problems.js'

export default rule({
  id: 'zip-content-size',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'pypi-crash', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.9',
  url: APPNOTE,
  summary: 'A member inflates to a different size than its records state.',
  why: 'Readers truncate the content or refuse the file. An archive can hide a huge member this way.',
  fix: 'Rebuild the file, or download it again.',
  pypiMessage: 'Invalid distribution file. None',
  securitySeverity: 5.0,
  bad: { wheel: { make: 'zip-size' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-size'],
      problem =>
        problem.bytes === undefined
          ? `${memberText(problem)} inflates to more than the ${plural(problem.stated, 'byte')} that its records state. The rest was not read.`
          : `${memberText(problem)} inflates to ${plural(problem.bytes, 'byte')}, but its records state ${plural(problem.stated, 'byte')}.`,
      // Python reads up to the stated size, and checks only its CRC-32.
      problem => {
        if (isDirectory(problem)) return []
        if (problem.crcFits) return uvUnpacks(problem) ? ['uv'] : []
        return byContent(subject, problem, 'bad-zip', 'uv')
      },
    ),
})
