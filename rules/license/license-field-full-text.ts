import { finding, rule } from '../../src/rule.js'
import { splitLines } from '../../src/text/lines.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { plural } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

const LONG = 200

export default rule({
  id: 'license-field-full-text',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "License"; PEP 639',
  url: coreMetadata('license'),
  summary: 'License contains the full text of the license.',
  why: 'Tools that show the license of a package show pages of text, or nothing.',
  fix: 'Set `license = "…"` with an SPDX expression, and name the file with the text in `license-files`.',
  bad: { wheel: { metadata: { 'License-Expression': null, License: 'MIT License\n        Permission is granted.' } } },
  good: { wheel: { metadata: { 'License-Expression': 'MIT' } } },
  *check({ metadata }) {
    const field = metadata?.first('License')
    if (!isGiven(field)) return
    const lines = splitLines(field.value).length
    if (lines === 1 && field.value.length <= LONG) return
    yield finding(
      field,
      `License contains ${plural(field.value.length, 'character')} in ${plural(lines, 'line')}; the text belongs in a license file.`,
    )
  },
})
