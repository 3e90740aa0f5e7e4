import { finding, quote, rule } from '../../src/rule.js'
import { nearName } from '../../src/standards/name.js'
import { isPlaceholder } from '../../src/views/as-uploaded.js'
import { NAME_FORMAT } from '../shared/specifications.js'

const NAME = /^(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9])$/

export default rule({
  id: 'name-invalid',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging', 'pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Names and normalization, "Name format"; core metadata specification, "Name"',
  url: `${NAME_FORMAT}#name-format`,
  summary: 'Name is missing or is not a valid project name.',
  why: 'No index accepts the project, and installers cannot request it.',
  fix: project =>
    `Set ${project.key('Name')} to ASCII letters, digits, \`.\`, \`_\` and \`-\`, with a letter or digit at both ends.`,
  byHand: 'Only a person can choose another name.',
  pypiMessage: "'demo_' is invalid for 'name'",
  bad: [
    { wheel: { metadata: { Name: null } } },
    { wheel: { metadata: { Name: 'demo_' } }, alsoGives: ['wheel-filename-metadata-mismatch'] },
  ],
  good: { wheel: {} },
  misses: ['Name'],
  *check({ kind, metadata }) {
    if (!metadata || metadata.fields.length === 0) return
    // pip does not read the PKG-INFO of an sdist.
    const more = kind === 'wheel' ? {} : ({ enforcedBy: ['twine', 'packaging', 'pypi', 'uv'] } as const)
    const field = metadata.first('Name')
    if (!field)
      yield finding(
        { member: metadata.member, line: 1, field: 'Name' },
        `${metadata.member} does not have a Name.`,
        more,
      )
    else if (field.value === '') yield finding(field, 'Name is empty.', more)
    else if (isPlaceholder(field.value))
      yield finding(field, "The project name is 'UNKNOWN', which PyPI drops, so the upload does not have a name.", {
        help: project =>
          project.home('Name')?.form === 'project'
            ? 'Set `name` in `[project]` and build with setuptools 61 or later: earlier ones do not read that table and write UNKNOWN.'
            : `Set ${project.key('Name')}.`,
        enforcedBy: ['pypi', 'uv'],
      })
    else if (!NAME.test(field.value)) {
      const better = nearName(field.value)
      const hint = better === undefined ? '' : ` ${quote(better)} would be valid.`
      yield finding(
        field,
        `The project name ${quote(field.value)} is not valid: it may contain only ASCII letters, digits, '.', '_' and '-', and must start and end with a letter or digit.${hint}`,
        more,
      )
    }
  },
})
