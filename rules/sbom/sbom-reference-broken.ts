import { finding, rule } from '../../src/rule.js'

const bom = (rest: string) =>
  `{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "library", "name": "zlib", "bom-ref": "z"}]${rest}}`

export default rule({
  id: 'sbom-reference-broken',
  topic: 'sbom',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'CycloneDX, "bom-ref" and "dependencies"',
  url: 'https://cyclonedx.org/docs/1.6/json/#dependencies',
  summary: 'A CycloneDX document uses an identifier twice or depends on one that it does not define.',
  why: 'Tools cannot tell which component is meant, and drop the relationship.',
  fix: 'Give each component a unique `bom-ref`, and use only those in `dependencies`.',
  bad: {
    wheel: {
      files: { '{dist-info}/sboms/demo.cdx.json': bom(', "dependencies": [{"ref": "z", "dependsOn": ["y"]}]') },
    },
  },
  good: { wheel: { files: { '{dist-info}/sboms/demo.cdx.json': bom(', "dependencies": [{"ref": "z"}]') } } },
  *check({ sboms }) {
    for (const sbom of sboms)
      for (const { message, ...place } of sbom.brokenReferences)
        yield finding({ ...place, field: 'sboms' }, `${sbom.title}: ${message}.`, { subject: `sboms ${message}` })
  },
})
