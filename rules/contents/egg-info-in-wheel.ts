import { finding, quote, rule } from '../../src/rule.js'
import { installed } from '../../src/views/install-tree.js'

export default rule({
  id: 'egg-info-in-wheel',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/#the-dist-info-directory',
  summary: 'The wheel contains an .egg-info directory in addition to its .dist-info directory.',
  why: 'importlib.metadata then finds two distributions, and which version it reports is undefined.',
  fix: 'Exclude `*.egg-info` from the wheel; it is a leftover from a build in the source tree.',
  bad: { wheel: { files: { 'demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n' } } },
  good: { wheel: {} },
  *check(wheel) {
    const seen = new Set<string>()
    for (const { parts, member } of installed(wheel)) {
      const first = parts[0] ?? ''
      if (!first.endsWith('.egg-info') || seen.has(first)) continue
      seen.add(first)
      yield finding(
        { member: member.path },
        `${quote(first)} would be installed into site-packages next to ${wheel.distInfo ?? 'the .dist-info directory'}.`,
      )
    }
  },
})
