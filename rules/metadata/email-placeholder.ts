import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseAddressList } from '../../src/standards/email.js'
import { coreMetadata } from '../shared/specifications.js'

/** Hosts that are reserved for examples (RFC 2606), and what templates write. */
const HOST = /(?:^|\.)(?:example\.(?:com|org|net|edu)|example|email\.com|domain\.com|yourdomain\.com|yourcompany\.com)$/
const LOCAL =
  /^(?:you|your|your[._-]?(?:e?mail|name)|my[._-]?e?mail|author|me|name|user|username|someone|email|first\.last)$/
const RESERVED = /(?:^|\.)example\.(?:com|org|net|edu)$|(?:^|\.)example$/

export default rule({
  id: 'email-placeholder',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Author-email"; RFC 2606',
  url: coreMetadata('author-email'),
  summary: 'An e-mail address is the text of a project template.',
  why: 'Nobody can be reached under it.',
  fix: 'Write a real address, or leave `email` out.',
  precision: 'high',
  bad: { wheel: { metadata: { 'Author-email': 'Ann Author <ann@example.com>' } } },
  good: { wheel: { metadata: { 'Author-email': 'Ann Author <ann@ann-author.dev>' } } },
  *check({ metadata }) {
    for (const name of ['Author-email', 'Maintainer-email']) {
      const field = metadata?.first(name)
      if (!field) continue
      for (const { address } of parseAddressList(field.value)) {
        const [local = '', host = ''] = address.toLowerCase().split('@')
        if (!RESERVED.test(host) && !(HOST.test(host) && LOCAL.test(local))) continue
        yield finding(within(field, address), `${name} holds ${quote(address)}, an address of a project template.`)
        break
      }
    }
  },
})
