import { finding, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

export default rule({
  id: 'wheel-empty',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'The wheel installs nothing.',
  why: 'Nothing can be imported or run. Usually the build backend did not find the package.',
  fix: 'Tell the build backend where the package is. A project that only has dependencies may ignore this.',
  precision: 'high',
  absence: 'content',
  bad: { wheel: { files: { 'demo/__init__.py': null } } },
  good: { wheel: { files: { 'demo/__init__.py': null }, metadata: { 'Requires-Dist': 'attrs' } } },
  *check(wheel) {
    if (wheel.archive.members.length === 0 || installed(wheel).length > 0) return
    if (wheel.members.files.some(({ path }) => /^[^/]+\.data\//.test(path))) return
    // A project that bundles others by its dependencies is meant to be empty.
    if ((wheel.metadata?.all('Requires-Dist').length ?? 0) > 0) return
    yield finding(undefined, 'The wheel holds no file besides its metadata.')
  },
})
