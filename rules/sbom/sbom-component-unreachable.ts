import { finding, rule } from '../../src/rule.js'
import { PEP_770, readSboms } from '../../src/views/sboms.js'
import { plural, someQuoted } from '../../src/wording.js'

const bom = (dependencies: string) => `{"bomFormat": "CycloneDX", "specVersion": "1.6",
 "metadata": {"component": {"type": "library", "name": "demo", "bom-ref": "demo"}},
 "components": [{"type": "library", "name": "zlib", "version": "1.3", "bom-ref": "z"}],
 "dependencies": [${dependencies}]}`

export default rule({
  id: 'sbom-component-unreachable',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'No relationship leads from the primary component of an SBOM to another component.',
  why: 'Scanners may omit components that the relationships do not reach.',
  fix: 'Declare how the components depend on one another.',
  bad: [
    { wheel: { files: { '{dist-info}/sboms/demo.json': bom('{"ref": "demo"}') } } },
    { wheel: { files: { '{dist-info}/sboms/demo.json': bom('') } } },
  ],
  good: { wheel: { files: { '{dist-info}/sboms/demo.json': bom('{"ref": "demo", "dependsOn": ["z"]}') } } },
  *check(wheel) {
    for (const { member, components, related } of readSboms(wheel)) {
      const packages = components.filter(one => !one.isFile && !one.primary)
      const lost = packages.filter(one => !one.reachable)
      const [first] = lost
      // Without a primary component nothing can be reached; that is another finding.
      if (!first || !components.some(one => one.primary)) continue
      const names = someQuoted(lost.map(one => one.name))
      yield finding(
        first,
        related
          ? `${lost.length} of ${plural(packages.length, 'component')} cannot be reached from the primary component: ${names}.`
          : `The SBOM does not have any relationships between its components: ${names}.`,
        { subject: `sboms ${member.slice(member.lastIndexOf('/') + 1)}` },
      )
    }
  },
})
