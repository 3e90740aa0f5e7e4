import type { Severity } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { inDistInfo } from '../../src/views/dist-info.js'

/** Those of accepted specifications are errors; the others belong to one tool or to a draft. */
const FILES: ReadonlyMap<string, Severity> = new Map([
  // Installers overwrite them with their own.
  ['INSTALLER', 'warning'],
  ['REQUESTED', 'warning'],
  ['direct_url.json', 'error'],
  ['provenance_url.json', 'warning'],
  ['origin.json', 'warning'],
  ['uv_cache.json', 'warning'],
])

export default rule({
  id: 'dist-info-installer-file',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Recording installed projects, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The wheel contains a file that only installers write.',
  why: 'The installer overwrites it, so RECORD has two rows that disagree. A stale direct_url.json makes pip report the wrong origin.',
  breaks:
    '`pip freeze` writes the URL of a stale direct_url.json instead of the version, and installing from that list downloads a different file.',
  fix: 'Build from the sources, not from an installed tree, and remove the file.',

  bad: [
    { wheel: { files: { '{dist-info}/INSTALLER': 'pip\n' } } },
    { wheel: { files: { '{dist-info}/origin.json': '{}\n' } } },
    { wheel: { files: { '{dist-info}/direct_url.json': '{}\n' } } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    for (const { path, member } of inDistInfo(wheel)) {
      const severity = FILES.get(path)
      if (severity)
        yield finding({ member: member.path }, `Installers write ${quote(path)}. A wheel must not contain it.`, {
          severity,
          subject: path,
        })
    }
  },
})
