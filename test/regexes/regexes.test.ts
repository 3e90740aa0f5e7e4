/** No regular expression of the product takes more than linear time, unless what it is given is short: recheck says so. */
import { describe, expect, it } from 'vitest'
import { regexLiterals } from './literals.js'
import { knownVerdicts, verdictOf } from './verdicts.js'

const literals = regexLiterals()
const verdicts = knownVerdicts()

describe('regular expressions', () => {
  it('are all found', () => {
    expect(literals.size).toBeGreaterThan(800)
    expect(literals.has(String(/(?<![\w.:-])([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))).toBe(true)
  })

  const fresh = [...literals].filter(([key]) => verdicts[key] === undefined)
  it.each(fresh)('%s takes linear time', async (_, { source, flags, files }) => {
    expect(await verdictOf(source, flags), `in ${files.join(', ')}; see test/regexes/verdicts.ts`).toBe('safe')
  })

  it('that take more have a reason why that does no harm', () => {
    const bare = [...literals.keys()].filter(key =>
      /^(?:unknown|.* polynomial|exponential)[^:]*$/.test(verdicts[key] ?? ''),
    )
    expect(bare).toEqual([])
  })

  it('are asked about, not invented', async () => {
    expect(await verdictOf('^(a+)+$', '')).toBe('exponential')
    expect(await verdictOf('\\s+$', '')).toMatch(/polynomial/)
  })
})
