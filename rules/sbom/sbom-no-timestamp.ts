import { finding, rule } from '../../src/rule.js'
import { PEP_770, readSboms } from '../../src/views/sboms.js'

const bom = (metadata: string) =>
  `{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"tools": [{"name": "t"}]${metadata}}}`

export default rule({
  id: 'sbom-no-timestamp',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'An SBOM does not say when it was created.',
  why: 'When a build is investigated, its SBOMs cannot be put in order.',
  fix: 'Write the time of creation: `metadata.timestamp` in CycloneDX, `created` in SPDX.',
  // auditwheel omits it on purpose, so that the same build creates the same file.
  status: 'strict',
  bad: { wheel: { files: { '{dist-info}/sboms/demo.json': bom('') } } },
  good: { wheel: { files: { '{dist-info}/sboms/demo.json': bom(', "timestamp": "2026-01-31T12:00:00Z"') } } },
  *check(wheel) {
    for (const { head, format, created } of readSboms(wheel))
      if (!created)
        yield finding(
          head,
          `The time of creation is missing (${format === 'cyclonedx' ? 'metadata.timestamp' : 'created'}).`,
        )
  },
})
