import type { MetadataField } from '../../src/distribution/metadata.js'
import type { Draft } from '../../src/finding.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseAddressList, parseSingleAddress } from '../../src/standards/email.js'
import { emailProblem } from '../../src/standards/email-address.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'email-invalid',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'none',
  source: 'PyPI upload checks, author-email; core metadata specification, "Author-email"',
  url: coreMetadata('author-email'),
  summary: 'An email field does not contain a valid address.',
  why: 'PyPI rejects the file when the only address in the field is invalid. It does not check fields with several addresses.',
  fix: (project, about) =>
    `Write a whole address, \`local@host.tld\`, into ${project.key(about.field ?? 'Author-email')}, or leave it out.`,
  pypiMessage: "'ann (at) demo.dev' is not a valid email address: An email address must have an @-sign.",
  bad: [
    { wheel: { metadata: { 'Author-email': 'ann@localhost' } } },
    { wheel: { metadata: { 'Author-email': 'Ann <ann@localhost>, bob@demo.dev' } } },
    { wheel: { metadata: { 'Author-email': 'Ann Author <>' } } },
    {
      sdist: {
        metadata: { 'Author-email': 'ann at ann-author.dev' },
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nauthors = [{ email = "ann at ann-author.dev" }]\n',
      },
    },
  ],
  good: { wheel: { metadata: { 'Author-email': 'Ann Author <ann@ann-author.dev>' } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const name of ['Author-email', 'Maintainer-email']) {
      const field = uploaded(metadata, name)[0]
      if (!field) continue
      const { address } = parseSingleAddress(field.value)
      const problem = address === '' ? undefined : emailProblem(address)
      if (problem !== undefined)
        yield finding(within(field, address), `${name} contains the invalid address ${quote(address)}: ${problem}`)
      else if (address === '') yield* unreadable(field, message => `${name} ${message}`)
    }
  },
})

/** What PyPI accepts because it does not find a single address in it. */
function* unreadable(field: MetadataField, say: (what: string) => string): Iterable<Draft> {
  const { value } = field
  const more = { severity: 'warning', enforcedBy: [] } as const
  if (value.trim() === '') return
  const boxes = parseAddressList(value)
  const bad = boxes.find(({ address }) => address !== '' && emailProblem(address) !== undefined)
  // Of `ann@demo@demo.dev`, the parser keeps the end.
  const written = bad && value.split(/[\s<>,;"()]+/).find(word => word !== bad.address && word.endsWith(bad.address))
  if (written !== undefined && /@.*@/.test(written))
    yield finding(
      within(field, written),
      say(`contains the invalid address ${quote(written)}: It has two @-signs.`),
      more,
    )
  else if (bad)
    yield finding(
      within(field, bad.address),
      say(`contains the invalid address ${quote(bad.address)}: ${emailProblem(bad.address)}`),
      more,
    )
  else if (boxes.every(({ address }) => address === ''))
    yield finding(field, say(`does not contain a readable address: ${quote(value)}.`), more)
}
