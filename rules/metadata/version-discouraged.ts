import { finding, quote, rule } from '../../src/rule.js'
import { tryVersion } from '../../src/standards/version.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'version-discouraged',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Version specifiers, "Post-releases" and "Developmental releases"',
  url: `${VERSION_SPECIFIERS}#post-releases`,
  summary:
    'The version is a post-release or development release of a pre-release, or a development release of a post-release.',
  why: 'The specification strongly discourages them, because people cannot easily tell which of two such versions is newer.',
  fix: 'Increment the pre-release number instead, such as from `1.0rc1` to `1.0rc2`; publish development releases of the next version.',
  bad: [
    { wheel: { filename: 'demo-1.0rc1.post1-py3-none-any.whl', version: '1.0rc1.post1' } },
    { wheel: { filename: 'demo-1.0.post1.dev2-py3-none-any.whl', version: '1.0.post1.dev2' } },
    { wheel: { filename: 'demo-1.0a1.dev3-py3-none-any.whl', version: '1.0a1.dev3' } },
  ],
  good: [
    { wheel: { filename: 'demo-1.0.post1-py3-none-any.whl', version: '1.0.post1' } },
    { wheel: { filename: 'demo-1.0rc1-py3-none-any.whl', version: '1.0rc1' } },
    { wheel: { filename: 'demo-1.0.dev2-py3-none-any.whl', version: '1.0.dev2' } },
  ],
  *check({ metadata }) {
    const field = metadata?.first('Version')
    const version = field && tryVersion(field.value)
    if (!version) return
    if (version.post === undefined) {
      // Common for builds that are published every night.
      if (version.pre !== undefined && version.dev !== undefined)
        yield finding(field, `The version ${quote(field.value)} is a development release of a pre-release.`, {
          severity: 'info',
        })
      return
    }
    if (version.pre !== undefined)
      yield finding(field, `The version ${quote(field.value)} is a post-release of a pre-release.`)
    else if (version.dev !== undefined)
      // Valid for projects that maintain a release through post-releases.
      yield finding(field, `The version ${quote(field.value)} is a development release of a post-release.`, {
        severity: 'info',
      })
  },
})
