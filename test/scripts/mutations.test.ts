import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { MUTATIONS } from '../../scripts/mutations.js'

it.each(MUTATIONS.map(one => [one.name, one] as const))(
  '`npm run mutate` finds where to break: %s',
  (_, { file, from, to }) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    expect(source.split(from)).toHaveLength(2)
    expect(to).not.toBe(from)
  },
)
