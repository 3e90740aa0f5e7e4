import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { importNames } from '../../src/views/import-names.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'namespace-init-present',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 794, "Import-Namespace"; PEP 420',
  url: coreMetadata('import-namespace'),
  summary: 'A package that is declared as a namespace contains an __init__.py.',
  why: 'Python then uses only the first such folder, and the other projects of the namespace cannot be imported.',
  fix: project => `Remove the \`__init__.py\`, or declare the name under ${project.key('Import-Name')} instead.`,
  byHand: 'Only a person knows whether other projects share the package.',
  bad: {
    wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Namespace': 'demo' } },
  },
  good: {
    wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo' } },
  },
  *check({ metadata, members }) {
    if (!metadata) return
    for (const { name, field } of importNames(metadata, 'Import-Namespace')) {
      const member = members.get(`${name.replaceAll('.', '/')}/__init__.py`)
      if (member)
        yield finding(
          within(field, name),
          `Import-Namespace names ${quote(name)}, but the wheel contains ${quote(member.path)}.`,
        )
    }
  },
})
