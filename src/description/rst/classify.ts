// What a line that is not indented begins, in the order in which docutils asks.

export type Construct =
  | 'bullet'
  | 'enumerator'
  | 'field'
  | 'option'
  | 'doctest'
  | 'line block'
  | 'grid table'
  | 'simple table'
  | 'explicit'
  | 'anonymous'
  | 'line'
  | 'text'

const ENUMERATOR = '(?:[0-9]+|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+|#)'
const OPTION_ARGUMENT = '(?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>)'
const OPTION = `(?:[-+][a-zA-Z0-9](?: ?${OPTION_ARGUMENT})?|(?:--|/)[a-zA-Z0-9][a-zA-Z0-9_-]*(?:[ =]${OPTION_ARGUMENT})?)`

export const BULLET = /^[-+*\u2022\u2023\u2043](?: +|$)/
export const ENUMERATED = new RegExp(`^(?:\\((${ENUMERATOR})\\)|(${ENUMERATOR})\\)|(${ENUMERATOR})\\.)(?: +|$)`)
export const FIELD = /^:(?![: ])(?:[^:\\]|\\.|:(?![ `]|$))*(?<! ):(?: +|$)/u
export const OPTIONS = new RegExp(`^${OPTION}(?:, ${OPTION})*(?: {2,}| ?$)`)
export const LINE_BLOCK = /^\|( +|$)/
export const GRID = /^\+-[-+]+-\+ *$/
export const LINE = /^([!-/:-@[-`{-~])\1* *$/

const PATTERNS: readonly (readonly [Construct, RegExp])[] = [
  ['bullet', BULLET],
  ['enumerator', ENUMERATED],
  ['field', FIELD],
  ['option', OPTIONS],
  ['doctest', /^>>>(?: |$)/],
  ['line block', LINE_BLOCK],
  ['grid table', GRID],
  ['simple table', /^=+(?: +=+)+ *$/],
  ['explicit', /^\.\.(?: |$)/],
  ['anonymous', /^__(?: |$)/],
  ['line', LINE],
]

const WORD = /^[a-zA-Z0-9]/
const PUNCTUATION = /^[!-/:-@[-`{-~\u2022\u2023\u2043]/

export function classify(line: string): Construct {
  if (WORD.test(line)) return ENUMERATED.test(line) ? 'enumerator' : 'text'
  if (!PUNCTUATION.test(line)) return 'text'
  return PATTERNS.find(([, pattern]) => pattern.test(line))?.[0] ?? 'text'
}
