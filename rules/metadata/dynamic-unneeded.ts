import { KEY_FIELDS } from '../../src/contract/key-fields.js'
import { finding, rule } from '../../src/rule.js'
import { coreField } from '../../src/standards/core-metadata.js'
import { dynamicKeys } from '../../src/views/pyproject.js'
import { some } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'dynamic-unneeded',
  topic: 'metadata',
  severity: 'info',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Dynamic"; PEP 643',
  url: coreMetadata('dynamic'),
  summary: 'A field is marked as dynamic although `[project]` sets it statically.',
  why: 'Resolvers build the sdist to get a value that they could have read.',
  fix: 'Build with a backend that marks only the fields it computes.',
  needs: ['pyproject'],
  bad: {
    sdist: {
      metadata: { Dynamic: 'Requires-Python' },
    },
  },
  good: { sdist: {} },
  *check({ pyproject, metadata }) {
    const project = pyproject?.project
    if (!project || !metadata) return
    const dynamic = new Set(dynamicKeys(pyproject))
    const found = metadata.all('Dynamic').filter(({ value }) => {
      const keys = KEY_FIELDS.filter(([, field]) => field === coreField(value)?.name).map(([key]) => key)
      return keys.some(key => Object.hasOwn(project, key)) && !keys.some(key => dynamic.has(key))
    })
    const [first] = found
    if (first)
      yield finding(
        first,
        `Dynamic names ${some(found.map(({ value }) => value))}, but \`dynamic\` in [project] does not list the matching keys.`,
        {
          subject: 'dynamic',
        },
      )
  },
})
