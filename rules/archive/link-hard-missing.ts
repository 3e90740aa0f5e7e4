import { finding, quote, rule } from '../../src/rule.js'
import { refusersOf, SDIST_ARCHIVE } from '../shared/tar.js'
import { isUnread } from '../shared/tar-unread.js'

export default rule({
  id: 'link-hard-missing',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'A hard link points to a file that does not come before it.',
  why: 'pip and uv cannot create the link and refuse the archive. pip looks for the target with and without the top-level directory, uv only with it.',
  fix: 'Put the file before the link, or store a copy instead of the link.',
  bad: { sdist: { make: 'tar-hardlink-missing' } },
  good: { sdist: { make: 'tar-hardlink-inside' } },
  *check(subject) {
    // What was not read at the end of the archive cannot be the target: that comes before.
    if (isUnread(subject)) return
    for (const member of subject.members) {
      const refusers = refusersOf(subject, member, ['hard-missing'])
      if (refusers.length > 0)
        yield finding(
          { member: member.path, offset: member.offset },
          `The hard link ${quote(member.path)} points to ${quote(member.link ?? '')}, but no file of that name comes before it.`,
          { enforcedBy: refusers },
        )
    }
  },
})
