import type { Metadata, MetadataField } from '../../src/distribution/metadata.js'
import type { Draft } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseAddressList } from '../../src/standards/email.js'
import { emailProblem } from '../../src/standards/email-address.js'
import { attempt } from '../../src/standards/error.js'
import { splitUri } from '../../src/standards/uri.js'
import { parseVersion } from '../../src/standards/version.js'
import { withoutEnd } from '../../src/text/ends.js'
import { given, isPlaceholder } from '../../src/views/as-uploaded.js'
import { addresses } from '../../src/views/urls.js'
import { list } from '../../src/wording.js'
import { missing } from '../shared/missing.js'

export default rule({
  id: 'placeholder-value',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, list of fields; RFC 2606',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A field contains a placeholder left by a project template or a build tool.',
  why: 'The project page shows it: an author who does not exist, a summary that says nothing, an email address or a link that leads nowhere, or the word UNKNOWN. Version 0.0.0 is what backends write when they fail to compute the version.',
  fix: (project, { field }) =>
    `Replace the placeholder${field === undefined ? '' : ` under ${project.key(field)}`} with the real value, or remove it.`,
  precision: 'high',
  formerly: [
    'metadata-placeholder-value',
    'author-placeholder',
    'email-placeholder',
    'summary-placeholder',
    'url-placeholder',
    'version-placeholder',
  ],
  bad: [
    { wheel: { metadata: { Author: 'Your Name' } } },
    { wheel: { metadata: { Summary: 'Add your description here' } } },
    { wheel: { version: '0.0.0' } },
    { wheel: { metadata: { 'Author-email': 'Ann Author <ann@example.com>' } } },
    { wheel: { metadata: { 'Project-URL': 'Source, https://github.com/yourusername/demo' } } },
    { wheel: { metadata: { Platform: 'UNKNOWN' } } },
  ],
  good: [
    { wheel: { metadata: { Author: 'Ann Author' } } },
    { wheel: { metadata: { Summary: 'Reads demo files' } } },
    { wheel: { version: '0.0.1' } },
    { wheel: { metadata: { 'Author-email': 'Ann Author <ann@ann-author.dev>' } } },
    { wheel: { metadata: { 'Project-URL': 'Source, https://github.com/ann-author/demo' } } },
    { wheel: { metadata: { Platform: 'any' } } },
  ],
  *check({ metadata, project }) {
    if (!metadata) return
    yield* names(metadata)
    yield* summary(metadata)
    yield* zero(metadata)
    yield* emails(metadata)
    if (project !== 'sampleproject') yield* urls(metadata)
    yield* withoutValue(metadata)
  },
})

/** What project templates leave to fill in. */
const NAMES = new Set([
  'your name',
  'your name here',
  'your full name',
  'author name',
  'author',
  'the author',
  'author_name',
  'example author',
  'first last',
  'firstname lastname',
  'my name',
  'name surname',
  'john doe',
  'jane doe',
  'todo',
  'your company',
  'your organization',
])

function* names(metadata: Metadata): Generator<Draft> {
  const told = new Set<string>()
  for (const name of ['Author', 'Maintainer', 'Author-email', 'Maintainer-email']) {
    const field = metadata.first(name)
    const found = field && placeholderName(field)
    // uv_build writes the name of an author into both fields.
    const person = `${name.replace('-email', '')} ${found}`
    if (!field || found === undefined || told.has(person)) continue
    told.add(person)
    const verb = field.value.trim() === found ? 'is' : 'contains'
    const address = placeholderAddress(field)
    yield finding(
      within(field, found),
      address === undefined
        ? `${name} ${verb} ${quote(found)}, a placeholder from a project template.`
        : `${name} contains ${quote(found)} and ${quote(address)}, placeholders from a project template.`,
      {
        help: project =>
          `Write the name ${address === undefined ? '' : 'and the address '}of a person or organization into ${project.key(name)}.`,
      },
    )
  }
}

