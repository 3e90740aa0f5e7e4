import { lostFields } from '../../src/distribution/unread.js'
import { finding, quote, rule } from '../../src/rule.js'
import { some } from '../../src/wording.js'

export default rule({
  id: 'metadata-header-cut',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, introduction (header format); RFC 822, 3.1',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A line that is not a header ends the headers, and the fields after it are lost.',
  why: 'Every parser silently reads the rest of the file as the description, so dependencies and Requires-Python disappear.',
  breaks:
    'Installers do not see the later fields: they do not install the dependencies and do not check Requires-Python.',
  fix: project =>
    `Keep each value on one line, or start its continuation lines with whitespace. ${project.key('Summary')} must be a single line.`,
  byHand: 'Current backends fold such a value, or refuse it.',
  bad: {
    wheel: {
      rawMetadata: 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nSummary: one\ntwo\nRequires-Dist: attrs\n',
    },
  },
  good: { wheel: {} },
  *check({ metadata }) {
    if (!metadata || metadata.fields.length === 0) return
    for (const problem of metadata.problems) {
      if (problem.kind !== 'headers-cut') continue
      const lost = lostFields(metadata)
      const rest = lost.length > 0 ? ` Fields lost: ${some(lost, 10)}.` : ''
      const line = problem.line === undefined ? 'A line' : `Line ${problem.line}`
      yield finding(
        problem,
        `${line} of ${metadata.member} is not a header: ${quote(problem.text)}. It ends the headers, and everything after it is read as the description.${rest}`,
      )
    }
  },
})
