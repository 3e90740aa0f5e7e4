import { type Hash, hashNamed, sha256, sha256Of } from '../runtime.js'
import type { Consumer, Interest, Member, MemberHeader } from './archive.js'
import { toMember } from './to-member.js'

/** Takes the content of one member and makes the member of it. */
export interface Content {
  write(chunk: Uint8Array): void
  end(intact: boolean): Member
}

/** A member without content, or one whose content was not read. */
export function unread(header: MemberHeader, intact: boolean): Member {
  return toMember(header, 0, '', undefined, intact)
}

const EMPTY = sha256Of(new Uint8Array(0))

export function contentOf(header: MemberHeader, interest: Interest | undefined): Content {
  const consumer: Consumer | undefined = interest?.consumer
  let size = 0
  let hash: Hash | undefined
  let whole: string | undefined
  const others = hashesOf(interest?.digests)
  return {
    write(chunk) {
      // Most members come in one piece, and hashing that at once is much faster.
      if (size === 0 && chunk.length === header.size) whole = sha256Of(chunk)
      else {
        hash ??= sha256()
        hash.update(chunk)
      }
      if (others) for (const other of others.values()) other.update(chunk)
      size += chunk.length
      consumer?.write(chunk)
    },
    end(intact) {
      consumer?.end?.(intact)
      const digests = others && new Map([...others].map(([name, other]) => [name, other.digest('base64url')]))
      return toMember(header, size, whole ?? (hash ? hash.digest('base64url') : EMPTY), digests, intact)
    },
  }
}

function hashesOf(names: readonly string[] | undefined): ReadonlyMap<string, Hash> | undefined {
  if (names === undefined) return undefined
  const hashes = new Map<string, Hash>()
  for (const name of names) {
    const hash = hashNamed(name)
    if (hash) hashes.set(name, hash)
  }
  return hashes.size > 0 ? hashes : undefined
}
