import { itemsOfExtra, parsedLines } from '../../src/contract/requirement-items.js'
import type { Metadata, MetadataField } from '../../src/distribution/metadata.js'
import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { dependencies } from '../../src/views/dependencies.js'
import { plural, someQuoted } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'
import { extraSpellings } from './_extras.js'

export default rule({
  id: 'extra-collision',
  topic: 'dependencies',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Core metadata specification, "Provides-Extra"; PEP 685',
  url: coreMetadata('provides-extra'),
  summary: 'Two extras have the same normalized name.',
  why: 'Users who request one of them get the dependencies of either or both, depending on the installer. Two spellings with the same requirements are harmless.',
  breaks: 'Users who request one of the extras may get the dependencies of both.',
  fix: project => `Rename one of them under ${project.key('Provides-Extra')}, or keep only the normalized spelling.`,
  byHand: 'Only a person can choose another name.',
  bad: [
    {
      wheel: {
        metadata: {
          'Provides-Extra': ['fast-io', 'fast_io'],
          'Requires-Dist': ['attrs; extra == "fast-io"', 'numpy; extra == "fast_io"'],
        },
      },
    },
    {
      wheel: {
        metadata: {
          'Provides-Extra': ['fast-io', 'fast_io'],
          'Requires-Dist': ['attrs; extra == "fast-io"', 'attrs; extra == "fast_io"'],
        },
      },
    },
    { wheel: { metadata: { 'Provides-Extra': ['fast', 'fast'], 'Requires-Dist': 'attrs; extra == "fast"' } } },
  ],
  good: { wheel: { metadata: { 'Provides-Extra': ['fast-io'], 'Requires-Dist': 'attrs; extra == "fast-io"' } } },
  *check({ metadata }) {
    if (!metadata) return
    const groups = groupBy(metadata.all('Provides-Extra'), ({ value }) => canonicalName(value.trim()))
    const alike: MetadataField[] = []
    for (const [extra, [first, ...others]] of groups)
      for (const field of others) {
        if (field.value.trim() === first.value.trim())
          yield finding(field, `The extra ${quote(field.value)} is declared more than once.`, { severity: 'info' })
        else if (asksForSame(metadata, extra)) alike.push(field)
        else
          yield finding(
            field,
            `The extras ${quote(first.value)} and ${quote(field.value)} have the same normalized name but different requirements.`,
          )
      }
    const [first] = alike
    if (first)
      yield finding(
        first,
        `${plural(alike.length, 'extra')} ${alike.length === 1 ? 'is' : 'are'} also declared in another spelling, with the same requirements: ${someQuoted(
          alike.map(({ value }) => value),
          20,
        )}.`,
        { severity: 'info', subject: 'alike' },
      )
  },
})

/** Do all spellings of an extra in markers have the same requirements? */
function asksForSame(metadata: Metadata, extra: string): boolean {
  const spellings = groupBy(
    dependencies(metadata).flatMap(({ field, requirement }) =>
      extraSpellings(field, requirement).flatMap(([name, spelling]) => (name === extra ? [{ field, spelling }] : [])),
    ),
    ({ spelling }) => spelling,
  )
  const lists = Array.from(spellings.values(), lines => {
    const written = lines.map(({ field }) => ({ text: field.value, at: field }))
    const items = itemsOfExtra(parsedLines(written), extra)
    return [...new Set(items.map(({ key }) => key))].sort().join('\n')
  })
  return new Set(lists).size < 2
}
