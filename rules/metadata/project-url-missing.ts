import { finding, rule } from '../../src/rule.js'
import { given } from '../../src/views/as-uploaded.js'
import { PROJECT_URLS } from '../shared/specifications.js'

export default rule({
  id: 'project-url-missing',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Well-known project URLs',
  url: PROJECT_URLS,
  summary: 'The metadata does not contain any project URL.',
  why: 'Users cannot find the source code, the documentation or the issue tracker from the project page.',
  fix: project => `Add \`Source\` or \`Homepage\` to ${project.key('Project-URL')}.`,
  bad: { wheel: { metadata: { 'Project-URL': null } } },
  good: { wheel: { metadata: { 'Project-URL': 'Source, https://github.com/ann-author/demo' } } },
  misses: ['Project-URL', 'Home-page'],
  *check(subject) {
    const { metadata } = subject
    if (!metadata || metadata.fields.length === 0) return
    if (given(metadata, 'Project-URL').length > 0 || given(metadata, 'Home-page').length > 0) return
    yield finding(
      { member: metadata.member, line: 1, field: 'Project-URL' },
      subject.kind === 'sdist' && subject.tree
        ? 'The project does not have a URL.'
        : `${metadata.member} has neither a Project-URL nor a Home-page.`,
    )
  },
})
