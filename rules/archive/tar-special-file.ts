import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_ARCHIVE } from '../shared/tar.js'

export default rule({
  id: 'tar-special-file',
  topic: 'archive',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'A member is a device or a named pipe.',
  why: 'Installers must refuse it, and pip and uv do.',
  fix: 'Remove the member.',
  securitySeverity: 7.5,
  bad: [{ sdist: { make: 'tar-device' } }, { sdist: { make: 'tar-fifo' } }],
  good: { sdist: {} },
  *check(subject) {
    for (const member of subject.members)
      if (member.type === 'device' || member.type === 'fifo')
        yield finding(
          { member: member.path, offset: member.offset },
          `${quote(member.path)} is a ${member.type === 'fifo' ? 'named pipe' : 'device'}. An sdist may contain only files, directories and links.`,
        )
  },
})
