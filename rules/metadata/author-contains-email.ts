import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'author-contains-email',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Author-email"',
  url: coreMetadata('author-email'),
  summary: 'A name field contains an email address.',
  why: 'Tools look for email addresses in Author-email and Maintainer-email, and do not find this one.',
  fix: (project, { field = 'Author' }) => {
    const form = project.home(field)?.form
    if (form === 'project') return `Write the address as \`email\`, next to \`name\`, under ${project.key(field)}.`
    if (form === 'poetry') return `Write \`Name <address>\` under ${project.key(field)}.`
    return `Move the address from ${project.key(field)} to ${project.key(`${field}-email`)}.`
  },
  precision: 'high',
  bad: { wheel: { metadata: { Author: 'Ann Author <ann@ann-author.dev>' } } },
  good: { wheel: { metadata: { Author: 'Ann Author' } } },
  *check({ metadata }) {
    for (const name of ['Author', 'Maintainer']) {
      const field = metadata?.first(name)
      const address = isGiven(field) ? addressIn(field.value.slice(0, 10_000)) : undefined
      if (!field || address === undefined) continue
      yield finding(
        within(field, address),
        `${name} contains an email address: ${quote(field.value)}. The address belongs in ${name}-email.`,
      )
    }
  },
})

/** What surrounds the first @ that may be part of an address. */
function addressIn(text: string): string | undefined {
  const [local, host] = [/[^\s@<>()"',;:]+$/, /^[^\s@<>()"',;:]+\.[^\s@<>()"',;:]+/]
  const at = text.search(/(?<=[^\s@<])@[^\s@>]+\.[^\s@>]/)
  if (at < 0) return undefined
  const [before, after] = [local.exec(text.slice(Math.max(0, at - 100), at)), host.exec(text.slice(at + 1))]
  return `${before?.[0] ?? ''}@${after?.[0] ?? ''}`
}
