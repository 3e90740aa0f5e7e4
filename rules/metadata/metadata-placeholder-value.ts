import { finding, rule } from '../../src/rule.js'
import { isPlaceholder } from '../../src/views/as-uploaded.js'
import { list } from '../../src/wording.js'

/** These have rules of their own, which say more. */
const ELSEWHERE = new Set([
  'Metadata-Version',
  'Name',
  'Version',
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

export default rule({
  id: 'metadata-placeholder-value',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, list of fields',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/',
  summary: 'Fields are empty or hold the placeholder UNKNOWN.',
  why: 'A field that is not known should be absent: readers other than PyPI show the word UNKNOWN.',
  fix: 'Build with a current setuptools, which leaves such fields out.',
  bad: { wheel: { metadata: { Platform: 'UNKNOWN' } } },
  good: { wheel: { metadata: { Platform: 'any' } } },
  *check({ metadata }) {
    const found = (metadata?.fields ?? []).filter(
      ({ field, value, known }) => known && !ELSEWHERE.has(field) && (isPlaceholder(value) || value.trim() === ''),
    )
    const first = found[0]
    if (!first) return
    const unknown = names(found.filter(({ value }) => isPlaceholder(value)))
    const empty = names(found.filter(({ value }) => !isPlaceholder(value)))
    const parts = [unknown && `UNKNOWN stands for ${unknown}`, empty && `empty: ${empty}`].filter(part => part !== '')
    yield finding(first, `Fields without a value: ${parts.join('; ')}.`, { subject: 'placeholders' })
  },
})

function names(fields: readonly { readonly field: string }[]): string {
  return list([...new Set(fields.map(({ field }) => field))])
}
