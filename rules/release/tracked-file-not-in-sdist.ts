import { isOfTree, pathsOfProject } from '../../src/project/tracked.js'
import { finding, rule } from '../../src/rule.js'
import { plural, someQuoted } from '../../src/wording.js'
import { setting } from '../shared/advice.js'
import { missing as words } from '../shared/missing.js'
import { matcherOf } from './_lost.js'
import { belowTop } from './_sources.js'

export default rule({
  id: 'tracked-file-not-in-sdist',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'The sdist is missing a file that git tracks.',
  why: 'Building or testing from the sdist may need the file. Many projects omit tests and the settings of services on purpose.',
  fix: project => `Include in the sdist what a build or the tests need (${setting(project, 'includeInSdist')}).`,
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'member',
  bad: {
    release: [{ sdist: {} }],
    tracked: ['README.md', 'LICENSE', 'pyproject.toml', 'src/demo/__init__.py', 'src/demo/core.py'],
  },
  good: {
    release: [{ sdist: {} }],
    tracked: [
      'README.md',
      'LICENSE',
      'pyproject.toml',
      'src/demo/__init__.py',
      '.gitignore',
      '.github/workflows/ci.yml',
      'src/demo/__pycache__/core.cpython-312.pyc',
      'dist/demo-0.9.tar.gz',
    ],
  },
  *check({ name, sdists }, { tracked }) {
    if (!tracked || !isOfTree(name, tracked)) return
    const isExcluded = tracked.excluded.map(matcherOf)
    for (const sdist of sdists) {
      const inside = new Set(sdist.members.list.map(({ path }) => belowTop(path)))
      const missing = pathsOfProject(tracked)
        .filter(path => !inside.has(path) && !isForDevelopment(path) && !isExcluded.some(matches => matches(path)))
        .sort((a, b) => rank(a) - rank(b))
      if (missing.length === 0) continue
      yield finding(
        { field: 'files', value: missing[0] },
        `The sdist is missing ${plural(missing.length, 'file')} that git tracks: ${someQuoted(missing)}.`,
        { path: sdist.path, subject: missing[0], follows: missing.map(words.file) },
      )
    }
  },
})

/** Settings of services, editors and git itself, and what builds and runs leave behind: no build needs them. */
const isForDevelopment = (path: string): boolean =>
  /(?:^|\/)\.[^/]+$/.test(path) ||
  path.startsWith('.') ||
  /(?:^|\/)__pycache__\/|\.py[co]$|^dist\/[^/]+\.(?:whl|tar\.gz)$|(?:^|\/)[^/]+\.egg-info\//.test(path)

/** Modules first: a build most likely needs them. */
const rank = (path: string): number =>
  /^(?:tests?|docs?|examples?|benchmarks?)\//.test(path) ? 2 : path.endsWith('.py') ? 0 : 1
