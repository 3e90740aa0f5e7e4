import type { Homes } from '../../src/homes.js'
import { nameOf } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { CORE_FIELDS } from '../../src/standards/core-metadata.js'
import { isGiven } from '../../src/views/as-uploaded.js'

/** The key of setuptools or Poetry that gives the old field; `[project]` has none. */
function oldKey(project: Homes, field: string): string {
  const home = project.known ? project.home(field) : undefined
  return home && home.form !== 'project' ? ` from ${project.key(field)}` : ''
}

export default rule({
  id: 'field-deprecated',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Core metadata specification, "Deprecated Fields"; PEP 753',
  url: 'https://packaging.python.org/en/latest/specifications/core-metadata/#deprecated-fields',
  summary: 'The metadata uses a deprecated field.',
  why: 'Labeled Project-URL fields have replaced Home-page and Download-URL; nothing reads Requires, Provides and Obsoletes.',
  fix: (project, { field = 'Home-page' }) =>
    field === 'Home-page' || field === 'Download-URL'
      ? `Move the address${oldKey(project, field)} to ${project.key('Project-URL')}, with a label such as \`Homepage\`.`
      : `Move what is still needed to ${project.key('Requires-Dist')}, and remove the field.`,
  bad: { wheel: { metadata: { 'Home-page': 'https://demo.dev' } } },
  good: { wheel: { metadata: { 'Project-URL': 'Homepage, https://demo.dev' } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const row of CORE_FIELDS) {
      const first = row.deprecated === undefined ? undefined : metadata.all(row.name).find(isGiven)
      if (first)
        yield finding(nameOf(first), `${row.name} is deprecated; use ${row.deprecated} instead.`, { subject: row.name })
    }
  },
})
