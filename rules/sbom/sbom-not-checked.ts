import { finding, rule } from '../../src/rule.js'
import { PEP_770 } from '../../src/views/sboms.js'

export default rule({
  id: 'sbom-not-checked',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'An SBOM was not checked against the schema of its format.',
  why: 'distaudit includes only the schemas for JSON. The absence of findings does not mean that such a document is valid.',
  fix: 'Write the SBOM as JSON, or check it with the tools of its format.',
  always: true,
  bad: [
    {
      wheel: {
        files: { '{dist-info}/sboms/demo.xml': '<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"/>' },
      },
    },
    { wheel: { files: { '{dist-info}/sboms/demo.spdx': 'SPDXVersion: SPDX-2.3\n' } } },
    { wheel: { files: { '{dist-info}/sboms/demo.spdx.yml': 'spdxVersion: "SPDX-2.3"\n' } } },
  ],
  good: { wheel: { files: { '{dist-info}/sboms/demo.json': '{"bomFormat": "CycloneDX", "specVersion": "1.6"}' } } },
  *check({ sboms }) {
    for (const { member, format, syntax, title, knownVersion, cut } of sboms) {
      // What is too long, and a version that is not known, are findings already.
      if (format === undefined || syntax === 'json' || cut || (format !== 'other' && !knownVersion)) continue
      yield finding(
        { member, field: 'sboms' },
        format === 'other'
          ? `This SBOM is ${title}, a format that distaudit cannot read. Its contents were not checked.`
          : `This SBOM is ${title}. Its components were read, but it was not checked against a schema.`,
      )
    }
  },
})
