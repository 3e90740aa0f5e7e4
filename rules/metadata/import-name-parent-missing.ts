import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importNames } from '../../src/views/import-names.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'import-name-parent-missing',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-name'),
  summary: 'The parent of an import name is in neither Import-Name nor Import-Namespace.',
  why: 'Tools cannot tell whether the project owns the parent or shares it; some backends refuse to build.',
  fix: 'Add each parent to Import-Namespace if it is shared, and to Import-Name otherwise.',
  bad: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo.one' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo.one', 'Import-Namespace': 'demo' } } },
  *check({ metadata }) {
    if (!metadata) return
    const all = ['Import-Name', 'Import-Namespace'].flatMap(key => importNames(metadata, key))
    const names = new Set(all.map(({ name }) => name))
    const told = new Set<string>()
    for (const { name, field } of all) {
      const dot = name.lastIndexOf('.')
      const parent = dot < 0 ? '' : name.slice(0, dot)
      if (parent === '' || names.has(parent) || told.has(parent)) continue
      told.add(parent)
      yield finding(
        within(field, name),
        `${field.field} lists ${quote(name)}, but its parent ${quote(parent)} is in neither Import-Name nor Import-Namespace.`,
      )
    }
  },
})
