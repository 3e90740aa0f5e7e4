import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tarCase } from '../differential/tar-cases.js'
import { type Answers, differences, ours } from '../differential/tar-compare.js'

// A sample of `npm run differential -- tar`: what tarfile of two Pythons, pip, PyPI's checks and uv's unpacking said of made
// tars is recorded (`record=fixtures/differential/tar.jsonl --cases 250 --seed 1`), and what we say must agree with it.

const SEED = 1
const recorded = readFileSync('fixtures/differential/tar.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map(line => JSON.parse(line) as Answers)

describe('made tars are read as real readers read them', () => {
  it.each(Array.from({ length: 5 }, (_, i) => i))('part %i', async part => {
    for (let index = part; index < recorded.length; index += 5) {
      const made = tarCase(SEED, index)
      const { told, members } = await ours(made)
      expect(differences(told, members, recorded[index]!), `case ${index}: ${made.told.join(' + ')}`).toEqual([])
    }
  })

  it('of every kind', () => {
    const refused = (who: (answers: Answers) => object | undefined) =>
      recorded.filter(answers => 'error' in (who(answers) ?? {})).length
    expect(refused(({ uv }) => uv)).toBeGreaterThan(50)
    expect(refused(({ newer }) => newer.pip)).toBeGreaterThan(10)
    expect(recorded.length).toBeGreaterThan(200)
  })
})