const placeholderName = ({ value }: MetadataField): string | undefined =>
  value.length > 10_000
    ? undefined
    : value
        .split(',')
        .map(part =>
          part
            .replace(/<[^<>]*>/g, '')
            .replace(/["\s]+/g, ' ')
            .trim(),
        )
        .find(part => NAMES.has(part.toLowerCase()))

const SUMMARIES = new Set([
  'add your description here',
  'add a short description here',
  'add description here',
  'a short description of the project',
  'a short description of the package',
  'short description',
  'a small example package',
  'a sample python project',
  'an example package',
  'project description',
  'package description',
  'description',
  'my package description',
  'your package description',
  'your project description',
  'todo',
  'add your summary here',
])

function* summary(metadata: Metadata): Generator<Draft> {
  const field = metadata.first('Summary')
  if (!field || !SUMMARIES.has(withoutEnd(field.value.trim(), /[.!…]/).toLowerCase())) return
  yield finding(field, `Summary is ${quote(field.value.trim())}, a placeholder from a project template.`, {
    help: project => `Write one sentence into ${project.key('Summary')}.`,
  })
}

function* zero(metadata: Metadata): Generator<Draft> {
  const field = metadata.first('Version')
  const version = field && attempt(parseVersion, field.value)
  if (!field || !version || version.epoch !== 0n || version.release.some(part => part !== 0n)) return
  if (version.pre !== undefined || version.post !== undefined) return
  yield finding(
    field,
    `The version is ${quote(field.value)}, which often means that the build did not find the real version.`,
    {
      explains: ['version'],
      help: 'Check where the version comes from: common causes are a missing git tag, a shallow clone, and a wrong path in the `dynamic` configuration.',
    },
  )
}

/** Reserved for examples (RFC 2606). */
const RESERVED = /(?:^|\.)example(?:\.(?:com|org|net|edu))?$/
/** What templates write. */
const EMAIL_HOST = /(?:^|\.)(?:email\.com|domain\.com|yourdomain\.com|yourcompany\.com)$/
const EMAIL_LOCAL =
  /^(?:you|your|your[._-]?(?:e?mail|name)|my[._-]?e?mail|author|me|name|user|username|someone|email|first\.last)$/

function* emails(metadata: Metadata): Generator<Draft> {
  for (const name of ['Author-email', 'Maintainer-email']) {
    const field = metadata.first(name)
    const address = field && placeholderAddress(field)
    // One finding tells of both.
    if (!field || address === undefined || placeholderName(field) !== undefined) continue
    yield finding(
      within(field, address),
      `${name} contains ${quote(address)}, a placeholder from a project template.`,
      {
        severity: 'info',
        help: project => `Write a real address into ${project.key(name)}, or remove it.`,
      },
    )
  }
}

/** The first address of a template in a field; what is not an address is told as that. */
const placeholderAddress = ({ value }: MetadataField): string | undefined =>
  parseAddressList(value).find(({ address }) => {
    const [local = '', host = ''] = address.toLowerCase().split('@')
    if (emailProblem(address) !== undefined) return false
    return RESERVED.test(host) || (EMAIL_HOST.test(host) && EMAIL_LOCAL.test(local))
  })?.address

const FORGE = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)$/
const OWNER =
  /^\/(?:your[._-]?(?:user)?name|your[._-]?(?:org|organization|company|account|github[._-]?username|user|repo|project)|username|user[._-]name|pypa\/sampleproject|my[._-]?username|owner|\{\{.{1,80}\}\}|<[^>]{1,80}>)(?:\/|$)/i

function* urls(metadata: Metadata): Generator<Draft> {
  for (const { at, url } of addresses(metadata, given)) {
    const { authority = '', path } = splitUri(url.slice(0, 2000))
    const host = authority.toLowerCase()
    if (RESERVED.test(host.replace(/:[0-9]+$/, '')) || (FORGE.test(host) && OWNER.test(path)))
      yield finding(at, `The URL ${quote(url)} is a placeholder from a project template.`, {
        severity: 'info',
        follows: [missing.url(url)],
        help: project =>
          `Write the real URL into ${project.key(at.field ?? 'Project-URL', at.value)}, or remove the entry.`,
      })
  }
}

/** These have their own rules, which say more. */
const ELSEWHERE = new Set([
  'Metadata-Version',
  'Name',
  'Version',
  'Summary',
  'Import-Name',
  'Import-Namespace',
  'Description',
  'Description-Content-Type',
  'License-Expression',
  'License-File',
  'Requires-Dist',
  'Provides-Extra',
  'Classifier',
  'Project-URL',
])

function* withoutValue({ fields }: Metadata): Generator<Draft> {
  const found = fields.filter(
    ({ field, value, known }) => known && !ELSEWHERE.has(field) && (isPlaceholder(value) || value.trim() === ''),
  )
  const first = found[0]
  if (!first) return
  const unknown = fieldNames(found.filter(({ value }) => isPlaceholder(value)))
  const empty = fieldNames(found.filter(({ value }) => !isPlaceholder(value)))
  const parts = [unknown && `${unknown} (UNKNOWN)`, empty && `${empty} (empty)`].filter(part => part !== '')
  yield finding(first, `Fields without a value: ${parts.join('; ')}.`, {
    severity: 'info',
    help:
      unknown === ''
        ? `Write a value for ${empty}, or remove the empty ${found.length === 1 ? 'key' : 'keys'}.`
        : 'Build with setuptools 62.2 or later, which omits such fields, or remove the empty values.',
    subject: 'placeholders',
  })
}

const fieldNames = (fields: readonly { readonly field: string }[]): string =>
  list([...new Set(fields.map(({ field }) => field))])
