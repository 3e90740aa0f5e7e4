import { finding, quote, rule } from '../../src/rule.js'
import { backendOf } from '../../src/views/pyproject.js'
import { plural } from '../../src/wording.js'
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
  summary: 'The archive does not use the pax format, or mixes formats.',
  why: 'Since May 2026, the specification requires pax. All installers also read the GNU format. uv refuses headers of the old V7 format, which Python reads, and archives that mix formats, which no single program writes. uv_build wrote the GNU format before version 0.13.',
  fix: 'Rebuild the sdist with a recent build backend. In Python, use `tarfile.open(..., format=tarfile.PAX_FORMAT)`.',
  formerly: ['tar-mixed-formats', 'tar-v7'],
  bad: [
    { sdist: { make: 'tar-gnu' } },
    { sdist: { make: 'tar-mixed-formats' } },
    { sdist: { make: 'tar-v7' } },
    { sdist: { make: 'tar-solaris-pax' } },
    {
      sdist: {
        make: 'tar-gnu',
        pyproject:
          '[build-system]\nrequires = ["uv_build>=0.12,<0.13"]\nbuild-backend = "uv_build"\n\n[project]\nname = "demo"\nversion = "1.0"\n',
      },
    },
  ],
  good: { sdist: {} },
  *check(subject) {
    for (const problem of problemsOf(subject, 'tar-v7'))
      yield problemFinding(
        problem,
        `The header of ${memberText(problem)} has the old V7 format, without the magic 'ustar'.`,
        { help: BUILD_AGAIN },
      )
    for (const problem of problemsOf(subject, 'tar-extension-format'))
      yield problemFinding(
        problem,
        `The header at offset ${problem.offset} of the tar has type ${quote(problem.type)}, which the ${problem.format === 'gnu' ? 'GNU' : problem.format} format of its magic does not have.`,
        { help: BUILD_AGAIN },
      )
    const facts = subject.archive.tar
    if (!facts || facts.formats.gnu === 0) return
    const { gnu, ustar } = facts.formats
    const { firsts } = facts
    // Every installer reads it, and nothing in the project asks for it.
    const isOfUv = subject.pyproject !== undefined && backendOf(subject.pyproject) === 'uv-build'
    if (ustar === 0)
      yield finding(
        { offset: firsts.gnu },
        `The headers use the GNU format${isOfUv ? ', as those of uv_build before version 0.13 do' : ''}. Expected the pax format.`,
        {
          enforcedBy: [],
          ...(isOfUv && { severity: 'info', help: 'Build with uv_build 0.13 or later, which writes the pax format.' }),
        },
      )
    else
      yield finding(
        // Where the other format starts.
        { offset: Math.max(firsts.gnu ?? 0, firsts.ustar ?? 0) },
        `The archive mixes ${plural(gnu, 'header')} of the GNU format and ${ustar} of ustar or pax. Expected a single format.`,
        { help: BUILD_AGAIN },
      )
  },
})
