import { finding, rule } from '../../src/rule.js'
import { PEP_770 } from '../../src/views/sboms.js'

const BOM =
  '{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "library", "name": "demo"}}}'

const XML =
  '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library"><name>zlib</name></component></components></bom>'

export default rule({
  id: 'sbom-invalid',
  topic: 'sbom',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'An SBOM is invalid according to the schema of its format and version.',
  why: 'Scanners refuse the document or skip what they do not understand.',
  fix: 'Correct what the message names, or update the tool that writes the SBOM.',
  bad: [
    { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': BOM.replace('"type": "library", ', '') } } },
    { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': BOM.replace('"specVersion": "1.6", ', '') } } },
    { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': `${BOM.slice(0, -1)}, "version": NaN}` } } },
    { wheel: { files: { '{dist-info}/sboms/demo.cdx.xml': XML.replace('</components>', '') } } },
    { wheel: { files: { '{dist-info}/sboms/demo.spdx.json': '{"spdxVersion": "SPDX-2.3", "name": "demo"}' } } },
  ],
  good: [
    { wheel: {} },
    { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': BOM, '{dist-info}/sboms/demo.cdx.xml': XML } } },
  ],
  *check({ sboms }) {
    for (const sbom of sboms) {
      if (sbom.format === undefined || sbom.format === 'other') continue
      for (const { message, ...place } of sbom.faults)
        yield finding({ ...place, field: 'sboms' }, `${sbom.title}: ${message}.`, { subject: `sboms ${message}` })
    }
  },
})
