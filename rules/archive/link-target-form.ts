import type { UnpackFault } from '../../src/archive/unpack.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isRefusedName, SDIST_ARCHIVE, unpackedOf } from '../shared/tar.js'

const FAULTS: Readonly<Partial<Record<UnpackFault, string>>> = {
  'link-empty': 'an empty target',
  'link-down-and-up': "a target that goes down and then up again with '..'",
  'link-no-directory': 'a target that must be a directory but is a file',
}

export default rule({
  id: 'link-target-form',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'uv refuses the form of a link target.',
  why: 'What such a target means depends on other links or on the operating system. Python accepts it, uv refuses the archive.',
  fix: 'Point the link directly to its target.',
  bad: [{ sdist: { make: 'tar-symlink-empty' } }, { sdist: { make: 'tar-symlink-down-and-up' } }],
  good: { sdist: { make: 'tar-symlink-inside' } },
  *check(subject) {
    for (const { member, fault } of unpackedOf(subject).notes) {
      const what = FAULTS[fault]
      if (what === undefined) continue
      yield finding(
        { member: member.path, offset: member.offset },
        `The link ${quote(member.path)} has ${what}: ${quote(member.link ?? '')}.`,
      )
    }
    if (subject.archive.format !== 'tar') return
    for (const { path, link, offset } of subject.members)
      if (link !== undefined && isRefusedName(link))
        yield finding(
          { member: path, offset },
          `The link ${quote(path)} has the target ${quote(link)}, which contains a colon, a backslash or a control character, or starts or ends with a space.`,
        )
  },
})
