import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseTag } from '../../src/standards/tags.js'

export default rule({
  id: 'wheel-tag-invalid',
  topic: 'wheel',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A Tag line of WHEEL is not a valid tag.',
  why: 'Tools that read the tags from the installed WHEEL fail on the line.',
  breaks:
    '`pip check` exits with a traceback in every environment that contains the project, and `uv pip check` reports it as broken.',
  fix: 'Write one tag per line, in the form `python-abi-platform`.',

  bad: { wheel: { wheel: { Tag: ['py3-none-any', 'py3-none'] } } },
  good: { wheel: {} },
  *check(wheel) {
    for (const field of wheel.wheelFile?.all('Tag') ?? [])
      if (!attempt(parseTag, field.value.trim()))
        yield finding(field, `${quote(field.value)} is not a tag of the form python-abi-platform.`)
  },
})
