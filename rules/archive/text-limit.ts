import { SECRETS } from '../../src/distribution/keep.js'
import type { Draft } from '../../src/finding.js'
import { finding, rule } from '../../src/rule.js'
import { MAX_HEADER_LINES } from '../../src/text/headers.js'
import { thousands } from '../../src/wording.js'

/**
 * A README is kept only to point into it. Of a script, which may be a program of megabytes, only the first line
 * matters, and for a long package its rule assumes the worst. A crate names its modules first, and C its headers.
 */
const PARTLY = /(?:^|\/)readme|^[^/]+\.data\/scripts\/|\.(?:py|rs|c|cc|cpp|cxx)$/i
/** A build runs it to its end. */
const SETUP = /^[^/]+\/setup\.py$/
/** Bundles of certificates are long, and a key is a short file of its own. */
const isReadPartly = (member: string) => (PARTLY.test(member) && !SETUP.test(member)) || SECRETS.test(member)

const ERROR = { severity: 'error' } as const

export default rule({
  id: 'text-limit',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'distaudit, limits',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A text is so long that distaudit read only its beginning.',
  why: 'Nothing past the limit was checked. Installers and indexes read it all, or give up.',
  breaks: 'Installers read the rest of the headers: dependencies that nobody has checked.',
  fix: 'Make the file smaller, or raise the limit in the configuration if the size is intended.',
  always: true,
  bad: [
    { wheel: { make: 'metadataOverLimit' } },
    { wheel: { make: 'headersOverLimit' } },
    {
      sdist: {
        files: {
          '{top}/setup.py': `from setuptools import setup\n\n${`# ${'-'.repeat(117)}\n`.repeat(9000)}setup()\n`,
        },
      },
    },
  ],
  good: [
    { wheel: {} },
    { wheel: { make: 'programAsScript' } },
    {
      wheel: {
        files: {
          'demo/cacert.pem': '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'.repeat(2000),
          'demo/data/service-2.json': '{"version": "2.0"}\n'.repeat(9000),
        },
      },
    },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\n',
        files: { 'demo/__init__.py': 'x = 1\n'.repeat(20_000) },
      },
    },
  ],
  *check(subject, { limits }) {
    const { texts, members } = subject
    const record = subject.kind === 'wheel' ? subject.record : undefined
    const headers = new Map<string, Draft>()
    for (const metadata of [subject.metadata, subject.kind === 'wheel' ? subject.sentMetadata : undefined])
      for (const problem of metadata?.problems ?? [])
        if (metadata && problem.kind === 'headers-over-limit') {
          const limit = metadata.cut
            ? `${thousands(Math.floor(limits.textSize / 4))} bytes`
            : `${thousands(MAX_HEADER_LINES)} lines`
          const message = `The headers of ${metadata.member} continue past the limit of ${limit}. The rest was not checked.`
          headers.set(metadata.member, finding({ member: metadata.member, line: problem.line }, message, ERROR))
        }
    yield* headers.values()
    for (const { member, size, cut } of texts.values())
      if (cut && !isReadPartly(member) && !headers.has(member))
        yield finding(
          { member, offset: members.get(member)?.offset },
          `${member} has ${thousands(size)} bytes. Only its beginning was checked.`,
        )
    if (record?.cut && texts.get(record.member)?.cut === false)
      yield finding(
        { member: record.member, offset: members.get(record.member)?.offset },
        `${record.member} has so many rows that only the first ones were checked.`,
      )
  },
})
