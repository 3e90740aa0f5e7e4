import { finding, quote, rule } from '../../src/rule.js'
import { importNames } from '../shared/import-names.js'
import { installed } from '../shared/install-tree.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'import-name-not-provided',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 794, "Specification"',
  url: coreMetadata('import-name'),
  summary: 'Import-Name declares a name that this wheel does not provide.',
  why: 'Tools that look for the project of a module are misled; wheels of other platforms may provide it.',
  fix: 'Correct `import-names` of `[project]`.',
  bad: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'other' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' } } },
  *check(wheel) {
    if (!wheel.metadata) return
    const paths = installed(wheel).map(({ path }) => path)
    for (const { name, field } of importNames(wheel.metadata, 'Import-Name')) {
      const base = name.replaceAll('.', '/')
      if (!paths.some(path => path.startsWith(`${base}/`) || path.startsWith(`${base}.`)))
        yield finding(
          field,
          `Import-Name says that ${quote(name)} can be imported, but nothing in the wheel provides it.`,
        )
    }
  },
})
