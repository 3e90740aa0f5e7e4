import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseImportName } from '../../src/standards/import-name.js'
import { problemOf } from '../../src/views/parsed.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'import-name-invalid',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging', 'pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Import-Name" and "Import-Namespace"; PEP 794',
  url: coreMetadata('import-name'),
  summary: 'Import-Name or Import-Namespace contains a value that is not a valid import name.',
  why: 'twine rejects the file, and so does PyPI when a client sends the field.',
  fix: 'Write dotted identifiers, followed by `; private` for modules that users should not import.',
  pypiMessage: "'demo-files' is invalid for 'import-name'",
  bad: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'demo-files' } } },
  good: { wheel: { metadata: { 'Metadata-Version': '2.5', 'Import-Name': ['demo', 'demo._inner; private'] } } },
  *check({ metadata }) {
    for (const name of ['Import-Name', 'Import-Namespace']) {
      const fields = metadata?.all(name) ?? []
      for (const field of fields) {
        if (field.value === '') {
          // One empty Import-Name says that nothing can be imported.
          if (name === 'Import-Namespace' || fields.length > 1) yield finding(field, `${name} is empty.`)
          continue
        }
        const problem = problemOf(parseImportName, field.value)
        if (problem)
          yield finding(
            atProblem(field, field.value, problem),
            `${name} ${quote(field.value)} is not valid: ${problem.message.replace(/^.* is invalid: /s, '')}.`,
          )
      }
    }
  },
})
