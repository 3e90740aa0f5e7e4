import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import { zipCase } from '../differential/zip-cases.js'
import { answersOf, auditZip, compareZip } from '../differential/zip-compare.js'

// What zipfile, pip, PyPI's checks and uv said of made wheels, recorded: `npm run differential -- zip record=FILE` asks them.

const recorded = JSON.parse(readFileSync(new URL('zip-readers.json', import.meta.url), 'utf8')) as {
  readonly seed: number
  readonly first: number
  readonly cases: readonly string[]
}

// Other versions of Node deflate the same text to other bytes, of which nothing is recorded.
it.skipIf(!process.version.startsWith('v20.'))(
  'says of made wheels who refuses them, and of no others that anybody does',
  async () => {
    const different: string[] = []
    for (const [index, verdict] of recorded.cases.entries()) {
      const { told, bytes } = zipCase(recorded.seed, recorded.first + index)
      expect(crc32(bytes).toString(16).padStart(8, '0'), 'the cases are no longer those that were recorded').toBe(
        verdict.slice(0, 8),
      )
      for (const text of compareZip(await auditZip(bytes), answersOf(verdict)))
        different.push(`case ${index}, ${told.join(' + ')}: ${text}`)
    }
    expect(different).toEqual([])
  },
)
