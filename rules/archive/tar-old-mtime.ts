import type { Member } from '../../src/archive/archive.js'
import { finding, quote, rule } from '../../src/rule.js'
import { asideMore } from '../../src/wording.js'
import { SDIST_FORMAT } from '../shared/tar.js'

/** 1 January 1980, UTC. */
const DOS_EPOCH = 315532800

const isOld = ({ mtime }: Member) => mtime !== undefined && mtime < DOS_EPOCH

export default rule({
  id: 'tar-old-mtime',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'A member has a modification time before 1980.',
  why: 'A zip cannot store it, so some backends fail to build a wheel from the files.',
  fix: 'Set SOURCE_DATE_EPOCH to a time after 1980 when building.',
  status: 'strict',
  bad: { sdist: { make: 'tar-mtime-zero' } },
  good: { sdist: {} },
  *check(subject) {
    const all = subject.archive.format === 'tar' ? subject.members.list.filter(isOld) : []
    const first = all[0]
    if (first)
      yield finding(
        { member: first.path, offset: first.offset },
        `${quote(first.path)} has the modification time ${first.mtime} (seconds since 1970)${asideMore(all.length - 1, 'member')}. A zip stores times from 1980 on.`,
      )
  },
})
