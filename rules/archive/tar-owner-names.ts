import { finding, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'tar-owner-names',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'Headers name the user or group that built the archive.',
  why: 'The names publish accounts of the build machine, and make builds on different machines differ.',
  fix: 'Configure the build backend to reset them. In Python, use the `filter` argument of `tarfile.add`.',
  status: 'strict',
  bad: { sdist: { make: 'tar-owner' } },
  good: { sdist: { make: 'tar-owner-root' } },
  *check(subject) {
    const { owners = [], ownersAt } = subject.archive.tar ?? {}
    if (owners.length > 0)
      yield finding({ offset: ownersAt }, `The headers name ${someQuoted(owners)} as owner or group.`)
  },
})
