import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { dependencies } from '../../src/views/dependencies.js'
import { thousands } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'requirement-parenthesized',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Core metadata specification, "Requires-Dist"',
  url: coreMetadata('requires-dist'),
  summary: 'Version specifiers are in parentheses.',
  why: 'The form comes from Metadata 1.2, and tools must not generate it anymore.',
  fix: project =>
    project.backend === 'poetry-core'
      ? 'Build with poetry-core 2.5 or later, which writes none. The form is read everywhere.'
      : `Write the versions under ${project.key('Requires-Dist')} without parentheses.`,
  status: 'strict',
  byHand: 'The build backend writes it: another version of it helps, not a key of the project.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs (>=23)' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs>=23' } } },
  *check({ metadata }) {
    const found = dependencies(metadata).filter(({ field }) => /^[^;@(]*\(/.test(field.value))
    const [first] = found
    if (!first) return
    const more = found.length > 1 ? ` ${thousands(found.length - 1)} more like this.` : ''
    const { field } = first
    const open = field.value.indexOf('(')
    const parentheses = field.value.slice(open, field.value.indexOf(')', open) + 1)
    yield finding(
      within(field, parentheses, open),
      `The requirement ${quote(field.value)} has its specifier in parentheses.${more}`,
      {
        subject: 'parentheses',
      },
    )
  },
})
