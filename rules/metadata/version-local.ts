import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseVersion } from '../../src/standards/version.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'version-local',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'SHOULD',
  source: 'Version specifiers, "Local version identifiers"',
  url: `${VERSION_SPECIFIERS}#local-version-identifiers`,
  summary: 'Version has a local segment.',
  why: 'Local versions are for builds that are not published: PyPI rejects them. Other indexes accept them.',
  fix: 'Remove the `+` and everything after it. With setuptools-scm, build from a tagged commit or set `local_scheme = "no-local-version"`.',
  pypiMessage: "The use of local versions in '1.0+g1234567' is not allowed.",
  bad: { wheel: { version: '1.0+g1234567' } },
  good: { wheel: {} },
  *check({ metadata }) {
    const field = metadata?.first('Version')
    const version = field && attempt(parseVersion, field.value)
    if (field && version?.local)
      yield finding(
        within(field, field.value.slice(field.value.indexOf('+'))),
        `The version ${quote(field.value)} has the local segment ${quote(version.local.join('.'))}, which PyPI rejects.`,
      )
  },
})
