import { finding, quote, rule } from '../../src/rule.js'
import { PEP_770 } from '../../src/views/sboms.js'

export default rule({
  id: 'sbom-version-unknown',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'An SBOM uses a version of its format that distaudit does not know.',
  why: 'Its contents were not checked, and scanners may not know the version either.',
  fix: 'Use CycloneDX 1.2 to 1.7 or SPDX 2.2, 2.3 or 3.0, or update distaudit.',
  bad: [
    { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': '{"bomFormat": "CycloneDX", "specVersion": "9.0"}' } } },
    { wheel: { files: { '{dist-info}/sboms/demo.spdx': 'SPDXVersion: SPDX-9.0\n' } } },
  ],
  good: { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': '{"bomFormat": "CycloneDX", "specVersion": "1.7"}' } } },
  *check({ sboms }) {
    for (const { member, format, knownVersion, version, versionPlace, title, cut } of sboms)
      if ((format === 'cyclonedx' || format === 'spdx') && !knownVersion && !cut)
        yield finding(
          versionPlace ?? { member, field: 'sboms', value: version },
          `distaudit does not know ${quote(title)}, so it was not checked. Known versions are ${format === 'cyclonedx' ? 'CycloneDX 1.2 to 1.7' : 'SPDX 2.2, 2.3 and 3.0'}.`,
        )
  },
})
