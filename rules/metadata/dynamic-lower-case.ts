import { finding, rule } from '../../src/rule.js'
import { coreField } from '../../src/standards/core-metadata.js'
import { some, someQuoted } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

/** Fields that uv resolves by. */
const RESOLVED = new Set(['requires-dist', 'requires-python', 'provides-extra'])

export default rule({
  id: 'dynamic-lower-case',
  topic: 'metadata',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Dynamic"',
  url: coreMetadata('dynamic'),
  summary: 'Dynamic names a dependency field in lowercase.',
  why: 'uv compares these names case-sensitively: it takes the value in PKG-INFO as final and does not build the sdist.',
  fix: ({ backend }) =>
    backend === 'setuptools'
      ? 'Declare the field in `[project]` of pyproject.toml, with `name` and `version`: every setuptools up to 84.2.1 writes the names in lowercase.'
      : 'Build with a backend that writes the names as the specification does, or make the field static in `[project]`.',
  status: 'strict',
  byHand: 'The build backend writes it: another version of it helps, not a key of the project.',
  bad: {
    sdist: {
      metadata: { Dynamic: 'requires-dist' },
      pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
    },
  },
  good: {
    sdist: {
      metadata: { Dynamic: 'Requires-Dist' },
      pyproject: '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n',
    },
  },
  *check({ metadata }) {
    const found = (metadata?.all('Dynamic') ?? []).flatMap(field => {
      const row = RESOLVED.has(field.value.toLowerCase()) ? coreField(field.value) : undefined
      return row && row.name !== field.value ? [{ field, name: row.name }] : []
    })
    const [first] = found
    if (!first) return
    const written = someQuoted(found.map(({ field }) => field.value))
    const names = some(found.map(({ name }) => name))
    yield finding(first.field, `Dynamic names ${written}; uv recognizes only ${names}.`, { subject: 'dynamic' })
  },
})
