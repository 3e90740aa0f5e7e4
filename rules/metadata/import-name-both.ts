import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importNames } from '../../src/views/import-names.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'import-name-both',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-namespace'),
  summary: 'A name is in both Import-Name and Import-Namespace.',
  why: 'A project either owns an import name or shares it: tools that read the fields must reject a name that is in both.',
  fix: 'Keep the name in only one of the two fields.',
  bad: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo', 'Import-Namespace': 'demo' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo.one', 'Import-Namespace': 'demo' } } },
  *check({ metadata }) {
    if (!metadata) return
    const owned = new Set(importNames(metadata, 'Import-Name').map(({ name }) => name))
    for (const { name, field } of importNames(metadata, 'Import-Namespace'))
      if (owned.has(name))
        yield finding(within(field, name), `${quote(name)} is in both Import-Name and Import-Namespace.`)
  },
})
