import { atProblem, within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseRequirement } from '../../src/standards/requirement.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { problemOf } from '../../src/views/parsed.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'legacy-dist-invalid',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Provides-Dist" and "Obsoletes-Dist"; PyPI upload checks',
  url: coreMetadata('provides-dist'),
  summary: 'Provides-Dist or Obsoletes-Dist is not a valid requirement.',
  why: 'PyPI rejects the file. No installer reads these fields.',
  fix: 'Remove the field.',
  pypiMessage: "'demo files' is invalid: …",
  bad: { wheel: { metadata: { 'Obsoletes-Dist': 'demo files' } } },
  good: { wheel: { metadata: { 'Obsoletes-Dist': 'olddemo' } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const name of ['Provides-Dist', 'Obsoletes-Dist']) {
      for (const field of uploaded(metadata, name)) {
        const problem = problemOf(parseRequirement, field.value)
        const url = attempt(parseRequirement, field.value)?.url
        // PyPI accepts what only later versions of packaging reject.
        if (problem && problem.since === undefined)
          yield finding(
            atProblem(field, field.value, problem),
            `${name} ${quote(field.value)} is not a valid requirement.`,
          )
        else if (url !== undefined)
          yield finding(
            within(field, url, field.value.indexOf('@')),
            `${name} ${quote(field.value)} is a direct reference, which PyPI rejects.`,
          )
      }
    }
  },
})
