import { finding, rule } from '../../src/rule.js'
import { canonicalName, isName } from '../../src/standards/name.js'
import { isTree } from '../../src/views/tree.js'
import { someQuoted } from '../../src/wording.js'
import { safely } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

/** Extras that the message names. */
const MOST = 20

export default rule({
  id: 'extra-not-normalized',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Provides-Extra"; PEP 685',
  url: coreMetadata('provides-extra'),
  summary: 'Provides-Extra is not normalized.',
  why: 'Metadata-Version 2.3 and later require normalized names, and older installers compare the names as text.',
  fix: project => `Write the normalized name under ${project.key('Provides-Extra')}.`,
  bad: [
    { wheel: { metadata: { 'Provides-Extra': 'Fast_IO', 'Requires-Dist': 'attrs; extra == "Fast_IO"' } } },
    {
      wheel: {
        metadata: {
          'Metadata-Version': '2.2',
          'License-Expression': null,
          'License-File': null,
          'Provides-Extra': 'Fast_IO',
          'Requires-Dist': 'attrs; extra == "Fast_IO"',
        },
      },
    },
  ],
  good: { wheel: { metadata: { 'Provides-Extra': 'fast-io', 'Requires-Dist': 'attrs; extra == "fast-io"' } } },
  *check(subject) {
    const { metadata } = subject
    const fields = metadata?.all('Provides-Extra') ?? []
    const declared = new Set(fields.map(({ value }) => value))
    // Two spellings of one extra have their own rule.
    const found = fields.filter(({ value }) => {
      const normal = canonicalName(value)
      return isName(value) && normal !== value && !declared.has(normal)
    })
    const [first] = found
    if (!first) return
    const [written, normal] = [found.map(({ value }) => value), found.map(({ value }) => canonicalName(value))]
    yield finding(
      first,
      `The ${found.length === 1 ? 'extra' : 'extras'} ${someQuoted(written, MOST)} ${found.length === 1 ? 'is' : 'are'} not normalized; expected ${someQuoted(normal, MOST)}.`,
      {
        subject: 'extras',
        // Backends normalize what the files of a project say.
        ...((!metadata?.atLeast('2.3') || isTree(subject)) && { severity: 'info' }),
        remedy: safely(
          ...written.map(
            (name, index) => ({ kind: 'rename', what: 'extra', name, by: normal[index] ?? name }) as const,
          ),
        ),
      },
    )
  },
})
