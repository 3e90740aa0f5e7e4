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
  fix: project => `Make ${project.key('Keywords')} a list: strings in TOML and Python, commas in setup.cfg.`,
  precision: 'high',
  bad: { wheel: { metadata: { Keywords: 'parser demo files' } } },
  good: { wheel: { metadata: { Keywords: 'parser,demo,files' } } },
  *check({ metadata }) {
    const field = metadata?.first('Keywords')
    if (!isGiven(field) || field.value.includes(',')) return
    const words = field.value.trim().split(/[\s;]+/)
    if (words.length < 2) return
    yield finding(field, `Keywords does not contain a comma, so ${quote(field.value)} is a single keyword.`, {
      help: project =>
        words.length > 6
          ? `Make ${project.key('Keywords')} a list, as in \`${JSON.stringify(words.slice(0, 2).map(shown)).replaceAll('","', '", "')}\`.`
          : `Set ${project.setting('Keywords', words.map(shown))}.`,
    })
  },
})

/** A keyword as advice shows it. */
const shown = (word: string) => word.slice(0, 40)
