import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

/** Directories whose contents are of no use to others, and files of the same kind. */
const DIRECTORIES = new Map([
  ['.git', 'data of git'],
  ['.hg', 'data of Mercurial'],
  ['.svn', 'data of Subversion'],
  ['__pycache__', 'compiled Python'],
  ['.venv', 'a virtual environment'],
  ['node_modules', 'packages of npm'],
  ['.tox', 'environments of tox'],
  ['.nox', 'environments of nox'],
  ['.ipynb_checkpoints', 'checkpoints of Jupyter'],
  ['.mypy_cache', 'a cache of mypy'],
  ['.pytest_cache', 'a cache of pytest'],
  ['.ruff_cache', 'a cache of ruff'],
  ['__MACOSX', 'attributes of macOS'],
])
const FILES: readonly (readonly [RegExp, string])[] = [
  [/\.py[co]$/, 'compiled Python'],
  [/^\.DS_Store$/, 'data of macOS'],
  [/^\._/, 'attributes of macOS'],
  [/^Thumbs\.db$/, 'data of Windows'],
  [/\.(?:orig|rej)$/, 'a leftover of a patch'],
  [/\.sw[op]$|~$/, 'a leftover of an editor'],
  [/^\.coverage$/, 'data of coverage'],
]

/** What is unwanted about a path, and the directory or file that it is about. */
function junk(path: string): { readonly place: string; readonly what: string } | undefined {
  const parts = path.split('/')
  const last = parts.length - 1
  for (let i = 0; i < last; i++) {
    const what = DIRECTORIES.get(parts[i] ?? '')
    if (what !== undefined) return { place: `${parts.slice(0, i + 1).join('/')}/`, what }
  }
  const file = FILES.find(([pattern]) => pattern.test(parts[last] ?? ''))
  return file && { place: path, what: file[1] }
}

export default rule({
  id: 'sdist-junk-files',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist has files that belong to a working copy or a tool.',
  why: 'They make the file larger, can hold private data, and nobody builds from them.',
  fix: 'Exclude them in the configuration of the build backend (MANIFEST.in for setuptools).',
  bad: [
    { sdist: { files: { '{top}/src/demo/__pycache__/a.cpython-313.pyc': 'x' } } },
    { sdist: { files: { '{top}/.DS_Store': 'x', '{top}/.git/config': 'x' } } },
  ],
  good: { sdist: { files: { '{top}/.gitignore': '*.pyc' } } },
  *check(subject) {
    const seen = new Set<string>()
    for (const { path } of subject.members.files) {
      const found = junk(path)
      if (!found || seen.has(found.place)) continue
      seen.add(found.place)
      yield finding({ member: found.place }, `${quote(found.place)} is ${found.what} and of no use in an sdist.`)
    }
  },
})
