import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseAddressList } from '../../src/standards/email.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'email-unquoted-comma',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Author-email"; RFC 822, 3.3',
  url: coreMetadata('author-email'),
  summary: 'A name with a comma is not quoted in an email field.',
  why: 'The comma separates addresses, so the name is split and its first part is read as an address.',
  fix: (project, about) => `Write the name without a comma under ${project.key(about.field ?? 'Author-email')}.`,
  precision: 'high',
  bad: { wheel: { metadata: { 'Author-email': 'Demo, Inc. <mail@ann-author.dev>' } } },
  good: { wheel: { metadata: { 'Author-email': '"Demo, Inc." <mail@ann-author.dev>' } } },
  *check({ metadata }) {
    for (const name of ['Author-email', 'Maintainer-email']) {
      const field = metadata?.first(name)
      if (!field?.value.includes(',')) continue
      const boxes = parseAddressList(field.value)
      const stray = boxes.findIndex(({ address }) => address !== '' && !address.includes('@'))
      if (stray < 0 || stray === boxes.length - 1 || !boxes.slice(stray + 1).some(box => box.address.includes('@')))
        continue
      yield finding(
        within(field, ',', field.value.indexOf(boxes[stray]?.address ?? '')),
        `${name} is ${quote(field.value)}: the comma separates addresses, so ${quote(boxes[stray]?.address ?? '')} is read as an address.`,
      )
    }
  },
})
