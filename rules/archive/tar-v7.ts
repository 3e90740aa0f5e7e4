import { rule } from '../../src/rule.js'
import { BUILD_AGAIN, SDIST_FORMAT } from '../shared/tar.js'
import { fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'tar-v7',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'A header has neither the ustar nor the GNU magic.',
  why: 'Python reads this oldest form of tar; uv refuses it.',
  fix: BUILD_AGAIN,
  bad: { sdist: { make: 'tar-v7' } },
  good: { sdist: {} },
  check: subject =>
    fromProblems(
      subject,
      ['tar-v7'],
      problem => `The header of ${memberText(problem)} is of the V7 form, without the magic 'ustar'.`,
    ),
})
