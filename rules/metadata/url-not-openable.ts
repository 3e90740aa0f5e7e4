import { finding, quote, rule } from '../../src/rule.js'
import { linkProblem, uriProblem } from '../../src/standards/uri.js'
import { given } from '../../src/views/as-uploaded.js'
import { addresses } from '../../src/views/urls.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'url-not-openable',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Project-URL"; RFC 3986, 3.2.2',
  url: coreMetadata('project-url'),
  summary: 'A project URL cannot be opened, although the index accepts it.',
  why: 'The link on the project page leads nowhere.',
  fix: (project, about) =>
    `Write the complete URL in ${project.key(about.field ?? 'Project-URL')}, with a host and without spaces.`,
  byHand: 'Only a person knows the address.',
  bad: { wheel: { metadata: { 'Project-URL': 'Source, https:///demo' } } },
  good: { wheel: { metadata: { 'Project-URL': 'Source, https://github.com/ann-author/demo' } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const { at, url } of addresses(metadata, given)) {
      const problem = uriProblem(url) === undefined ? linkProblem(url) : undefined
      if (problem !== undefined) yield finding(at, `The URL ${quote(url)} cannot be opened: ${problem}.`)
    }
  },
})
