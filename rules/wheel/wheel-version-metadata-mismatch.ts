import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-version-metadata-mismatch',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 777 (draft), "Add Wheel-Version Metadata Field to Core Metadata"',
  url: 'https://peps.python.org/pep-0777/',
  summary: 'METADATA and WHEEL have different values for Wheel-Version.',
  why: 'Installers that follow the draft must refuse the wheel.',
  fix: 'Write the same version in both files. For format 1, METADATA may omit it.',
  status: 'preview',
  bad: [
    { wheel: { metadata: { 'Wheel-Version': '1.1' } }, alsoGives: ['metadata-field-unknown'] },
    { wheel: { wheel: { 'Wheel-Version': '2.0' } }, alsoGives: ['wheel-version-unsupported'] },
  ],
  good: { wheel: { metadata: { 'Wheel-Version': '1.0' } }, alsoGives: ['metadata-field-unknown'] },
  *check({ metadata, wheelFile }) {
    const written = wheelFile?.all('Wheel-Version')[0]
    if (!metadata || !written) return
    const field = metadata.fields.find(({ writtenName }) => writtenName.toLowerCase() === 'wheel-version')
    if (field && field.value.trim() !== written.value.trim())
      yield finding(
        field,
        `Wheel-Version is ${quote(field.value)} in METADATA, but ${quote(written.value)} in WHEEL.`,
        {
          related: [{ ...written, message: 'The value in WHEEL.' }],
        },
      )
    if (!field && (wheelFile?.version?.[0] ?? 1) >= 2)
      yield finding(written, `Wheel-Version is ${quote(written.value)} in WHEEL, but METADATA does not have the field.`)
  },
})
