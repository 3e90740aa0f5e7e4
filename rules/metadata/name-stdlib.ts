import { finding, quote, rule } from '../../src/rule.js'
import { isStdlibModule, STDLIB } from '../../src/standards/import-name.js'
import { canonicalName } from '../../src/standards/name.js'
import { NAME_FORMAT } from '../shared/specifications.js'

export default rule({
  id: 'name-stdlib',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi-state'],
  force: 'none',
  source: 'PyPI upload checks, project names',
  url: NAME_FORMAT,
  summary: 'The project name is the name of a standard library module.',
  why: 'PyPI does not allow a new project with such a name; existing projects can still upload.',
  fix: 'Choose a different name, unless the project already exists on the index.',
  pypiMessage: 'conflict with Python Standard Library module name',
  bad: { wheel: { name: 'graphlib' } },
  good: { wheel: {} },
  *check({ metadata }) {
    const field = metadata?.first('Name')
    if (!field) return
    const module = canonicalName(field.value).replaceAll('-', '_')
    if (isStdlibModule(module) || isStdlibModule(field.value))
      yield finding(
        field,
        `${quote(field.value)} is the name of a standard library module (list as of ${STDLIB.date}).`,
      )
  },
})
