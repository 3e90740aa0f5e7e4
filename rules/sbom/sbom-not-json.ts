import { finding, rule } from '../../src/rule.js'
import { PEP_770 } from '../../src/views/sboms.js'

export default rule({
  id: 'sbom-not-json',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'An SBOM is not UTF-8 JSON, although its format supports it.',
  why: 'Fewer tools read the other forms.',
  fix: 'Write the SBOM as UTF-8 JSON.',
  bad: { wheel: { files: { '{dist-info}/sboms/demo.spdx': 'SPDXVersion: SPDX-2.3\n' } } },
  good: { wheel: { files: { '{dist-info}/sboms/demo.json': '{"bomFormat": "CycloneDX", "specVersion": "1.6"}' } } },
  *check({ sboms }) {
    for (const { member, format, syntax, title, utf8, version } of sboms) {
      if (format === undefined || title === 'SWID tag') continue
      // CycloneDX 1.0 and 1.1 are XML only.
      if (format === 'cyclonedx' && /^1\.[01]$/.test(version ?? '')) continue
      if (syntax !== 'json') yield finding({ member, field: 'sboms' }, `This SBOM is ${title}. Prefer JSON.`)
      else if (!utf8) yield finding({ member, field: 'sboms' }, `This SBOM (${title}) is not UTF-8.`)
    }
  },
})
