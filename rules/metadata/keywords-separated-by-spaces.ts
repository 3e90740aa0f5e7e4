import { finding, quote, rule } from '../../src/rule.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'keywords-separated-by-spaces',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Keywords"',
  url: coreMetadata('keywords'),
  summary: 'Keywords are separated by spaces instead of commas.',
  why: 'Tools split the list at commas, so the whole text is one long keyword. Only PyPI splits such a text at spaces.',
  fix: 'Separate the keywords with commas; in pyproject.toml, write a list of strings.',
  precision: 'high',
  bad: { wheel: { metadata: { Keywords: 'parser demo files' } } },
  good: { wheel: { metadata: { Keywords: 'parser,demo,files' } } },
  *check({ metadata }) {
    const field = metadata?.first('Keywords')
    if (!isGiven(field) || field.value.includes(',')) return
    const words = field.value.trim().split(/[\s;]+/)
    if (words.length < 2) return
    yield finding(field, `Keywords does not contain a comma, so ${quote(field.value)} is a single keyword.`, {
      help: `Separate them with commas, as in \`${words.slice(0, 4).join(', ').slice(0, 80)}\`; in pyproject.toml, write a list of strings.`,
    })
  },
})
