import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'

export default rule({
  id: 'default-extra-undeclared',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 771 (draft), "Default-Extra Metadata Field"',
  url: 'https://peps.python.org/pep-0771/',
  summary: 'Default-Extra names an extra that is not declared.',
  why: 'Installers that implement the draft (PEP 771) cannot install the extra.',
  fix: project => `Declare the extra under ${project.key('Provides-Extra')}.`,
  status: 'preview',
  byHand: 'Only a person knows whether the name is wrong, or the extra was forgotten.',
  bad: { wheel: { metadata: { 'Default-Extra': 'fast' } }, alsoGives: ['metadata-field-unknown'] },
  good: { wheel: { metadata: { 'Provides-Extra': 'fast', 'Requires-Dist': 'attrs; extra == "fast"' } } },
  misses: ['Provides-Extra'],
  *check({ metadata }) {
    const declared = new Set((metadata?.all('Provides-Extra') ?? []).map(({ value }) => canonicalName(value)))
    for (const field of metadata?.fields ?? [])
      if (field.writtenName.toLowerCase() === 'default-extra' && !declared.has(canonicalName(field.value)))
        yield finding(field, `Default-Extra is ${quote(field.value)}, but no Provides-Extra field declares it.`)
  },
})
