import { finding, rule } from '../../src/rule.js'
import { PEP_770, readSboms } from '../../src/views/sboms.js'
import { someQuoted } from '../../src/wording.js'

const bom = (component: string) => `{"bomFormat": "CycloneDX", "specVersion": "1.6",
 "components": [{"type": "library", "name": "zlib"${component}}]}`

export default rule({
  id: 'sbom-component-incomplete',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'A component of an SBOM does not have a version or an identifier.',
  why: 'Scanners cannot determine which vulnerabilities it has.',
  fix: 'Give each component a name, a version, and a package URL, CPE or download location.',
  bad: [
    { wheel: { files: { '{dist-info}/sboms/demo.json': bom(', "version": "1.3"') } } },
    { wheel: { files: { '{dist-info}/sboms/demo.json': bom(', "purl": "pkg:generic/zlib"') } } },
  ],
  good: {
    wheel: { files: { '{dist-info}/sboms/demo.json': bom(', "version": "1.3", "purl": "pkg:generic/zlib@1.3"') } },
  },
  *check(wheel) {
    for (const { components, member } of readSboms(wheel)) {
      // Files have neither; a package URL may contain the version.
      const packages = components.filter(one => !one.isFile)
      const lacking = [
        ['name', packages.filter(one => one.name === '')],
        ['version', packages.filter(one => one.version === undefined && !/@[^?#/]/.test(one.purl ?? ''))],
        ['package URL, CPE or download location', packages.filter(one => !one.identified)],
      ] as const
      for (const [what, list] of lacking) {
        const [first] = list
        if (!first) continue
        const count = `${list.length} of ${packages.length} components`
        yield finding(
          first,
          `${count} ${list.length === 1 ? 'does' : 'do'} not have a ${what}: ${someQuoted(list.map(one => one.name))}.`,
          {
            subject: `sboms ${member.slice(member.lastIndexOf('/') + 1)} ${what}`,
          },
        )
      }
    }
  },
})
