/** The file of a new rule, and the texts in it that a finished rule may not have. */
import { WHOLE_AUDIT } from '../src/finding.js'
import { type AnyRule, TOPICS } from '../src/rule.js'
import { didYouMean } from '../src/text/nearest.js'
import { UsageError } from '../src/usage-error.js'

const PLACEHOLDERS = {
  source: 'Name of the specification, "Section"',
  url: 'https://packaging.python.org/en/latest/specifications/NAME/#section',
  summary: 'One sentence that says what is wrong.',
  why: 'What happens to whom because of it.',
  fix: 'What to do about it.',
  value: 'a value that is wrong',
  expected: 'it must be what the specification says',
} as const

/** The placeholders that the source of a rule still has. */
export const placeholdersIn = (source: string): readonly string[] =>
  Object.values(PLACEHOLDERS).filter(text => source.includes(text))

/** Throws unless a new rule may have this topic and id; `files` are the `topic/id` of the rules there are. */
export function checkNewRule(topic: string, id: string, files: readonly string[], rules: readonly AnyRule[]): void {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))
    throw new UsageError(`The id '${id}' is not in kebab case, as 'summary-too-long' is.`)
  if (!TOPICS.some(known => known === topic))
    throw new UsageError(
      `There is no topic '${topic}'.${didYouMean(topic, TOPICS) || ` The topics are ${TOPICS.join(', ')}.`}`,
    )
  if (id === WHOLE_AUDIT || TOPICS.some(known => known === id))
    throw new UsageError(`'${id}' cannot be an id: it already has another meaning.`)
  const file = files.find(one => one.endsWith(`/${id}`))
  if (file !== undefined) throw new UsageError(`There already is a rule with this id: rules/${file}.ts.`)
  const heir = rules.find(rule => rule.formerly?.includes(id))
  if (heir) throw new UsageError(`'${id}' is a former id of ${heir.topic}/${heir.id}; an id is never used again.`)
}

/** A rule that works, with every field to fill in. */
export function ruleTemplate(topic: string, id: string): string {
  const { source, url, summary, why, fix, value, expected } = PLACEHOLDERS
  return `import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: '${id}',
  topic: '${topic}',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'SHOULD',
  source: '${source}',
  url: '${url}',
  summary: '${summary}',
  why: '${why}',
  fix: '${fix}',
  bad: { wheel: { metadata: { Summary: '${value}' } } },
  good: { wheel: {} },
  *check({ metadata }) {
    for (const field of metadata?.all('Summary') ?? [])
      if (field.value === '${value}')
        yield finding(field, \`Summary is \${quote(field.value)}; ${expected}.\`)
  },
})
`
}
