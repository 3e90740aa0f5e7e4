import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseVersion } from '../../src/standards/version.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'version-placeholder',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Version specifiers, "Version scheme"',
  url: `${VERSION_SPECIFIERS}#version-scheme`,
  summary: 'Version is zero.',
  why: 'Backends write 0, 0.0 or 0.0.0 when they do not find the version that they should compute.',
  fix: 'Check where the version comes from: a missing git tag, a shallow clone, a wrong path in `dynamic`.',
  precision: 'high',
  bad: { wheel: { version: '0.0.0' } },
  good: { wheel: { version: '0.0.1' } },
  *check({ metadata }) {
    const field = metadata?.first('Version')
    const version = field && attempt(parseVersion, field.value)
    if (!field || !version || version.epoch !== 0n || version.release.some(part => part !== 0n)) return
    if (version.pre !== undefined || version.post !== undefined) return
    yield finding(field, `The version is ${quote(field.value)}, which often means that none was found.`)
  },
})
