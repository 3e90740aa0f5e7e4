import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { PEP_770, purlName, purlType, readSboms } from '../../src/views/sboms.js'

const bom = (component: string) =>
  `{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": ${component}}}`

export default rule({
  id: 'sbom-primary-not-project',
  topic: 'sbom',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 770, "SBOM data interoperability"',
  url: PEP_770,
  summary: 'The primary component of an SBOM is not the project.',
  why: 'Scanners attribute the components to other software.',
  fix: 'Describe the project itself, with the package URL `pkg:pypi/NAME@VERSION`.',
  bad: {
    wheel: {
      files: {
        '{dist-info}/sboms/demo.json': bom('{"type": "library", "name": "zlib", "purl": "pkg:generic/zlib@1.3"}'),
      },
    },
  },
  good: [
    { wheel: { files: { '{dist-info}/sboms/demo.json': bom('{"type": "library", "name": "Demo"}') } } },
    {
      wheel: {
        files: { '{dist-info}/sboms/demo.json': bom('{"type": "library", "name": "it", "purl": "pkg:pypi/demo@1.0"}') },
      },
    },
  ],
  *check(wheel) {
    const { project } = wheel
    if (project === undefined) return
    for (const { member, components } of readSboms(wheel)) {
      const primary = components.filter(one => one.primary)
      const [first] = primary
      if (!first) {
        if (components.length > 0)
          yield finding(
            { member, field: 'sboms' },
            `No component is marked as the one that the SBOM describes. Expected ${quote(project)}.`,
          )
        continue
      }
      const isProject = primary.some(({ name, purl }) =>
        purl !== undefined && purlType(purl) === 'pypi'
          ? canonicalName(purlName(purl)) === project
          : canonicalName(name).replace(/^-/, '') === project,
      )
      if (!isProject)
        yield finding(
          first,
          `The primary component is ${quote(first.purl ?? first.name)}. Expected the project, ${quote(`pkg:pypi/${project}`)}.`,
        )
    }
  },
})
