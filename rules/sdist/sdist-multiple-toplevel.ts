import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { someQuoted, thousands } from '../../src/wording.js'
import { SDIST_FORMAT } from '../shared/tar.js'
import { isUnread } from '../shared/tar-unread.js'
import { commonPath, topPart } from './_names.js'

export default rule({
  id: 'sdist-multiple-toplevel',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist does not have exactly one top-level directory.',
  why: 'PyPI and twine reject it. pip and uv look for pyproject.toml or setup.py next to the directories, and fail without one.',
  fix: 'Put all files in one directory named like the sdist without its suffix, and nothing next to it.',
  pypiMessage:
    'Invalid distribution file. Incorrect number of top-level directories in sdist / Too many top-level members in sdist archive',
  bad: [
    { sdist: { files: { 'other-1.0/a.py': '' } } },
    { sdist: { files: { 'setup.py': '' } } },
    { sdist: { files: { './demo-1.0/data.txt': 'x\n' } } },
  ],
  good: { sdist: {} },
  *check(subject) {
    if (subject.members.list.length === 0 || isUnread(subject)) return
    const { path, mixed, tops } = commonPath(subject)
    if (path !== '') yield* dotted(subject, path)
    if (path !== '' || mixed) return
    const second = subject.members.list.find(one => topPart(one.path) === tops[1])
    yield finding(
      second && { offset: second.offset },
      `The sdist has ${thousands(tops.length)} top-level names (${someQuoted(tops)}); expected one directory.`,
      ['pyproject.toml', 'setup.py'].some(name => subject.members.has(name)) ? { enforcedBy: ['pypi', 'twine'] } : {},
    )
  },
})

/** pip goes by the first part of the paths as they are written. */
function* dotted({ members }: Sdist, top: string): Generator<Draft> {
  const odd = members.list.find(({ path }) => path.startsWith('./'))
  // Where it is PKG-INFO that begins so, PyPI does not find it either, and its rule tells.
  if (!odd || !members.has(`${top}/PKG-INFO`)) return
  yield finding(
    { member: odd.path, offset: odd.offset },
    `${quote(odd.path)} starts with './', unlike ${quote(`${top}/PKG-INFO`)}: pip counts two top-level directories, and does not find the project below ${quote(`${top}/`)}.`,
    { enforcedBy: ['pip'], help: "Write all paths alike, without './'." },
  )
}
