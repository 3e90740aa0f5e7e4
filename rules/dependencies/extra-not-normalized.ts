import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName, isName } from '../../src/standards/name.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'extra-not-normalized',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Provides-Extra"; PEP 685',
  url: coreMetadata('provides-extra'),
  summary: 'Provides-Extra is not in the normalized form.',
  why: 'From Metadata-Version 2.3 on it must be; older installers compare the names as text.',
  fix: 'Build with a backend that writes the normalized name.',
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
  *check({ metadata }) {
    for (const field of metadata?.all('Provides-Extra') ?? []) {
      const normal = canonicalName(field.value)
      if (!isName(field.value) || normal === field.value) continue
      yield finding(
        field,
        `The extra ${quote(field.value)} is spelled ${quote(normal)} in the normalized form.`,
        metadata?.atLeast('2.3') ? undefined : { severity: 'info' },
      )
    }
  },
})
