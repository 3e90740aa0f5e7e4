import { finding, rule } from '../../src/rule.js'
import { someQuoted, thousands } from '../../src/wording.js'
import { SDIST_FORMAT } from '../shared/tar.js'
import { commonPath } from './_names.js'
import { isUnread } from './_unread.js'

export default rule({
  id: 'sdist-multiple-toplevel',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist has not exactly one top-level directory.',
  why: 'PyPI refuses it and uv does not unpack it. pip installs it in another way than usual.',
  fix: 'Put all files below one directory named like the file; remove what stands beside it.',
  pypiMessage:
    'Invalid distribution file. Incorrect number of top-level directories in sdist / Too many top-level members in sdist archive',
  bad: [{ sdist: { files: { 'other-1.0/a.py': '' } } }, { sdist: { files: { 'setup.py': '' } } }],
  good: { sdist: {} },
  *check(subject) {
    if (subject.members.list.length === 0 || isUnread(subject)) return
    const { path, mixed, tops } = commonPath(subject)
    if (path !== '' || mixed) return
    yield finding(
      undefined,
      `The sdist has ${thousands(tops.length)} top-level names (${someQuoted(tops)}); one directory is expected.`,
    )
  },
})
