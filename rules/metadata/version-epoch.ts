import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'version-epoch',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Version specifiers, "Version epochs"',
  url: `${VERSION_SPECIFIERS}#version-epochs`,
  summary: 'The version has an epoch.',
  why: 'Every later release needs the epoch too, and users rarely expect it: `demo==1.0` does not match `1!1.0`, and `demo<2024` excludes every later release.',
  fix: 'Keep the epoch only if the version scheme changed to lower numbers, such as from dates to `1.0`.',
  bad: { wheel: { filename: 'demo-1!1.0-py3-none-any.whl', version: '1!1.0' } },
  good: { wheel: {} },
  *check({ metadata }) {
    const field = metadata?.first('Version')
    const version = field && tryVersion(field.value)
    if (!version || version.epoch === 0n) return
    const mark = field.value.slice(0, field.value.indexOf('!') + 1)
    yield finding(
      within(field, mark),
      `The version ${quote(field.value)} has the epoch ${version.epoch}: it sorts after every version without an epoch.`,
    )
  },
})
