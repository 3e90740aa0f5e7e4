import { finding, quote, rule } from '../../src/rule.js'
import { splitUri } from '../../src/standards/uri.js'
import { given } from '../../src/views/as-uploaded.js'
import { addresses } from '../../src/views/urls.js'
import { coreMetadata } from '../shared/specifications.js'

const HOST = /(?:^|\.)(?:example\.(?:com|org|net|edu)|example)(?::[0-9]+)?$/
const FORGE = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$/
const OWNER =
  /^\/(?:your[._-]?(?:user)?name|your[._-]?(?:org|organization|company|account|github[._-]?username|user|repo|project)|username|user[._-]name|pypa\/sampleproject|my[._-]?username|owner|\{\{.{1,80}\}\}|<[^>]{1,80}>)(?:\/|$)/i

export default rule({
  id: 'url-placeholder',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Project-URL"; RFC 2606',
  url: coreMetadata('project-url'),
  summary: 'An address is the text of a project template.',
  why: 'The link on the project page leads to somebody else or nowhere.',
  fix: 'Write the real address into `[project.urls]`, or remove the entry.',
  precision: 'high',
  bad: { wheel: { metadata: { 'Project-URL': 'Source, https://github.com/yourusername/demo' } } },
  good: { wheel: { metadata: { 'Project-URL': 'Source, https://github.com/ann-author/demo' } } },
  *check({ metadata, project }) {
    if (!metadata || project === 'sampleproject') return
    for (const { at, url } of addresses(metadata, given)) {
      const { authority = '', path } = splitUri(url.slice(0, 2000))
      const host = authority.toLowerCase()
      if (HOST.test(host) || (FORGE.test(host) && OWNER.test(path)))
        yield finding(at, `The address ${quote(url)} is that of a project template.`)
    }
  },
})
