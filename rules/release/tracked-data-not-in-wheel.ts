import { finding, rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'
import { setting } from '../shared/advice.js'
import { missing } from '../shared/missing.js'
import { isAsideData } from './_lost.js'
import { isNamedIn, namesInCode } from './_named.js'
import { lostOnTheWay } from './_tracked.js'

export default rule({
  id: 'tracked-data-not-in-wheel',
  topic: 'release',
  severity: 'warning',
  applies: ['wheel', 'release'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'A wheel is missing files that its modules name and the source tree contains.',
  why: 'Code that opens the file works in a checkout, but fails for everyone who installs the wheel.',
  fix: project =>
    `Include the files (${setting(project, 'packageData')}), or list them in \`exclude\` if they are left out on purpose.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  precision: 'medium',
  absence: 'content',
  needs: ['python-imports'],
  bad: {
    release: [{ wheel: { files: { 'demo/load.py': 'WORDS = "res/words.txt"\n' } } }],
    tracked: ['pyproject.toml', 'src/demo/__init__.py', 'src/demo/load.py', 'src/demo/res/words.txt'],
  },
  good: {
    release: [{ wheel: { files: { 'demo/load.py': 'WORDS = "res/words.txt"\n', 'demo/res/words.txt': 'one\n' } } }],
    tracked: [
      'pyproject.toml',
      'src/demo/__init__.py',
      'src/demo/load.py',
      'src/demo/res/words.txt',
      'src/demo/res/sources.txt',
      'src/demo/tests/words.txt',
    ],
  },
  ofLoneWheel: true,
  *check(release, { tracked }) {
    // The rule of releases is not given the texts.
    if (release.kind === 'wheel') {
      if (tracked) namesInCode(release)
      return
    }
    const [wheel] = release.wheels
    const lost = lostOnTheWay(release, tracked).filter(
      ({ target }) =>
        !/\.pyi?$/.test(target) && !isAsideData(target, wheel?.project) && isNamedIn(release.wheels, target),
    )
    const [first] = lost
    if (!first || !wheel) return
    const paths = lost.map(({ path }) => path)
    yield finding(
      { field: 'files', value: first.path },
      `The wheel is missing ${plural(lost.length, 'file')} that its modules name and git tracks in the source tree: ${someQuoted(paths, 4)}.`,
      {
        path: wheel.path,
        subject: first.path,
        explains: [...paths.map(missing.file), ...lost.map(({ target }) => missing.installed(target))],
      },
    )
  },
})
