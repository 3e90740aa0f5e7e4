import { finding, quote, rule } from '../../src/rule.js'
import { inDistInfo } from '../../src/views/dist-info.js'

export default rule({
  id: 'dist-info-unknown-subdir',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MAY',
  source: 'Binary distribution format, "Subdirectories in .dist-info/"; PEP 770',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The .dist-info directory contains an unknown subdirectory.',
  why: 'These names are reserved for specifications: a later one may give the name a meaning.',
  fix: 'Move the files into a package, or into `licenses` or `sboms` if that is what they are.',

  bad: [
    { wheel: { files: { '{dist-info}/include/demo.h': '' } } },
    { wheel: { files: { '{dist-info}/license_files/NOTICE': 'Thanks.\n' } } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const seen = new Set<string>()
    for (const { path, member } of inDistInfo(wheel)) {
      const [folder, ...rest] = path.split('/')
      if (!folder || rest.length === 0 || folder === 'licenses' || folder === 'sboms' || seen.has(folder)) continue
      seen.add(folder)
      const old = folder === 'license_files' || folder === 'LICENSES'
      yield finding(
        { member: member.path },
        old
          ? `License files are in ${quote(folder)}, which an early draft of PEP 639 used. They belong in licenses.`
          : `${quote(folder)} is not a subdirectory that a specification defines.`,
        { severity: old ? 'info' : 'warning', subject: folder },
      )
    }
  },
})
