import { finding, rule } from '../../src/rule.js'
import { leftovers } from '../../src/views/leftovers.js'
import { someQuoted } from '../../src/wording.js'
import { setting } from '../shared/advice.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'sdist-junk-files',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist contains files that belong to a working copy or a tool.',
  why: 'They make the file larger, may contain private data, and are not needed to build the project. Settings that a team shares, of editors and coding assistants, are reported as info.',
  fix: project => `Exclude such files from the sdist (${setting(project, 'excludeFromSdist')}).`,
  byHand: 'Which files belong in a release is a decision of the project.',
  bad: [
    {
      sdist: {
        files: { '{top}/src/demo/a.py': 'x = 1\n', '{top}/src/demo/__pycache__/a.cpython-38.pyc': 'U\r\r\n\0\0\0\0' },
      },
    },
    { sdist: { files: { '{top}/.DS_Store': 'x', '{top}/src/.DS_Store': 'x', '{top}/.git/config': 'x' } } },
    { sdist: { files: { '{top}/web/node_modules/left-pad/package.json': '{}' } } },
    { sdist: { files: { '{top}/web/node_modules/icon.svg': '<svg/>\n' } } },
    { sdist: { files: { '{top}/.claude/settings.local.json': '{}', '{top}/.idea/workspace.xml': '<project/>' } } },
    { sdist: { files: { '{top}/.gemini/config.yaml': 'have_fun: false\n' } } },
    { sdist: { files: { '{top}/build/lib/demo/core.py': 'x = 1\n', '{top}/dist/demo-0.9.tar.gz': 'x' } } },
    { sdist: { files: { '{top}/venv/bin/activate': 'x', '{top}/venv/bin/activate.fish': 'x' } } },
    { sdist: { files: { '{top}/env/lib/python3.13/site-packages/six.py': 'x = 1\n' } } },
  ],
  good: [
    {
      sdist: {
        files: { '{top}/build/Dockerfile': 'FROM x\n', '{top}/src/demo/build/lib/a.py': '', '{top}/dist/app.js': 'x' },
      },
    },
    { sdist: { files: { '{top}/.gitignore': '*.pyc', '{top}/pyproject.toml.orig': '[project]\n' } } },
    { sdist: { files: { '{top}/src/demo/templates/.claude/settings.json': '{}', '{top}/tools/bin/activate': 'x' } } },
    { sdist: { files: { '{top}/tests/data/backup': 'x', '{top}/tests/data/backup~': 'x' } } },
  ],
  *check(sdist) {
    for (const { kind, what, places, severity } of leftovers(sdist)) {
      const [member = ''] = places
      const are = places.length === 1 ? 'is' : 'are each'
      yield finding(
        { member },
        severity === 'info'
          ? `${someQuoted(places, 3)} ${are} ${what}; exclude it if neither the build nor the project reads it.`
          : `${someQuoted(places, 3)} ${are} ${what}, which an sdist does not need.`,
        { subject: kind, severity },
      )
    }
  },
})
