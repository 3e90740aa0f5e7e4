import { finding, quote, rule } from '../../src/rule.js'
import { BUILD_AGAIN, SDIST_FORMAT } from '../shared/tar.js'
import { memberText, problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'tar-not-pax',
  topic: 'archive',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: ['uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The archive is in the GNU or V7 format, or mixes formats, instead of being in the pax format.',
  why: 'Since May 2026, the specification says that it MUST be pax. All installers read the GNU format too; uv rejects headers of the old V7 format, which Python reads, and an archive that mixes formats, as no single program writes it.',
  fix: 'Rebuild the sdist with a current build backend; in Python, use `tarfile.open(..., format=tarfile.PAX_FORMAT)`.',
  formerly: ['tar-mixed-formats', 'tar-v7'],
  bad: [
    { sdist: { make: 'tar-gnu' } },
    { sdist: { make: 'tar-mixed-formats' } },
    { sdist: { make: 'tar-v7' } },
    { sdist: { make: 'tar-solaris-pax' } },
  ],
  good: { sdist: {} },
  *check(subject) {
    for (const problem of problemsOf(subject, 'tar-v7'))
      yield problemFinding(
        problem,
        `The header of ${memberText(problem)} is of the V7 form, without the magic 'ustar'.`,
        { help: BUILD_AGAIN },
      )
    for (const problem of problemsOf(subject, 'tar-extension-format'))
      yield problemFinding(
        problem,
        `The header at offset ${problem.offset} of the tar is of type ${quote(problem.type)}, which the ${problem.format === 'gnu' ? 'GNU' : problem.format} format of its magic does not have.`,
        { help: BUILD_AGAIN },
      )
    const facts = subject.archive.tar
    if (!facts || facts.formats.gnu === 0) return
    const { gnu, ustar } = facts.formats
    const { firsts } = facts
    if (ustar === 0)
      yield finding(
        { offset: firsts.gnu },
        'The headers have the magic of the GNU format; an sdist is to be in the pax format.',
        { enforcedBy: [] },
      )
    else
      yield finding(
        // Where the other format begins.
        { offset: Math.max(firsts.gnu ?? 0, firsts.ustar ?? 0) },
        `The archive has ${gnu} headers of the GNU format and ${ustar} of ustar or pax; one format is expected.`,
        { help: BUILD_AGAIN },
      )
  },
})
