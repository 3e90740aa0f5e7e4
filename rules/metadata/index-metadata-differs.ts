import { finding, quote, rule } from '../../src/rule.js'
import { hexOfDigest } from '../../src/text/hex.js'

export default rule({
  id: 'index-metadata-differs',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pip'],
  force: 'MUST',
  source: 'Simple repository API, "Serve distribution metadata" (PEP 658, PEP 714)',
  url: 'https://packaging.python.org/en/latest/specifications/simple-repository-api/#serve-distribution-metadata',
  summary: 'The metadata file of the index is not the one in the distribution.',
  why: 'pip and uv resolve dependencies with the metadata file of the index and do not look at the one in the file until they install it.',
  breaks: 'Resolvers choose versions and dependencies that do not fit the file that is then installed.',
  fix: 'Have the index extract the metadata from the file again.',
  byHand: 'The index has to be corrected, not the project.',
  bad: [
    { wheel: { listed: { metadata: { text: 'Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n' } } } },
    {
      wheel: {
        listed: {
          metadata: { text: '{metadata}', stated: '0000000000000000000000000000000000000000000000000000000000000000' },
        },
      },
    },
    { sdist: { listed: { metadata: { fault: 'https://index.example/demo-1.0.tar.gz.metadata answers 404' } } } },
  ],
  good: [
    { wheel: { listed: { metadata: { text: '{metadata}' } } } },
    { sdist: { listed: { metadata: { text: '{metadata}' } } } },
  ],
  *check({ listed, metadata, members }) {
    const { stated, actual, fault } = listed?.metadata ?? {}
    if (fault !== undefined)
      yield finding(undefined, `The index announces a metadata file that it does not have: ${fault}.`, {
        severity: 'warning',
        enforcedBy: [],
      })
    if (actual === undefined) return
    if (stated !== undefined && stated !== actual)
      yield finding(
        undefined,
        `The SHA-256 of the metadata file is ${quote(actual)}, but the index states ${quote(stated)}.`,
      )
    const member = metadata && members.get(metadata.member)
    if (!member?.intact) return
    const own = hexOfDigest(member.sha256)
    if (own !== actual)
      yield finding(
        { member: member.path },
        `The metadata file of the index has the SHA-256 ${quote(actual)}, but that of ${quote(member.path)} is ${quote(own)}.`,
        { enforcedBy: [] },
      )
  },
})
