import { readdir, stat } from 'node:fs/promises'
import { sep } from 'node:path'
import { isUnspeakable } from '../wording.js'
import { searchFolder } from './search.js'

/** Has a path what a shell would have expanded? */
export const isPattern = (path: string): boolean => /[*?[]/.test(path)

/**
 * The paths that a pattern means, as a shell expands it: `*`, `?` and `[…]` in one part of a path, `**` for any number of parts;
 * a leading dot only where it is written. Sorted, without repeats.
 */
export async function expandPattern(pattern: string): Promise<readonly string[]> {
  const parts = (sep === '\\' ? pattern.replaceAll('\\', '/') : pattern)
    .split('/')
    .filter((part, i) => i === 0 || part !== '')
  let found: readonly string[] = parts[0] === '' ? ['/'] : ['']
  for (const [i, part] of parts.entries()) {
    if (part === '') continue
    const isLast = i === parts.length - 1
    const next = await Promise.all(found.map(folder => step(folder, part, isLast)))
    found = [...new Set(next.flat())]
  }
  const existing = await Promise.all(
    found.map(path =>
      stat(path)
        .then(() => [path])
        // To open it says why that fails.
        .catch(() => (isUnspeakable(path) ? [path] : [])),
    ),
  )
  return existing.flat().sort()
}

async function step(folder: string, part: string, isLast: boolean): Promise<readonly string[]> {
  if (part === '**') return isLast ? [folder === '' ? '.' : folder] : foldersIn(folder)
  if (!isPattern(part)) return [under(folder, part)]
  const entries = await readdir(folder === '' ? '.' : folder, { withFileTypes: true }).catch(() => [])
  const matches = matcher(part)
  return entries
    .filter(entry => (isLast || !entry.isFile()) && (part.startsWith('.') || !entry.name.startsWith('.')))
    .filter(entry => matches(entry.name))
    .map(entry => under(folder, entry.name))
}

const under = (folder: string, name: string): string =>
  folder === '' || folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`

async function foldersIn(folder: string): Promise<readonly string[]> {
  const start = folder === '' ? '.' : folder
  const { folders } = await searchFolder(start, () => true).catch(() => ({ folders: [] }))
  return folders.map(({ path, depth }) => (depth === 0 ? folder : sep === '\\' ? path.replaceAll('\\', '/') : path))
}

/** Does a character of a name fit? `undefined` stands for `*`. */
type Token = ((char: string) => boolean) | undefined

/** Compares in at most as many steps as the name and the pattern have characters, multiplied. */
function matcher(pattern: string): (name: string) => boolean {
  const fold = sep === '\\' ? (text: string) => text.toLowerCase() : (text: string) => text
  const tokens = tokensOf([...fold(pattern)])
  return text => {
    const name = [...fold(text)]
    let at = 0
    let token = 0
    let star = -1
    let retry = 0
    while (at < name.length) {
      if (token < tokens.length && tokens[token] === undefined) {
        star = token++
        retry = at
      } else if (tokens[token]?.(name[at]!)) {
        at++
        token++
      } else if (star >= 0) {
        token = star + 1
        at = ++retry
      } else return false
    }
    while (token < tokens.length && tokens[token] === undefined) token++
    return token === tokens.length
  }
}

function tokensOf(chars: readonly string[]): readonly Token[] {
  const tokens: Token[] = []
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!
    // A bracket that is first in its set belongs to it.
    const first = chars[i + 1] === '!' || chars[i + 1] === '^' ? i + 2 : i + 1
    const end = char === '[' ? chars.indexOf(']', first + 1) : -1
    if (end > 0) {
      tokens.push(setOf(chars.slice(first, end), first === i + 2))
      i = end
    } else tokens.push(char === '*' ? undefined : char === '?' ? () => true : one => one === char)
  }
  return tokens
}

/** `[abc]`, `[a-z]`, `[!a]` */
function setOf(chars: readonly string[], isNot: boolean): (char: string) => boolean {
  const ranges: (readonly [string, string])[] = []
  for (let i = 0; i < chars.length; i++) {
    const isRange = chars[i + 1] === '-' && i + 2 < chars.length
    ranges.push([chars[i]!, isRange ? chars[i + 2]! : chars[i]!])
    if (isRange) i += 2
  }
  return char => ranges.some(([from, to]) => from <= char && char <= to) !== isNot
}
