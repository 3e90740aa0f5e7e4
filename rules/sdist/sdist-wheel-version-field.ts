import { nameOf } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'sdist-wheel-version-field',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 777 (draft), "Add Wheel-Version Metadata Field to Core Metadata"',
  url: 'https://peps.python.org/pep-0777/',
  summary: 'PKG-INFO of an sdist contains Wheel-Version.',
  why: 'The field is only for wheels; tools that implement the draft should raise an error.',
  fix: 'Remove the field from PKG-INFO.',
  status: 'preview',
  bad: { sdist: { metadata: { 'Wheel-Version': '2.0' } }, alsoGives: ['metadata-field-unknown'] },
  good: { sdist: {} },
  *check({ metadata }) {
    for (const field of metadata?.fields ?? [])
      if (field.writtenName.toLowerCase() === 'wheel-version')
        yield finding(nameOf(field), 'PKG-INFO contains Wheel-Version, which is only for wheels.')
  },
})
