import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

const ENCODED_WORD = /=\?[A-Za-z0-9_-]{1,40}\?[bBqQ]\?[!->@-~]{0,1000}\?=/

export default rule({
  id: 'metadata-encoded-word',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, introduction (UTF-8)',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A value is written as an e-mail encoded word.',
  why: 'PyPI and pip show the code as it stands, uv decodes it: people see `=?utf-8?q?…?=` instead of the name.',
  fix: 'Write the value as plain UTF-8.',
  bad: { wheel: { metadata: { Author: '=?utf-8?q?Andr=C3=A9?=' } } },
  good: { wheel: { metadata: { Author: 'André' } } },
  *check({ metadata }) {
    for (const field of metadata?.fields ?? []) {
      if (field.field === 'Description') continue
      const word = ENCODED_WORD.exec(field.value.slice(0, 10_000))
      if (word)
        yield finding(
          within(field, word[0]),
          `${field.field} holds the encoded word ${quote(word[0])}; metadata is plain UTF-8.`,
        )
    }
  },
})
