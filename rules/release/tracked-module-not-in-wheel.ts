import { isOfTree, pathsOfProject } from '../../src/project/tracked.js'
import { finding, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'
import { plural, someQuoted } from '../../src/wording.js'
import { isAsideModule, matcherOf, rootsOf } from './_lost.js'

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
  *check({ name, wheels, sdists }, { tracked }) {
    const [wheel] = wheels
    // What a release lost on the way from its sdist is told there.
    if (!tracked || !wheel || sdists.length > 0 || !isOfTree(name, tracked)) return
    const paths = new Set(wheels.flatMap(one => installed(one).map(({ path }) => path)))
    const stems = new Set([...paths].map(stemOf))
    const sources = pathsOfProject(tracked).flatMap(path => (path.endsWith('.py') ? [{ path }] : []))
    const roots = rootsOf(sources, paths)
    const isExcluded = tracked.excluded.map(matcherOf)
    const lost = sources.flatMap(({ path }) => {
      const root = roots.find(one => path.startsWith(one))
      const target = root === undefined ? '' : path.slice(root.length)
      const [top] = target.split('/')
      if (!target.includes('/') || stems.has(stemOf(target)) || !paths.has(`${top}/__init__.py`)) return []
      if (isAsideModule(target, wheel.project)) return []
      return isExcluded.some(matches => matches(path) || matches(target)) ? [] : [path]
    })
    const [first] = lost
    if (first === undefined) return
    yield finding(
      { field: 'files', value: first },
      `The wheel is missing ${plural(lost.length, 'module')} that git tracks in the source tree: ${someQuoted(lost, 4)}.`,
      { path: wheel.path, subject: first },
    )
  },
})

/** Without all suffixes: `demo/fast` of `demo/fast.cpython-313-darwin.so`. */
function stemOf(path: string): string {
  const dot = path.indexOf('.', path.lastIndexOf('/') + 1)
  return dot < 0 ? path : path.slice(0, dot)
}
