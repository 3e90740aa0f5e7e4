import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importNames } from '../../src/views/import-names.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'import-name-not-shortest',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-name'),
  summary: 'Import-Name lists a module of a package that it already lists.',
  why: 'A project lists the shortest names that it alone provides: a package includes everything below it.',
  fix: 'Keep only the package, or move it to Import-Namespace if other projects share it.',
  bad: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'demo.core'] } } },
  good: [
    { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'demo._core; private'] } } },
    { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo.core', 'Import-Namespace': 'demo' } } },
  ],
  *check({ metadata }) {
    const names = metadata ? importNames(metadata, 'Import-Name') : []
    const access = new Map(names.map(one => [one.name, one.private]))
    for (const one of names) {
      const owner = parents(one.name).find(parent => access.get(parent) === one.private)
      if (owner !== undefined)
        yield finding(
          within(one.field, one.name),
          `Import-Name lists ${quote(one.name)}, which ${quote(owner)} already includes.`,
        )
    }
  },
})

/** `a.b.c` is below `a.b` and `a`. */
function parents(name: string): readonly string[] {
  const parts = name.split('.')
  return parts.slice(1).map((_, i) => parts.slice(0, parts.length - 1 - i).join('.'))
}
