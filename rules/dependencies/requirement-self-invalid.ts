import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { didYouMean } from '../../src/text/nearest.js'
import { comparisons, type Dependency, dependencies, extraPlace, extrasIn } from '../../src/views/dependencies.js'
import { someQuoted } from '../../src/wording.js'
import { DEPENDENCY_SPECIFIERS } from '../shared/specifications.js'
import { excludesOwn } from './_extras.js'

const fields = (...requires: readonly string[]) => ({
  'Requires-Dist': ['attrs; extra == "fast"', ...requires],
  'Provides-Extra': ['fast', 'all'],
})

export default rule({
  id: 'requirement-self-invalid',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency specifiers',
  url: DEPENDENCY_SPECIFIERS,
  summary: 'The project requires itself in a way that cannot be satisfied or has no effect.',
  why: 'If the version excludes this release, no installer can install the extra. An extra that does not exist, or that requires itself, has no effect.',
  breaks: 'No version satisfies the requirement, so the extra cannot be installed.',
  fix: 'Name an existing extra of the project, without a version: `demo[fast]; extra == "all"`.',
  bad: [
    { wheel: { metadata: fields('demo[fast]>=2; extra == "all"') } },
    { wheel: { metadata: fields('demo[quick]; extra == "all"') } },
    { wheel: { metadata: fields('demo[fast]; extra == "all"', 'demo[all]; extra == "fast"') } },
    { wheel: { metadata: fields('demo[all]; extra == "all"') } },
  ],
  good: { wheel: { metadata: fields('demo[fast]>=1; extra == "all"') } },
  misses: ['Provides-Extra'],
  *check({ metadata, project }) {
    if (!metadata) return
    const own = dependencies(metadata).filter(({ name, requirement }) => name === project && isOfExtra(requirement))
    const declared = new Set(metadata.all('Provides-Extra').map(({ value }) => canonicalName(value.trim())))
    for (const { field, requirement } of own) {
      const { extras, marker } = requirement
      // Not an extra that would then require itself.
      const from = new Set(extrasIn(requirement))
      const others = [...declared].filter(extra => !from.has(extra))
      if (excludesOwn(requirement, metadata)) {
        const onlyExtra = comparisons(marker?.tree).every(({ lhs, rhs }) =>
          [lhs, rhs].some(side => side.kind === 'variable' && side.name === 'extra'),
        )
        yield finding(
          field,
          `The project requires itself as ${quote(field.value)}, which its own version ${quote(metadata.value('Version')?.trim() ?? '')} does not satisfy.`,
          onlyExtra ? undefined : { severity: 'warning' },
        )
      }
      for (const extra of extras)
        if (!declared.has(canonicalName(extra)))
          yield finding(
            extraPlace(field, extra),
            `The project requires its own extra ${quote(extra)}, which it does not declare.${didYouMean(canonicalName(extra), others)}`,
            {
              severity: 'warning',
              help:
                others.length === 0
                  ? `Declare the extra ${quote(extra)}, or remove the requirement.`
                  : `Name a declared extra (${someQuoted(others, 6)}), or declare ${quote(extra)}.`,
            },
          )
    }
    const circle = circleIn(own)
    if (circle)
      yield finding(
        circle.at,
        circle.path.length === 2
          ? `The extra ${quote(circle.path[0] ?? '')} requires itself.`
          : `The extras require each other in a cycle: ${circle.path.slice(0, SHOWN).map(quote).join(' → ')}${circle.path.length > SHOWN ? ' → …' : ''}.`,
        {
          severity: 'warning',
          subject: 'circle',
          help:
            circle.path.length === 2
              ? 'Remove the extra from the requirement, or the requirement if it names no other.'
              : 'Remove one of these requirements, so that no extra requires itself.',
        },
      )
  },
})

const isOfExtra = ({ extras, specifier }: Dependency['requirement']) =>
  extras.length > 0 || specifier.clauses.length > 0

/** The first path from an extra through the project's own extras back to it. */
function circleIn(
  own: readonly Dependency[],
): { readonly at: Dependency['field']; readonly path: readonly string[] } | undefined {
  const next = new Map<string, Map<string, Dependency['field']>>()
  for (const { field, requirement } of own.slice(0, MOST))
    for (const from of extrasIn(requirement))
      for (const to of requirement.extras) {
        const known = next.get(from) ?? new Map()
        next.set(from, known.set(canonicalName(to), field))
      }
  const done = new Set<string>()
  for (const start of next.keys()) {
    // Depth first, with the path so far; each extra is expanded once.
    const open: { readonly extra: string; readonly way: readonly string[] }[] = [{ extra: start, way: [start] }]
    for (let one = open.pop(); one; one = open.pop()) {
      if (done.has(one.extra)) continue
      done.add(one.extra)
      for (const [to, at] of next.get(one.extra) ?? []) {
        const index = one.way.indexOf(to)
        if (index >= 0) return { at, path: [...one.way.slice(index), to] }
        open.push({ extra: to, way: [...one.way, to] })
      }
    }
  }
  return undefined
}

/** The most extras of a cycle that are shown. */
const SHOWN = 6

/** No project has more extras than this. */
const MOST = 500
