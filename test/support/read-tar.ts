import { createHash } from 'node:crypto'
import type { Archive, Interest, MemberHeader } from '../../src/archive/archive.js'
import { DEFAULT_LIMITS, type Limits } from '../../src/archive/limits.js'
import { readTar } from '../../src/archive/tar.js'
import { bytesSource } from '../../src/source/source.js'

/** Reads bytes as a tar, with a clock that stands still. */
export function readBytes(
  bytes: Uint8Array,
  limits: Partial<Limits> = {},
  interest: (header: MemberHeader) => Interest | undefined = () => undefined,
): Promise<Archive> {
  return readTar(bytesSource(bytes), { limits: { ...DEFAULT_LIMITS, ...limits }, interest, now: () => 0 })
}

/** Kinds of the problems, in the order they were found. */
export async function kindsOf(bytes: Uint8Array, limits?: Partial<Limits>): Promise<readonly string[]> {
  return (await readBytes(bytes, limits)).problems.map(problem => problem.kind)
}

export function digest(data: Uint8Array | string, algorithm = 'sha256'): string {
  return createHash(algorithm).update(data).digest('base64url')
}
