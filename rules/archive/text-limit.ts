import { finding, rule } from '../../src/rule.js'
import { thousands } from '../../src/wording.js'

/**
 * A README is kept only to point into it. Of a script, which may be a program of megabytes, only its first line matters, and of
 * a long package its rule takes the worst for granted.
 */
const PARTLY = /(?:^|\/)readme|^[^/]+\.data\/scripts\/|\.py$/i

export default rule({
  id: 'text-limit',
  topic: 'archive',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  always: true,
  force: 'none',
  source: 'distaudit, limits',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'A text is so long that only its beginning was read.',
  why: 'What lies behind the limit was not checked; installers and indexes read it all, or give up.',
  fix: 'Make the file smaller, or raise the limit in the configuration when the size is right.',
  bad: { wheel: { make: 'metadataOverLimit' } },
  good: [
    { wheel: {} },
    { wheel: { make: 'programAsScript' } },
    {
      wheel: {
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\n',
        files: { 'demo/__init__.py': 'x = 1\n'.repeat(20_000) },
      },
    },
  ],
  *check(subject) {
    const { texts } = subject
    const record = subject.kind === 'wheel' ? subject.record : undefined
    for (const { member, size, cut } of texts.values())
      if (cut && !PARTLY.test(member))
        yield finding({ member }, `${member} has ${thousands(size)} bytes, and only its beginning was read.`)
    if (record?.cut && texts.get(record.member)?.cut === false)
      yield finding({ member: record.member }, `${record.member} has so many rows that only the first ones were read.`)
  },
})
