import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, memberText } from './_problems.js'

/** A DOS date and time. */
function timeText(time: number): string {
  const date = time >>> 16
  const part = (value: number) => `${value}`.padStart(2, '0')
  const day = `${1980 + (date >>> 9)}-${part((date >>> 5) & 15)}-${part(date & 31)}`
  return `${day} ${part((time >>> 11) & 31)}:${part((time >>> 5) & 63)}:${part((time & 31) * 2)}`
}

export default rule({
  id: 'zip-local-time-mismatch',
  topic: 'archive',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.4.6',
  url: APPNOTE,
  summary: 'The time of a member differs between its local header and the central directory.',
  why: 'Nobody compares them today, but it shows that a tool edited the archive.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  bad: { wheel: { make: 'zip-local-time' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-local-time'],
      problem =>
        `The local header of ${memberText(problem)} has the time ${timeText(problem.local)}, but the central directory has ${timeText(problem.central)}.`,
    ),
})
