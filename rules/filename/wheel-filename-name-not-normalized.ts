import { finding, quote, rule } from '../../src/rule.js'
import { fileNamePart } from '../../src/views/dist-info.js'
import { namePlace } from '../../src/views/tags.js'

export default rule({
  id: 'wheel-filename-name-not-normalized',
  topic: 'filename',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Binary distribution format, "File name convention"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The project name in the file name is not normalized.',
  why: 'PyPI has rejected such files since October 2025.',
  fix: 'Build with a recent backend, which writes the name in lowercase and each run of `-`, `_` and `.` as one `_`.',
  pypiMessage: "Filename 'F' should contain the normalized project name 'p_n', not 'P.n'.",

  bad: { wheel: { filename: 'Demo-1.0-py3-none-any.whl' } },
  good: { wheel: {} },
  *check(wheel) {
    const { name } = wheel
    if (!name || name.name.includes('__')) return
    const expected = fileNamePart(name.name)
    if (name.name !== expected)
      yield finding(
        namePlace(wheel, 'name'),
        `The file name starts with ${quote(name.name)}. Expected ${quote(expected)}.`,
        {
          subject: 'name',
        },
      )
  },
})
