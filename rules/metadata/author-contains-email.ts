import { finding, quote, rule } from '../../src/rule.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'author-contains-email',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Author-email"',
  url: coreMetadata('author-email'),
  summary: 'A name field holds an e-mail address.',
  why: 'Readers look for addresses in Author-email and Maintainer-email and find none.',
  fix: 'Write the address under `email` in `authors` or `maintainers` of `[project]`.',
  precision: 'high',
  bad: { wheel: { metadata: { Author: 'Ann Author <ann@ann-author.dev>' } } },
  good: { wheel: { metadata: { Author: 'Ann Author' } } },
  *check({ metadata }) {
    for (const name of ['Author', 'Maintainer']) {
      const field = metadata?.first(name)
      if (!isGiven(field) || !/[^\s@<]@[^\s@>]+\.[^\s@>]/.test(field.value.slice(0, 10_000))) continue
      yield finding(field, `${name} holds an e-mail address: ${quote(field.value)}. It belongs in ${name}-email.`)
    }
  },
})
