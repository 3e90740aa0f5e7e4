import type { UnpackFault } from '../../src/archive/unpack.js'
import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isRefusedName, refusersOf, SDIST_ARCHIVE, unpackedOf } from '../shared/tar.js'

const FAULTS: Readonly<Partial<Record<UnpackFault, string>>> = {
  'link-empty': 'an empty target',
  'link-down-and-up': "a target that goes down and then up again with '..'",
  'link-no-directory': 'a target that uses a file as a directory',
}

export default rule({
  id: 'link-target-form',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'none',
  source: 'Source distribution format, "Source distribution archive features"',
  url: SDIST_ARCHIVE,
  summary: 'Installers refuse the form of a link target.',
  why: 'What such a target means depends on other links or on the operating system. uv refuses the archive, and so does pip on Python 3.14 where a file is used as a directory.',
  fix: 'Point the link directly to its target.',
  bad: [
    { sdist: { make: 'tar-symlink-empty' } },
    { sdist: { make: 'tar-symlink-down-and-up' } },
    { sdist: { make: 'tar-symlink-file-as-directory' } },
  ],
  good: [{ sdist: { make: 'tar-symlink-inside' } }, { sdist: { make: 'tar-symlink-directory-slash' } }],
  *check(subject) {
    for (const [member, notes] of groupBy(unpackedOf(subject).notes, note => note.member)) {
      const faults = [...new Set(notes.map(({ fault }) => fault))]
      for (const fault of faults) {
        const what = FAULTS[fault]
        if (what === undefined) continue
        const refusers = refusersOf(subject, member, [fault])
        yield finding(
          { member: member.path, offset: member.offset },
          `The link ${quote(member.path)} has ${what}: ${quote(member.link ?? '')}.`,
          { enforcedBy: refusers, ...(refusers.includes('pip') && { severity: 'error' as const }) },
        )
      }
    }
    if (subject.archive.format !== 'tar') return
    for (const { path, link, offset } of subject.members)
      if (link !== undefined && isRefusedName(link))
        yield finding(
          { member: path, offset },
          `The link ${quote(path)} has the target ${quote(link)}, which contains a colon, a backslash or a control character, or starts or ends with a space.`,
          // No system call accepts a NUL.
          link.includes('\0') ? { enforcedBy: ['pip', 'uv'], severity: 'error' } : { enforcedBy: ['uv'] },
        )
  },
})
