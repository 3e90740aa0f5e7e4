import { finding, rule } from '../../src/rule.js'
import { PEP_770, readSboms } from '../../src/views/sboms.js'

export default rule({
  id: 'sbom-empty',
  topic: 'sbom',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'An SBOM does not list any components, packages or files.',
  why: 'Scanners rely on it, and report that the wheel does not contain any other software.',
  fix: 'Let the tool that writes the SBOM list the components, or remove the SBOM.',
  bad: [
    {
      wheel: {
        files: {
          '{dist-info}/sboms/demo.spdx.json':
            '{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": []}',
        },
      },
    },
    { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': '{"bomFormat": "CycloneDX", "specVersion": "1.6"}' } } },
  ],
  good: {
    wheel: {
      files: {
        '{dist-info}/sboms/demo.cdx.json':
          '{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library", "name": "zlib"}]}',
      },
    },
  },
  *check(wheel) {
    for (const { components, head, title, version } of readSboms(wheel))
      if (components.length === 0)
        yield finding(
          head,
          version?.startsWith('3.')
            ? `The graph of this ${title} document does not contain any packages or files.`
            : `This ${title} document does not contain any components.`,
        )
  },
})
