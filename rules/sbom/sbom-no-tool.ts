import { finding, rule } from '../../src/rule.js'
import { PEP_770, readSboms } from '../../src/views/sboms.js'

const bom = (metadata: string) =>
  `{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"timestamp": "2026-01-31T12:00:00Z"${metadata}}}`

export default rule({
  id: 'sbom-no-tool',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'An SBOM does not say which tool created it.',
  why: 'When a build is investigated, nobody can tell which step each SBOM comes from.',
  fix: 'Name the tool: `metadata.tools` in CycloneDX, a `Tool:` creator or `createdUsing` in SPDX.',
  bad: { wheel: { files: { '{dist-info}/sboms/demo.json': bom('') } } },
  good: {
    wheel: {
      files: {
        '{dist-info}/sboms/demo.json': bom(', "tools": {"components": [{"type": "application", "name": "t"}]}'),
      },
    },
  },
  *check(wheel) {
    for (const { head, format, tool } of readSboms(wheel))
      if (!tool)
        yield finding(
          head,
          `The SBOM does not name a tool: ${format === 'cyclonedx' ? 'metadata.tools is missing' : 'none of its creators is a tool'}.`,
        )
  },
})
