import { finding, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

const FIELDS = ['Author', 'Author-email', 'Maintainer', 'Maintainer-email']

export default rule({
  id: 'author-missing',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Author"',
  url: coreMetadata('author'),
  summary: 'The metadata does not name an author or a maintainer.',
  why: 'Users cannot see who made the project or how to contact them.',
  fix: project => `Set ${project.key('Author')}.`,
  bad: { wheel: { metadata: { 'Author-email': null } } },
  good: { wheel: { metadata: { 'Author-email': null, Maintainer: 'Ann Author' } } },
  misses: ['Author', 'Author-email', 'Maintainer', 'Maintainer-email'],
  *check({ metadata }) {
    if (!metadata || metadata.fields.length === 0 || FIELDS.some(name => given(metadata, name).length > 0)) return
    yield finding(
      { member: metadata.member, line: 1, field: 'Author' },
      `${metadata.member} does not name an author or a maintainer.`,
    )
  },
})
