import type { VariantEntry } from '../../src/distribution/variant.js'
import { finding, quote, rule } from '../../src/rule.js'
import { indexExample, PEP_825, pep825, releaseExample, someProperties, V3, variantWheels } from './_variants.js'

interface Named {
  readonly path: string | undefined
  readonly label: string
  readonly entry: VariantEntry
}

/** Pairs of labels with the same properties: the later one, and the first that has them. */
function* twins(named: readonly Named[]): Generator<readonly [Named, Named]> {
  const first = new Map<string, Named>()
  const told = new Set<string>()
  for (const one of named) {
    // No properties means `null`, or another problem.
    if (one.entry.properties.length === 0) continue
    const key = one.entry.properties.join('\n')
    const before = first.get(key)
    if (!before) first.set(key, one)
    else if (before.label !== one.label && !told.has(one.label)) {
      told.add(one.label)
      yield [one, before]
    }
  }
}

export default rule({
  id: 'variant-duplicate-properties',
  topic: 'variants',
  severity: 'error',
  applies: ['release', 'variants-json'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 825 and PEP 817 (drafts), variant label',
  url: PEP_825,
  summary: 'Two labels have the same properties.',
  why: 'Each label identifies one set of properties. The names decide which of the two wheels is installed.',
  breaks: 'The names decide which of the two wheels is installed, so one of them never is.',
  fix: 'Give both wheels the same label, or state in the properties how they differ.',
  bad: [
    releaseExample([
      ['v3', pep825({ v3: V3 })],
      ['x86_64_v3', pep825({ x86_64_v3: V3 })],
    ]),
    indexExample(pep825({ v3: V3, x86_64_v3: V3 })),
  ],
  good: indexExample(pep825({ v2: { x86_64: { level: ['v2'] } }, v3: V3 })),
  *check(subject) {
    const named =
      subject.kind === 'release'
        ? variantWheels(subject).flatMap(({ wheel, label, entry }) =>
            entry ? [{ path: wheel.path, label, entry }] : [],
          )
        : subject.variants.entries.map(entry => ({ path: undefined, label: entry.label.value, entry }))
    for (const [one, before] of twins(named))
      yield finding(
        one.entry.label,
        `The labels ${quote(before.label)} and ${quote(one.label)} have the same properties: ${someProperties(one.entry.properties)}.`,
        {
          path: one.path,
          subject: `${before.label}=${one.label}`,
          related: [{ ...before.entry.label, path: before.path, message: `The label ${quote(before.label)}.` }],
        },
      )
  },
})
