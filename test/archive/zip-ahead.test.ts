import { expect, it } from 'vitest'
import type { Whole } from '../../src/archive/inflater.js'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { inflateAhead } from '../../src/archive/zip-ahead.js'
import { type Entry, zipState } from '../../src/archive/zip-state.js'
import { windowOver } from '../../src/source/window.js'

const MiB = 1024 * 1024

const entryOf = (index: number, size: number, compressedSize: number): Entry => ({
  name: undefined,
  path: `demo/${index}.bin`,
  stored: undefined,
  alias: undefined,
  flags: 0,
  method: 8,
  time: 0,
  crc: 0,
  compressedSize,
  size,
  mode: 0,
  at: 0,
  offset: index * 100 * MiB,
  dataStart: index * 100 * MiB,
  barred: false,
  cut: false,
  member: undefined,
  hidden: false,
})

it.each([
  ['sizes', 20 * MiB, MiB],
  ['packed sizes, where those of the records are lower', MiB, 20 * MiB],
])('asks for few members at a time, by their %s', async (_, size, compressedSize) => {
  const asked: number[] = []
  const source = {
    size: 10_000 * MiB,
    read: async (offset: number) => {
      asked.push(offset)
      return new Uint8Array(0)
    },
    close: async () => {},
  }
  const entries = Array.from({ length: 10 }, (_, index) => entryOf(index, size, compressedSize))
  const state = zipState(windowOver(source), { limits: DEFAULT_LIMITS, now: () => 0, interest: () => undefined })
  const nothing: Whole = { output: new Uint8Array(0), sha256: '', lasting: true }
  const ahead = inflateAhead(state, source, entries, { room: 40 * MiB, inflate: async () => nothing })!
  const counts = [asked.length]
  for (const entry of ahead.order) {
    expect(await ahead.take(entry)).toBe(nothing)
    counts.push(asked.length)
  }
  // The member whose turn it is, and one that waits.
  expect(counts).toEqual([2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10])
})
