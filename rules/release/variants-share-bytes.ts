import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, rule } from '../../src/rule.js'
import { plural, sizeText } from '../../src/wording.js'

export default rule({
  id: 'variants-share-bytes',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 825, "Motivation"',
  url: 'https://peps.python.org/pep-0825/',
  summary: 'Variants of the same release contain identical files.',
  why: 'Every variant contains another copy, which the index and its mirrors have to store.',
  fix: 'Consider moving the files that all variants share to a separate project that they depend on.',
  absence: 'content',
  bad: {
    release: [
      { wheel: { filename: 'demo-1.0-py3-none-any-cpu.whl' } },
      { wheel: { filename: 'demo-1.0-py3-none-any-gpu.whl' } },
    ],
    alsoGives: ['variant-json-missing', 'variant-pypi-unsupported'],
  },
  good: { release: [{ wheel: {} }, { sdist: {} }] },
  *check({ wheels }) {
    const groups = new Map<string, Wheel[]>()
    for (const wheel of wheels) {
      if (wheel.name?.variant === undefined) continue
      const { python, abi, platform } = wheel.name
      const key = [python, abi, platform].map(tags => [...tags].sort().join('.')).join('-')
      groups.set(key, [...(groups.get(key) ?? []), wheel])
    }
    for (const [tag, variants] of groups) {
      const [first] = variants
      if (!first || variants.length < 2) continue
      const contents = variants.map(payload)
      const [smallest] = contents.map(total).sort((a, b) => a - b)
      const shared = [...(contents[0] ?? [])].filter(([hash]) => contents.every(one => one.has(hash)))
      const bytes = shared.reduce((sum, [, length]) => sum + length, 0)
      if (bytes === 0 || !smallest) continue
      const percent = Math.floor((bytes / smallest) * 100)
      yield finding(
        { field: 'variants' },
        `The ${plural(variants.length, 'variant')} for ${tag} share ${plural(shared.length, 'identical file')} with a total of ${sizeText(bytes)} unpacked, ${percent}% of the smallest variant.`,
        {
          path: first.path,
          subject: tag,
          related: variants.slice(1, 11).map(({ path }) => ({ path, message: 'contains the same files' })),
        },
      )
    }
  },
})

/** Sizes of installed files by content; each wheel has its own metadata. */
function payload({ members, distInfo = '' }: Wheel): ReadonlyMap<string, number> {
  return new Map(
    members.files
      .filter(({ path, sha256 }) => sha256 !== '' && !path.startsWith(`${distInfo}/`))
      .map(({ sha256, actualSize }) => [sha256, actualSize]),
  )
}

const total = (sizes: ReadonlyMap<string, number>): number => [...sizes.values()].reduce((sum, one) => sum + one, 0)
