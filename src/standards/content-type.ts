/** Description-Content-Type, as packaging 26.4 reads it with Python's MIME header parser. */

const TYPES = new Set(['text/plain', 'text/x-rst', 'text/markdown'])
const TOKEN = /[^\s()<>@,;:\\"/[\]?=]+/y
const ATTRIBUTE = /[^\s()<>@,;:\\"/[\]?=*'%]+/y
const QUOTED = /"((?:[^"\\]|\\.)*)"/y

export interface ContentType {
  /** Lower case, `text/markdown`. */
  readonly type: string
  /** Lower-case names. */
  readonly parameters: ReadonlyMap<string, string>
}

/** The parsed value, or what is wrong with its form. */
export function parseContentType(text: string): ContentType | { readonly problem: string } {
  let at = 0
  const blanks = () => {
    while (at < text.length && /\s/.test(text.charAt(at))) at++
    return at
  }
  const take = (pattern: RegExp) => {
    pattern.lastIndex = blanks()
    const match = pattern.exec(text)
    if (match) at = pattern.lastIndex
    blanks()
    return match ? (match[1] ?? match[0]) : undefined
  }
  const main = take(TOKEN)
  if (main === undefined || text[at] !== '/') return { problem: 'it is not of the form type/subtype' }
  at++
  const sub = take(TOKEN)
  if (sub === undefined) return { problem: 'it is not of the form type/subtype' }
  const parameters = new Map<string, string>()
  while (blanks() < text.length) {
    if (text[at] !== ';') return { problem: `';' is missing before ${JSON.stringify(text.slice(at, at + 40))}` }
    at++
    if (blanks() === text.length) break
    if (text[at] === ';') return { problem: 'a parameter between two semicolons is empty' }
    const name = take(ATTRIBUTE)?.toLowerCase()
    if (name === undefined || text[at] !== '=') return { problem: 'a parameter is not of the form name=value' }
    at++
    blanks()
    const value = text[at] === '"' ? take(QUOTED)?.replace(/\\(.)/g, '$1') : take(ATTRIBUTE)
    if (value === undefined) return { problem: `the parameter ${name} does not have a value` }
    if (parameters.has(name)) return { problem: `the parameter ${name} appears twice` }
    parameters.set(name, value)
  }
  return { type: `${main}/${sub}`.toLowerCase(), parameters }
}

export interface ContentTypeVerdict {
  readonly problem: string
  /** The part of the value that is meant; undefined where it is all of it. */
  readonly part?: string | undefined
  /** True where only packaging 26.2, which PyPI pins, refuses the value. */
  readonly onlyIndex: boolean
}

/** Why the value is refused as Description-Content-Type, or undefined. */
export function contentTypeProblem(text: string): ContentTypeVerdict | undefined {
  const parsed = parseContentType(text)
  if ('problem' in parsed) return { problem: parsed.problem, onlyIndex: false }
  const { type, parameters } = parsed
  if (!TYPES.has(type))
    return {
      problem: `the type '${type}' is not text/plain, text/x-rst or text/markdown`,
      part: text.split(';', 1)[0]?.trim(),
      onlyIndex: false,
    }
  const charset = parameters.get('charset')
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8')
    return { problem: `the charset is '${charset}', not UTF-8`, part: charset, onlyIndex: false }
  const variant = parameters.get('variant')
  if (type === 'text/markdown' && variant !== undefined && variant !== 'GFM' && variant !== 'CommonMark')
    return { problem: `the variant is '${variant}', not GFM or CommonMark`, part: variant, onlyIndex: false }
  if (charset !== undefined && charset !== 'UTF-8')
    return {
      problem: `the charset is '${charset}', but PyPI accepts only the spelling UTF-8`,
      part: charset,
      onlyIndex: true,
    }
  return undefined
}

/** What people write for the three types. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['markdown', 'text/markdown'],
  ['md', 'text/markdown'],
  ['text/md', 'text/markdown'],
  ['text/x-markdown', 'text/markdown'],
  ['text/x-md', 'text/markdown'],
  ['text/gfm', 'text/markdown'],
  ['application/markdown', 'text/markdown'],
  ['text/x-web-markdown', 'text/markdown'],
  ['rst', 'text/x-rst'],
  ['x-rst', 'text/x-rst'],
  ['text/rst', 'text/x-rst'],
  ['text/restructuredtext', 'text/x-rst'],
  ['text/x-restructuredtext', 'text/x-rst'],
  ['text/prs.fallenstein.rst', 'text/x-rst'],
  ['restructuredtext', 'text/x-rst'],
  ['plain', 'text/plain'],
  ['text', 'text/plain'],
  ['txt', 'text/plain'],
  ['text/txt', 'text/plain'],
])

/** By the ends that build backends know. */
const OF_FILE: readonly (readonly [RegExp, string])[] = [
  [/\.(?:md|markdown)$/i, 'text/markdown'],
  [/\.rst$/i, 'text/x-rst'],
  [/\.txt$/i, 'text/plain'],
]

/** The content type of a README by its name; undefined where that does not tell. */
export const contentTypeOfFile = (name: string): string | undefined =>
  OF_FILE.find(([pattern]) => pattern.test(name))?.[1]

/** The content type that a refused one means, or, of a type that no description can have, the one of the file. */
export function meantContentType(text: string, file?: string): string | undefined {
  const verdict = contentTypeProblem(text)
  if (!verdict || text.length > 200) return undefined
  const ofFile = file === undefined ? undefined : contentTypeOfFile(file)
  const parsed = parseContentType(text)
  const [type, parameters] =
    'problem' in parsed ? [text.trim().toLowerCase(), new Map<string, string>()] : [parsed.type, parsed.parameters]
  const meant = TYPES.has(type) ? type : (MEANT.get(type) ?? ofFile)
  if (meant === undefined || (ofFile !== undefined && meant !== ofFile && !TYPES.has(type))) return undefined
  const variant = parameters.get('variant')?.toLowerCase()
  const kept = [
    ...(/^utf-?8$/i.test(parameters.get('charset') ?? '') ? ['charset=UTF-8'] : []),
    ...(meant !== 'text/markdown' ? [] : variant === 'gfm' ? ['variant=GFM'] : []),
    ...(meant === 'text/markdown' && variant === 'commonmark' ? ['variant=CommonMark'] : []),
  ]
  const result = [meant, ...kept].join('; ')
  return contentTypeProblem(result) === undefined ? result : undefined
}
