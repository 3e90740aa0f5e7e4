import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { safely } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'keyword-duplicate',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Keywords"',
  url: coreMetadata('keywords'),
  summary: 'A keyword is given twice.',
  why: 'The second one adds nothing, and PyPI shows the keyword twice.',
  fix: 'Remove one of the two.',
  bad: { wheel: { metadata: { Keywords: 'parser,files,parser' } } },
  good: { wheel: { metadata: { Keywords: 'parser,files,file-parser' } } },
  *check({ metadata }) {
    const field = metadata?.first('Keywords')
    if (!field) return
    const seen = new Set<string>()
    const told = new Set<string>()
    let at = 0
    for (const part of field.value.slice(0, LONGEST).split(',')) {
      const word = part.trim()
      if (seen.has(word) && word !== '' && !told.has(word)) {
        told.add(word)
        yield finding(
          within(field, word, at + part.indexOf(word)),
          `The keyword ${quote(word)} appears more than once.`,
          { remedy: safely({ kind: 'once', field: 'Keywords', value: word }) },
        )
      }
      seen.add(word)
      at += part.length + 1
    }
  },
})

/** No list that people write is longer. */
const LONGEST = 20_000
