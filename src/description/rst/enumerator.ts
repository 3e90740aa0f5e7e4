import { ENUMERATED } from './classify.js'
import { unsure } from './unsure.js'

// The marks of enumerated lists: `1.`, `a)`, `(iv)`, `#.`.

export type Sequence = 'arabic' | 'loweralpha' | 'upperalpha' | 'lowerroman' | 'upperroman'

export interface Enumerator {
  readonly format: 'parens' | 'rparen' | 'period'
  readonly sequence: Sequence | '#'
  /** Undefined for what is not a Roman number. */
  readonly ordinal: number | undefined
  /** Length with the spaces after it. */
  readonly length: number
}

const SEQUENCES: readonly (readonly [Sequence, RegExp])[] = [
  ['arabic', /^[0-9]+$/],
  ['loweralpha', /^[a-z]$/],
  ['upperalpha', /^[A-Z]$/],
  ['lowerroman', /^[ivxlcdm]+$/],
  ['upperroman', /^[IVXLCDM]+$/],
]

/** @param expected the sequence of the list so far, which decides what `i` is */
export function readEnumerator(line: string, expected?: Sequence): Enumerator | undefined {
  const match = ENUMERATED.exec(line)
  if (!match) return undefined
  const [whole, parens, rparen, period] = match
  const text = parens ?? rparen ?? period ?? ''
  const format = parens !== undefined ? 'parens' : rparen !== undefined ? 'rparen' : 'period'
  const sequence = text === '#' ? '#' : sequenceOf(text, expected)
  return { format, sequence, ordinal: ordinalOf(text, sequence), length: whole.length }
}

function sequenceOf(text: string, expected: Sequence | undefined): Sequence {
  const isExpected = SEQUENCES.find(([name]) => name === expected)?.[1].test(text)
  if (expected && isExpected) return expected
  if (!expected && text === 'i') return 'lowerroman'
  if (!expected && text === 'I') return 'upperroman'
  return SEQUENCES.find(([, pattern]) => pattern.test(text))?.[0] ?? unsure('enumerator')
}

function ordinalOf(text: string, sequence: Sequence | '#'): number | undefined {
  switch (sequence) {
    case '#':
      return 1
    case 'arabic':
      return text.length > 9 ? unsure('long number') : Number(text)
    case 'loweralpha':
      return text.charCodeAt(0) - 0x60
    case 'upperalpha':
      return text.charCodeAt(0) - 0x40
    default:
      return fromRoman(text.toUpperCase())
  }
}

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]
const WELL_FORMED = /^M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/

function fromRoman(text: string): number | undefined {
  if (!WELL_FORMED.test(text)) return undefined
  let rest = text
  let value = 0
  for (const [worth, letters] of ROMAN)
    while (rest.startsWith(letters)) {
      value += worth
      rest = rest.slice(letters.length)
    }
  return value
}

function toRoman(value: number): string {
  let rest = value
  let text = ''
  for (const [worth, letters] of ROMAN)
    while (rest >= worth) {
      rest -= worth
      text += letters
    }
  return text
}

const MARKS = { parens: ['(', ')'], rparen: ['', ')'], period: ['', '.'] } as const

/** Whether a line continues the list after this item: one that is neither blank nor indented must, or there is no list. */
export function isFollowedBy({ format, sequence, ordinal }: Enumerator, line: string | undefined): boolean {
  if (ordinal === undefined) return false
  if (line === undefined || line === '' || line[0] === ' ') return true
  const next = markAfter(sequence, ordinal + 1)
  const [before, after] = MARKS[format]
  return next !== undefined && [next, '#'].some(mark => line.startsWith(`${before}${mark}${after} `))
}

function markAfter(sequence: Sequence | '#', ordinal: number): string | undefined {
  if (sequence === '#') return '#'
  if (sequence === 'arabic') return String(ordinal)
  if (sequence.endsWith('alpha')) {
    if (ordinal > 26) return undefined
    return String.fromCharCode(ordinal + (sequence === 'loweralpha' ? 0x60 : 0x40))
  }
  if (ordinal > 4999) unsure('long number')
  const roman = toRoman(ordinal)
  return sequence === 'lowerroman' ? roman.toLowerCase() : roman
}
