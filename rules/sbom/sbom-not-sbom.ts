import { finding, rule } from '../../src/rule.js'
import { SBOM_FILES } from '../../src/views/sboms.js'

export default rule({
  id: 'sbom-not-sbom',
  topic: 'sbom',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info/sboms/ directory" (PEP 770)',
  url: SBOM_FILES,
  summary: 'A file in the sboms directory is not an SBOM in a known format.',
  why: 'Scanners expect a document there and do not find one.',
  fix: 'Move the file elsewhere, or write it as CycloneDX or SPDX.',
  bad: [
    { wheel: { files: { '{dist-info}/sboms/README.txt': 'SBOMs of demo\n' } } },
    { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': '{"name": "demo"}' } } },
    { wheel: { files: { '{dist-info}/sboms/demo.xml': '<bom><components/></bom>' } } },
    { wheel: { files: { '{dist-info}/sboms/empty.json': '' } } },
  ],
  good: [
    { wheel: { files: { '{dist-info}/sboms/demo.json': '{"bomFormat": "CycloneDX", "specVersion": "1.6"}' } } },
    {
      wheel: { files: { '{dist-info}/sboms/demo': '<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"/>' } },
    },
    { wheel: { files: { '{dist-info}/sboms/demo.txt': 'SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\n' } } },
  ],
  *check({ sboms }) {
    for (const { member, format, syntax, faults, cut } of sboms) {
      if (format !== undefined || cut) continue
      const [fault] = faults
      const reason =
        fault !== undefined
          ? `it starts like JSON, but ${fault.message}`
          : syntax === 'json'
            ? 'the JSON does not have bomFormat, spdxVersion or an SPDX context'
            : 'it is not CycloneDX, SPDX or a SWID tag'
      yield finding(
        { member, line: fault?.line, column: fault?.column, mark: fault?.mark, field: 'sboms' },
        `The file is not a known SBOM format: ${reason}.`,
      )
    }
  },
})
