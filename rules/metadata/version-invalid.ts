import { finding, quote, rule } from '../../src/rule.js'
import { parseVersion } from '../../src/standards/version.js'
import { problemOf } from '../../src/views/parsed.js'
import { VERSION_SPECIFIERS } from '../shared/specifications.js'

export default rule({
  id: 'version-invalid',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging', 'pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Core metadata specification, "Version"; version specifiers, "Version scheme"',
  url: `${VERSION_SPECIFIERS}#version-scheme`,
  summary: 'Version is missing or is not a valid version.',
  why: 'No index accepts the file, and installers cannot compare it with other versions.',
  fix: project =>
    `Set ${project.key('Version')} to a version such as \`1.2.3\`, \`1.2.3rc1\`, \`1.2.3.post1\` or \`1.2.3.dev4\`.`,
  pypiMessage: "'1.0-SNAPSHOT' is invalid for 'version'",
  bad: [
    { wheel: { filename: 'demo-1.0-py3-none-any.whl', metadata: { Version: '1.0-SNAPSHOT' } } },
    {
      wheel: { rawMetadata: 'Metadata-Version: 2.1\nName: demo\nSummary: one\ntwo\nVersion: 1.0\n' },
      alsoGives: ['metadata-header-cut'],
    },
  ],
  good: { wheel: {} },
  misses: ['Version'],
  *check({ metadata }) {
    if (!metadata || metadata.fields.length === 0) return
    const field = metadata.first('Version')
    if (!field)
      yield finding(
        { member: metadata.member, line: 1, field: 'Version' },
        `${metadata.member} does not have a Version.`,
      )
    else if (field.value === '') yield finding(field, 'Version is empty.')
    else if (problemOf(parseVersion, field.value)) yield finding(field, `${quote(field.value)} is not a valid version.`)
  },
})
