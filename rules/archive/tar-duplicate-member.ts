import type { Member } from '../../src/archive/archive.js'
import { finding, quote, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { SDIST_FORMAT } from '../shared/tar.js'

const ODD_PART = /(?:^|\/)\.?(?:\/|$)/
/** Without `.` and empty parts. */
const normalized = (path: string) =>
  ODD_PART.test(path)
    ? path
        .split('/')
        .filter(part => part !== '' && part !== '.')
        .join('/')
    : path

const LAST = 'Unpacking keeps the last one.'

const placeOf = ({ path, offset }: Member) => ({ member: path, offset })

export default rule({
  id: 'tar-duplicate-member',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'Two members have the same path.',
  why: 'Unpacking keeps the last one, but tools that look into the archive may read the first.',
  fix: 'Store the file once. The usual cause is a build backend that is configured to include a file twice.',
  securitySeverity: 4.0,
  bad: [
    { sdist: { make: 'tar-duplicate' } },
    { sdist: { make: 'tar-duplicate-dot' } },
    { sdist: { make: 'tar-duplicates-alike' } },
  ],
  good: { sdist: { make: 'tar-directories' } },
  *check(subject) {
    if (subject.archive.format !== 'tar') return
    const last = new Map<string, Member>()
    const same: Member[] = []
    for (const member of subject.members) {
      if (member.type === 'directory') continue
      const path = normalized(member.path)
      const other = last.get(path)
      last.set(path, member)
      if (!other) continue
      if (other.sha256 === member.sha256 && other.type === member.type && member.type === 'file') same.push(member)
      else yield finding(placeOf(member), `${quote(member.path)} appears twice, with different contents. ${LAST}`)
    }
    const [first] = same
    if (!first) return
    const paths = same.map(({ path }) => path)
    yield finding(
      placeOf(first),
      `${someQuoted(paths, 3)} ${same.length > 1 ? 'appear twice, each' : 'appears twice,'} with the same content. ${LAST}`,
    )
  },
})
