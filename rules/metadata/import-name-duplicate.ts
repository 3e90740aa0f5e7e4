import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importNames } from '../../src/views/import-names.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'import-name-duplicate',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-name'),
  summary: 'An import name appears more than once.',
  why: 'The second one is redundant, and if only one of them is private, they contradict each other.',
  fix: 'Remove the duplicate.',
  bad: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'demo; private'] } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo'] } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const key of ['Import-Name', 'Import-Namespace']) {
      const seen = new Set<string>()
      for (const { name, field } of importNames(metadata, key)) {
        if (seen.has(name)) yield finding(within(field, name), `${key} names ${quote(name)} more than once.`)
        seen.add(name)
      }
    }
  },
})
