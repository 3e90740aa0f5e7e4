import { isOfTree } from '../../src/project/tracked.js'
import { finding, quote, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { belowTop } from './_sources.js'
import { isTracked } from './_tracked.js'
import { listed } from './_wheels.js'

export default rule({
  id: 'sdist-file-untracked',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'The sdist contains a file that git does not track.',
  why: 'Files that happened to be on the build machine are published, such as notes, keys or results of other builds.',
  fix: 'Add the file to git, or exclude it from the sdist, and build from a fresh clone.',
  bad: {
    release: [{ sdist: { files: { '{top}/notes.txt': 'call Bob\n' } } }],
    tracked: ['README.md', 'LICENSE', 'pyproject.toml', 'src/demo/__init__.py'],
  },
  good: {
    release: [{ sdist: { files: { '{top}/setup.cfg': '[egg_info]\n', '{top}/src/demo/_version.py': "v = '1.0'\n" } } }],
    tracked: ['README.md', 'LICENSE', 'pyproject.toml', 'src/demo/__init__.py'],
  },
  *check({ name, sdists }, { tracked }) {
    if (!tracked || !isOfTree(name, tracked)) return
    for (const sdist of sdists) {
      const stray = sdist.members.list.filter(member => {
        if (member.type === 'directory') return false
        const path = belowTop(member.path)
        return path !== '' && !isMadeForSdist(path) && !isTracked(path, tracked)
      })
      const [first] = stray
      if (!first) continue
      const more = stray.length === 1 ? 'is' : `and ${plural(stray.length - 1, 'other file')} are`
      yield finding(
        { member: first.path, field: 'files' },
        `${quote(belowTop(first.path))} ${more} in the sdist, but git does not track ${stray.length === 1 ? 'it' : 'them'}.`,
        {
          path: sdist.path,
          subject: belowTop(first.path),
          related: listed(stray.slice(1), ({ path }) => ({
            path: sdist.path,
            member: path,
            message: 'also not tracked',
          })),
        },
      )
    }
  },
})

/** What backends write into an sdist: metadata, and the version. */
const isMadeForSdist = (path: string): boolean =>
  /^(?:PKG-INFO|setup\.(?:py|cfg)|pyproject\.toml\.orig|Cargo\.(?:toml|lock)|Cargo\.toml\.orig|\.pdm-build\/.*|AUTHORS|ChangeLog)$/.test(
    path,
  ) ||
  /(?:^|\/)[^/]+\.egg-info\//.test(path) ||
  /(?:^|\/)_*(?:[a-z0-9]+_)*version_*\.(?:py|txt)$/i.test(path) ||
  /(?:^|\/)\.git_archival\.txt$/.test(path)
