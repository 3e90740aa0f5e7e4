import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import { readDistribution } from '../../src/distribution/read.js'
import { bytesSource } from '../../src/source/source.js'

/** A file of the reference folder next to the checkout, or of the corpus; undefined where it is missing. */
function reference(path: string): string | undefined {
  const places = [
    new URL(`../../../shared/${path}`, import.meta.url),
    new URL(`../../../corpus/train/${path}`, import.meta.url),
  ]
  // More wheels of PyPI than the corpus has: a folder that `pip download --no-deps` filled.
  const more = process.env.DISTAUDIT_WHEELS
  return [...places.map(place => fileURLToPath(place)), ...(more ? [`${more}/${path}`] : [])].find(place =>
    existsSync(place),
  )
}

/** The facts of a wheel with its binaries. */
export async function nativeWheel(filename: string, bytes: Uint8Array): Promise<Wheel> {
  const read = await readDistribution(
    { path: filename, filename, source: bytesSource(bytes) },
    { limits: { ...DEFAULT_LIMITS, seconds: 600 }, needs: new Set(['native']), now: () => performance.now() },
  )
  if (read.kind !== 'wheel') throw new Error(`${filename} is no wheel`)
  return read
}

/** The same for a file of the corpus; undefined where it is missing. */
export async function corpusWheel(filename: string): Promise<Wheel | undefined> {
  const path = reference(filename)
  return path === undefined ? undefined : nativeWheel(filename, new Uint8Array(readFileSync(path)))
}
