import { atProblem, within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseExternalDependency } from '../../src/standards/external-dependency.js'
import { canonicalName } from '../../src/standards/name.js'
import { comparisons, testOf } from '../../src/views/dependencies.js'
import { PEP_725 } from '../../src/views/external.js'
import { problemOf } from '../../src/views/parsed.js'

export default rule({
  id: 'metadata-external-dependency-invalid',
  topic: 'metadata',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 725 (draft), "Changes in Core Metadata"',
  url: PEP_725,
  summary: 'Requires-External-Dep is not a valid external dependency, or its extra is not declared.',
  why: 'Tools that implement the draft must reject the metadata.',
  fix: 'Write `dep:type/name`, and declare extras with Provides-External-Extra.',
  status: 'preview',
  formerly: ['external-dep-invalid'],
  bad: [
    { wheel: { metadata: { 'Requires-External-Dep': 'openssl' } }, alsoGives: ['metadata-field-unknown'] },
    {
      wheel: { metadata: { 'Requires-External-Dep': 'dep:cran/nat; extra == "nat"' } },
      alsoGives: ['metadata-field-unknown'],
    },
  ],
  good: {
    wheel: {
      metadata: { 'Requires-External-Dep': 'dep:cran/nat; extra == "nat"', 'Provides-External-Extra': 'nat' },
    },
    alsoGives: ['metadata-field-unknown'],
  },
  *check({ metadata }) {
    const named = (name: string) => (metadata?.fields ?? []).filter(field => field.writtenName.toLowerCase() === name)
    const declared = new Set(named('provides-external-extra').map(({ value }) => canonicalName(value)))
    for (const field of named('requires-external-dep')) {
      const problem = problemOf(parseExternalDependency, field.value)
      if (problem)
        yield finding(
          atProblem(field, field.value, problem),
          `${quote(field.value)} is not a valid external dependency: ${problem.message}.`,
        )
      const marker = attempt(parseExternalDependency, field.value)?.marker
      // The marker is read without the whitespace before it.
      const base = field.value.length - field.value.slice(field.value.indexOf(';') + 1).trimStart().length
      for (const comparison of comparisons(marker?.tree)) {
        const test = testOf(comparison)
        if (test?.variable === 'extra' && !declared.has(canonicalName(test.literal)))
          yield finding(
            within(field, field.value.slice(base + comparison.start, base + comparison.end), base + comparison.start),
            `${quote(field.value)} uses the extra ${quote(test.literal)}, which no Provides-External-Extra field declares.`,
          )
      }
    }
  },
})
