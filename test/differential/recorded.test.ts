import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compare as compareEntryPoints, type PythonEntryPoints, type UvEntryPoints } from './entry-points-compare.js'
import { compare as compareMetadata, type PythonMetadata, type UvMetadata } from './metadata-compare.js'

/** What `npm run differential -- TARGET --cases 300 record=FILE` wrote: the text, the answers of pip and others, that of uv. */
const recorded = <Python, Uv>(name: string) =>
  readFileSync(new URL(`recorded/${name}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as [text: string, python: Python, uv: Uv])

describe('what we say is what the readers did', () => {
  it('of entry_points.txt', () => {
    for (const [text, python, uv] of recorded<PythonEntryPoints, UvEntryPoints>('entry-points')) {
      const bytes = Buffer.from(text, 'base64')
      expect(compareEntryPoints(bytes, python, uv), bytes.toString()).toEqual([])
    }
  })

  it('of METADATA', () => {
    for (const [text, python, uv] of recorded<PythonMetadata, UvMetadata>('metadata')) {
      const bytes = Buffer.from(text, 'base64')
      expect(compareMetadata(bytes, python, uv), bytes.toString()).toEqual([])
    }
  })
})
