import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'extra-collision',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Provides-Extra"; PEP 685',
  url: coreMetadata('provides-extra'),
  summary: 'Two extras have the same normalized name.',
  why: 'Whoever asks for one gets both or either, depending on the installer.',
  breaks: 'Whoever asks for one of the extras gets the dependencies of both.',
  fix: 'Rename one of them.',
  bad: [
    {
      wheel: { metadata: { 'Provides-Extra': ['fast-io', 'fast_io'], 'Requires-Dist': 'attrs; extra == "fast-io"' } },
    },
    { wheel: { metadata: { 'Provides-Extra': ['fast', 'fast'], 'Requires-Dist': 'attrs; extra == "fast"' } } },
  ],
  good: { wheel: { metadata: { 'Provides-Extra': ['fast-io'], 'Requires-Dist': 'attrs; extra == "fast-io"' } } },
  *check({ metadata }) {
    const seen = new Map<string, string>()
    for (const field of metadata?.all('Provides-Extra') ?? []) {
      const key = canonicalName(field.value)
      const before = seen.get(key)
      seen.set(key, field.value)
      if (before === undefined) continue
      yield before === field.value
        ? finding(field, `The extra ${quote(field.value)} is declared twice.`, { severity: 'warning' })
        : finding(field, `The extras ${quote(before)} and ${quote(field.value)} are the same by normalized name.`)
    }
  },
})
