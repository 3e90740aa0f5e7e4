import { type Hash, hashNamed, sha256, sha256Of } from '../runtime.js'
import type { Consumer, Interest, Member, MemberHeader } from './archive.js'

/** Takes the content of one member and makes the member of it. */
export interface Content {
  write(chunk: Uint8Array): void
  end(intact: boolean): Member
}

/** A member without content, or one whose content was not read. */
export function unread(header: MemberHeader, intact: boolean): Member {
  return { ...header, actualSize: 0, sha256: '', digests: undefined, intact }
}

export function contentOf(header: MemberHeader, interest: Interest | undefined): Content {
  const consumer: Consumer | undefined = interest?.consumer
  let size = 0
  let hash: Hash | undefined
  let whole: string | undefined
  const others = new Map<string, Hash>()
  for (const name of interest?.digests ?? []) {
    const other = hashNamed(name)
    if (other) others.set(name, other)
  }
  return {
    write(chunk) {
      // Most members come in one piece, and hashing that at once is much faster.
      if (size === 0 && chunk.length === header.size) whole = sha256Of(chunk)
      else {
        hash ??= sha256()
        hash.update(chunk)
      }
      for (const other of others.values()) other.update(chunk)
      size += chunk.length
      consumer?.write(chunk)
    },
    end(intact) {
      consumer?.end?.(intact)
      return {
        ...header,
        actualSize: size,
        sha256: whole ?? (hash ?? sha256()).digest('base64url'),
        digests:
          others.size > 0 ? new Map([...others].map(([name, other]) => [name, other.digest('base64url')])) : undefined,
        intact,
      }
    },
  }
}
