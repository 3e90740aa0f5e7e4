import { finding, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'tar-not-pax',
  topic: 'archive',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The archive is in the GNU format, not pax.',
  why: 'The specification asks for pax. All installers read GNU too.',
  fix: 'Use a current build backend; in Python, `tarfile.open(..., format=tarfile.PAX_FORMAT)`.',
  bad: { sdist: { make: 'tar-gnu' } },
  good: { sdist: {} },
  *check(subject) {
    const facts = subject.archive.tar
    if (!facts || facts.formats.gnu === 0 || facts.formats.ustar > 0) return
    yield finding(
      { offset: facts.firsts.gnu },
      'The headers have the magic of the GNU format; an sdist is to be in the pax format.',
    )
  },
})
