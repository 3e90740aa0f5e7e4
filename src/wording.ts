// How texts of distaudit say things: one voice for messages, reports and notes.

/** Text from a file inside a message: in quotes, and cut to 200 characters. Escaping is the reports' business. */
export function quote(text: string): string {
  const points = [...text.slice(0, 800)]
  return points.length > 200 || text.length > 800 ? `'${points.slice(0, 200).join('')}…'` : `'${text}'`
}

/** `a`, `a and b`, `a, b and c`. */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** `a, b and c`, and of many the first: `a, b, c, d, e and 3 more`. */
export function some(items: Iterable<string>, most = 5): string {
  const all = [...items]
  return all.length > most ? `${all.slice(0, most).join(', ')}${andMore(all.length - most)}` : list(all)
}

/** The same for texts from a file. */
export const someQuoted = (texts: Iterable<string>, most?: number): string => some([...texts].map(quote), most)

/** ` and 3 more`, ` and 1 more file`; nothing where there are no more. */
export const andMore = (rest: number, noun?: string): string =>
  rest < 1 ? '' : ` and ${noun === undefined ? `${thousands(rest)} more` : plural(rest, `more ${noun}`)}`

/** ` (and 3 more)`, ` (and 1 more file)`; nothing where there are no more. */
export const asideMore = (rest: number, noun?: string): string =>
  rest < 1 ? '' : ` (${andMore(rest, noun).trimStart()})`

/** Ends a text with a full stop, once. */
export const sentence = (text: string): string =>
  /[.!?…]$/.test(text.trimEnd()) ? text.trimEnd() : `${text.trimEnd()}.`

/** `1 file`, `1,234 files`. */
export const plural = (count: number, noun: string, many = `${noun}s`): string =>
  `${thousands(count)} ${count === 1 ? noun : many}`

export const thousands = (count: number): string => String(count).replace(/\B(?=(?:[0-9]{3})+$)/g, ',')

/** Decimal units, as indexes show them: `12.4 kB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toFixed(1)} ${units[unit]}`
}

/** Order of code units: the same on every machine and in every locale. */
export const compareCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** What the system says where it cannot open or write a file, as the end of a sentence. */
const SYSTEM: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'the system does not permit it'],
  ['EISDIR', 'it is a directory'],
  ['ENOTDIR', 'a part of its path is not a directory'],
  ['ELOOP', 'its links lead in a circle'],
  ['ENAMETOOLONG', 'its name is too long'],
  ['EMFILE', 'too many files are open'],
  ['ENFILE', 'too many files are open'],
  ['ENOSPC', 'no space is left on the device'],
  ['EROFS', 'the file system is read-only'],
  ['EBUSY', 'another program uses it'],
  ['ETXTBSY', 'another program uses it'],
  ['EIO', 'the device cannot be read or written'],
])

/** Why something failed, as the end of a sentence: an error of the system in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === 'ENOENT' && 'path' in error && typeof error.path === 'string' && isUnspeakable(error.path))
    return NOT_UTF8
  return SYSTEM.get(code) ?? error.message
}

/** Node has put this character in the place of bytes that it cannot tell: the file may well be there. */
export const isUnspeakable = (path: string): boolean => path.includes('\ufffd')

export const NOT_UTF8 = 'its name is not UTF-8, and Node opens no such file'
