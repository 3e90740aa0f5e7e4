import { finding, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { plural } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

const LIMIT = 512
const COMFORTABLE = 200

export default rule({
  id: 'summary-too-long',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, summary; core metadata specification, "Summary"',
  url: coreMetadata('summary'),
  summary: 'Summary is too long.',
  why: 'PyPI rejects more than 512 characters, and lists of projects cut off text after about 200.',
  fix: project => `Make ${project.key('Summary')} one sentence, and move the rest to the README.`,
  pypiMessage: "'summary' field must be 512 characters or less.",
  bad: [
    { wheel: { metadata: { Summary: 'long '.repeat(110) } } },
    { wheel: { metadata: { Summary: 'long '.repeat(50) } } },
  ],
  good: { wheel: { metadata: { Summary: 'A short sentence' } } },
  *check({ metadata }) {
    const field = metadata && uploaded(metadata, 'Summary')[0]
    if (!field) return
    const length = [...field.value.slice(0, 100_000)].length
    if (length > LIMIT)
      yield finding(field, `Summary is ${plural(length, 'character')} long; PyPI accepts at most ${LIMIT}.`)
    else if (length > COMFORTABLE)
      yield finding(
        field,
        `Summary is ${plural(length, 'character')} long; lists of projects show about the first ${COMFORTABLE}.`,
        {
          severity: 'info',
          enforcedBy: [],
        },
      )
  },
})
