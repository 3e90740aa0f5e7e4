import { describe, expect, it } from 'vitest'
import { GROWING, growthFault } from '../support/growth.js'

/** One of each kind that was quadratic once; `npm run hostile` has all. */
const SOME = [
  'a run of "!" in Summary',
  'a run of "a" in a CycloneDX document in XML',
  'a run of "0." in a CycloneDX document',
  'a run of "#" in variant.json',
  'a run of "\\t" in an entry point in pyproject.toml',
  '"[" in one another in pyproject.toml',
  'many backend paths',
  'many commands without modules',
  'many folders in one another',
  'many names of models',
]

describe('the time for a file grows no faster than the file', () => {
  it('of many kinds', () => {
    expect(GROWING.length).toBeGreaterThan(2000)
    expect(GROWING.filter(({ name }) => SOME.includes(name))).toHaveLength(SOME.length)
  })

  it.each(GROWING.filter(({ name }) => SOME.includes(name)))('$name', async one => {
    expect(await growthFault(one)).toBeUndefined()
  })

  it('is seen when it does', async () => {
    let units = 0
    const quadratic = {
      name: 'a test',
      most: 4000,
      make: async (size: number) => ({ filename: `${size}`, bytes: new Uint8Array(), entries: [] }),
    }
    const cost = async ({ filename }: { readonly filename: string }) => {
      units++
      return Number(filename) ** 2 / 1000
    }
    expect(await growthFault(quadratic, cost)).toBe('a test: 1000, 4000, 16000 ms for 1000, 2000, 4000')
    expect(units).toBeGreaterThan(3)
    expect(await growthFault(quadratic, async ({ filename }) => Number(filename))).toBeUndefined()
  })
})
