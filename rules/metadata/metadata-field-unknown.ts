import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { CORE_FIELDS, DRAFT_FIELDS } from '../../src/standards/core-metadata.js'
import { hinter } from '../shared/hints.js'

export default rule({
  id: 'metadata-field-unknown',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging'],
  force: 'none',
  source: 'Core metadata specification, list of fields',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'The metadata contains an unknown field.',
  why: 'twine rejects the file, and every other tool ignores the line. There are no private fields, not even with an `X-` prefix.',
  fix: 'Remove the line or correct its name.',
  pypiMessage: "unrecognized or malformed field 'x-note'",
  bad: { wheel: { metadata: { Clasifier: 'Programming Language :: Python :: 3' } } },
  good: { wheel: { metadata: { Classifier: 'Programming Language :: Python :: 3' } } },
  *check({ metadata }) {
    if (!metadata) return
    const seen = new Set<string>()
    const nearest = hinter(() => CORE_FIELDS.map(row => row.name))
    for (const field of metadata.fields) {
      const key = field.writtenName.toLowerCase()
      if (field.known || seen.has(key) || isMime(key)) continue
      seen.add(key)
      const draft = DRAFT_FIELDS.get(key)
      const hint = draft ? ` It is part of a draft (${draft}) that twine does not support yet.` : nearest(key)
      yield finding(nameOf(field), `${quote(field.writtenName)} is not a core metadata field.${hint}`)
    }
  },
})

/** These have their own rule. */
function isMime(name: string): boolean {
  return name.startsWith('content-') || name === 'mime-version'
}
