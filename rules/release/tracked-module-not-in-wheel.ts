import { finding, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { plural, someQuoted } from '../../src/wording.js'
import { missing } from '../shared/missing.js'
import { isAsideModule, moduleOf } from './_lost.js'
import { lostOnTheWay } from './_tracked.js'

export default rule({
  id: 'tracked-module-not-in-wheel',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'A wheel is missing modules of its packages that the source tree contains.',
  why: 'Imports that work in a checkout fail for everyone who installs the wheel.',
  fix: 'Add the modules to those that the build includes, or list them in its `exclude` if they are left out on purpose.',
  precision: 'medium',
  absence: 'content',
  bad: {
    release: [{ wheel: {} }],
    tracked: ['pyproject.toml', 'src/demo/__init__.py', 'src/demo/core.py', 'src/demo/io/__init__.py'],
  },
  good: {
    release: [{ wheel: {} }],
    tracked: [
      'pyproject.toml',
      'setup.py',
      'src/demo/__init__.py',
      'src/demo/dev/lint.py',
      'src/demo/tests/test_core.py',
      'src/demo/words.txt',
      'src/other/__init__.py',
      'tests/test_demo.py',
    ],
  },
  ofLoneWheel: true,
  *check(release, { tracked }) {
    const { wheels } = release
    const [wheel] = wheels
    if (!wheel) return
    const stems = new Set(wheels.flatMap(one => installed(one).map(({ path }) => stemOf(path))))
    const lost = lostOnTheWay(release, tracked).filter(
      ({ target }) => target.endsWith('.py') && !stems.has(stemOf(target)) && !isAsideModule(target, wheel.project),
    )
    const [first] = lost
    if (!first) return
    const paths = lost.map(({ path }) => path)
    yield finding(
      { field: 'files', value: first.path },
      `The wheel is missing ${plural(lost.length, 'module')} that git tracks in the source tree: ${someQuoted(paths, 4)}.`,
      {
        path: wheel.path,
        subject: first.path,
        follows: paths.map(missing.file),
        explains: [...paths.map(missing.file), ...lost.map(({ target }) => missing.package(moduleOf(target)))],
      },
    )
  },
})

/** Without all suffixes: `demo/fast` of `demo/fast.cpython-313-darwin.so`. */
function stemOf(path: string): string {
  const dot = path.indexOf('.', path.lastIndexOf('/') + 1)
  return dot < 0 ? path : path.slice(0, dot)
}
