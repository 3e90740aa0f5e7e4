import { nameOf } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { coreField } from '../../src/standards/core-metadata.js'
import { plural } from '../../src/wording.js'

export default rule({
  id: 'metadata-field-duplicated',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['twine', 'packaging'],
  force: 'MUST',
  source: 'Core metadata specification, fields without "(multiple use)"',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A field that may appear only once appears several times.',
  why: 'Tools disagree: packaging drops all of them, pip and uv take the first. twine rejects the file.',
  fix: 'Keep only one of the lines.',
  pypiMessage: "unrecognized or malformed field 'summary'",
  bad: { wheel: { metadata: { Summary: ['One demo', 'Another demo'] } } },
  good: { wheel: { metadata: { Summary: 'One demo' } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const name of new Set(metadata.fields.map(field => field.field))) {
      if (coreField(name)?.multiple !== false) continue
      const [first, ...more] = metadata.all(name)
      const second = more[0]
      if (first && second) {
        const values = first.value === second.value ? `, with the same value ${quote(first.value)}` : ''
        yield finding(
          nameOf(second),
          `${name} appears ${plural(more.length + 1, 'time')} (lines ${[first, ...more]
            .map(f => f.line)
            .slice(0, 10)
            .join(', ')})${values}; it may appear only once.`,
          { related: [{ ...nameOf(first), message: `First ${name}` }] },
        )
      }
    }
    const { description, body } = metadata
    const header = metadata.first('Description')
    if (header && body.text !== '' && description) {
      yield finding(
        nameOf(header),
        body.text.trim() === ''
          ? 'The description is in a Description header, but a blank body follows the headers: twine reads both and rejects the file. End the file at the first blank line.'
          : 'The description appears twice: as a Description header and as the body of the file.',
        { related: [{ member: metadata.member, line: body.line, message: 'The body starts here' }] },
      )
    }
  },
})
