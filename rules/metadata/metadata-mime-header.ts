import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'metadata-mime-header',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging'],
  force: 'none',
  source: 'Core metadata specification, list of fields',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'The metadata contains a MIME header, which is not a core metadata field.',
  why: 'twine rejects the file, and parsers in Python decode the description accordingly while others do not.',
  fix: 'Remove the line. To declare the type of the description, use Description-Content-Type.',
  pypiMessage: "unrecognized or malformed field 'content-transfer-encoding'",
  bad: { wheel: { metadata: { 'Content-Type': 'text/plain' } } },
  good: { wheel: { metadata: { 'Description-Content-Type': 'text/plain' } } },
  *check({ metadata }) {
    for (const field of metadata?.fields ?? []) {
      const name = field.writtenName.toLowerCase()
      if (!name.startsWith('content-') && name !== 'mime-version') continue
      yield finding(nameOf(field), `${quote(field.writtenName)} is a MIME header, not a core metadata field.`)
    }
  },
})
