import { finding, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

const LIMIT = 512
const COMFORTABLE = 200

export default rule({
  id: 'summary-too-long',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, summary; core metadata specification, "Summary"',
  url: coreMetadata('summary'),
  summary: 'Summary is too long.',
  why: 'PyPI refuses more than 512 characters; above some 200, lists cut the text off.',
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
    if (length > LIMIT) yield finding(field, `Summary has ${length} characters; PyPI takes at most ${LIMIT}.`)
    else if (length > COMFORTABLE)
      yield finding(field, `Summary has ${length} characters; lists show about the first ${COMFORTABLE}.`, {
        severity: 'info',
        enforcedBy: [],
      })
  },
})
