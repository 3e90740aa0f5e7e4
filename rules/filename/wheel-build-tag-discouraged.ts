import { finding, quote, rule } from '../../src/rule.js'
import { namePlace } from '../../src/views/tags.js'

export default rule({
  id: 'wheel-build-tag-discouraged',
  topic: 'filename',
  severity: 'info',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Binary distribution format, "File name convention"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The file name contains a build tag.',
  why: 'PyPI never allows a file to be replaced, but installers prefer a higher build number to the file that was tested and locked.',
  fix: 'Publish a post-release instead.',

  status: 'strict',
  bad: { wheel: { filename: 'demo-1.0-1-py3-none-any.whl', wheel: { Build: '1' } } },
  good: { wheel: {} },
  *check(wheel) {
    if (wheel.name?.build !== undefined)
      yield finding(namePlace(wheel, 'build'), `The file name contains the build tag ${quote(wheel.name.build)}.`, {
        subject: 'build',
      })
  },
})
