import type { Consumer, MemberHeader } from '../archive/archive.js'
import { conflictIn } from '../text/conflict.js'
import { decodeLatin1 } from '../text/utf8.js'
import { keeper } from './keep.js'

/** Larger ones are made by programs, which leave no merge unfinished. */
const LARGEST = 256 * 1024

/** Looks for the markers of a merge in data and settings, in formats in which no line begins with them. */
export const conflictScanner = {
  wants: ({ type, path, size }: MemberHeader) =>
    type === 'file' && size > 0 && size <= LARGEST && /(?:\.(?:json|toml|ya?ml|cfg|ini)|\/MANIFEST\.in)$/.test(path),

  consumer(member: string, found: (line: number) => void): Consumer {
    return keeper(member, LARGEST, ({ bytes }) => {
      const text = decodeLatin1(bytes)
      const line = conflictIn(text)
      if (line !== undefined && !(member.endsWith('.toml') && isInString(text, line))) found(line)
    })
  },
}

/** Do the quotes before a line of TOML leave a string of several lines open? */
const isInString = (text: string, line: number): boolean =>
  (text
    .split('\n', line - 1)
    .join('\n')
    .match(/"""|'''/g)?.length ?? 0) %
    2 ===
  1
