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
  summary: 'A name is in Import-Name and in Import-Namespace.',
  why: 'A project either owns a name or shares it: tools that read the fields must refuse the pair.',
  fix: 'Keep the name in one of the two fields.',
  bad: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo', 'Import-Namespace': 'demo' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo.one', 'Import-Namespace': 'demo' } } },
  *check({ metadata }) {
    if (!metadata) return
    const owned = new Set(importNames(metadata, 'Import-Name').map(({ name }) => name))
    for (const { name, field } of importNames(metadata, 'Import-Namespace'))
      if (owned.has(name))
        yield finding(within(field, name), `${quote(name)} is in Import-Namespace and in Import-Name.`)
  },
})
