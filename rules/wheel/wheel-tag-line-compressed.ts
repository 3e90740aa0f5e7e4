import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'wheel-tag-line-compressed',
  topic: 'wheel',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A Tag line of WHEEL contains a compressed tag set.',
  why: 'The specification requires one line per tag. Tools that compare the lines do not find a match.',
  fix: 'Write one line for each tag.',

  bad: { wheel: { filename: 'demo-1.0-py2.py3-none-any.whl', wheel: { Tag: 'py2.py3-none-any' } } },
  good: { wheel: {} },
  *check(wheel) {
    for (const field of wheel.wheelFile?.all('Tag') ?? [])
      if (field.value.includes('.'))
        yield finding(
          within(field, field.value.split('-').find(part => part.includes('.')) ?? ''),
          `${quote(field.value)} is a compressed set of several tags.`,
        )
  },
})
