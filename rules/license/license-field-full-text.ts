import { finding, rule } from '../../src/rule.js'
import { splitLines } from '../../src/text/lines.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { isTable } from '../../src/views/pyproject.js'
import { plural } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'
import { stateLicense } from './_advice.js'

const LONG = 200

export default rule({
  id: 'license-field-full-text',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "License"; PEP 639',
  url: coreMetadata('license'),
  summary: 'License contains the full text of the license.',
  why: 'Tools that show the license of a package show pages of text, or nothing.',
  fix: project =>
    `Set ${project.key('License-Expression')} to an SPDX expression, name the file with the text under ${project.key('License-File')}, and delete \`License ::\` classifiers.`,
  byHand: 'Only a person can say which license the text is, where it is not recognized.',
  needs: ['license-texts'],
  bad: { wheel: { metadata: { 'License-Expression': null, License: 'MIT License\n        Permission is granted.' } } },
  good: { wheel: { metadata: { 'License-Expression': 'MIT' } } },
  *check(subject) {
    const { metadata } = subject
    // The table is the cause: license-table-in-pyproject tells it.
    if (subject.kind === 'sdist' && isTable(subject.pyproject?.get('project', 'license'))) return
    const field = metadata?.first('License')
    if (!isGiven(field)) return
    const lines = splitLines(field.value).length
    if (lines === 1 && field.value.length <= LONG) return
    yield finding(
      field,
      `License contains ${plural(field.value.length, 'character')} in ${plural(lines, 'line')}; the text belongs in a license file.`,
      { help: stateLicense({ subject, expression: undefined }) },
    )
  },
})
