import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName, isName } from '../../src/standards/name.js'
import { dependencies, extraPlace } from '../../src/views/dependencies.js'
import { safely } from '../shared/remedies.js'

export default rule({
  id: 'requirement-extra-not-normalized',
  topic: 'dependencies',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 685, "Specification"',
  url: 'https://peps.python.org/pep-0685/#specification',
  summary: 'A requirement names an extra that is not normalized.',
  why: 'Older installers compare the names as text and do not find the extra.',
  fix: 'Write the extra in lowercase, with `-` between words.',
  bad: { wheel: { metadata: { 'Requires-Dist': 'attrs[Tests_Mypy]' } } },
  good: { wheel: { metadata: { 'Requires-Dist': 'attrs[tests-mypy]' } } },
  *check({ metadata }) {
    for (const { field, requirement } of dependencies(metadata))
      for (const extra of requirement.extras)
        if (isName(extra) && canonicalName(extra) !== extra)
          yield finding(
            extraPlace(field, extra),
            `The extra ${quote(extra)} of ${requirement.name} is not normalized; expected ${quote(canonicalName(extra))}.`,
            {
              remedy: safely({
                kind: 'requirement',
                value: field.value,
                where: 'extras',
                part: extra,
                by: canonicalName(extra),
              }),
            },
          )
  },
})
