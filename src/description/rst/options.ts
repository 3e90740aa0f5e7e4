import { FIELD } from './classify.js'
import { indentedLines } from './lines.js'
import { unsure } from './unsure.js'

// Options of directives: their names, and which values are surely taken (parsers/rst/directives/__init__.py).

/** Does the option take this value? Undefined when there is none. */
export type Check = (value: string | undefined) => boolean
export type OptionSpec = Readonly<Record<string, Check>>
export type Options = ReadonlyMap<string, string | undefined>

const matches =
  (pattern: RegExp): Check =>
  value =>
    value !== undefined && pattern.test(value)

export const oneOf =
  (...values: readonly string[]): Check =>
  value =>
    value !== undefined && values.includes(value.toLowerCase())

export const anything: Check = () => true
export const something: Check = value => value !== undefined
export const flag: Check = value => value === undefined
export const count = matches(/^[0-9]{1,6}$/)
export const positive = matches(/^[1-9][0-9]{0,5}$/)
export const percentage = matches(/^[0-9]{1,6}[ %]*$/)
export const length = matches(/^[0-9]{1,6}(?:\.[0-9]{1,6})? *(?:em|ex|ch|rem|vw|vh|vmin|vmax|cm|mm|Q|in|pt|pc|px)?$/)
export const lengthOrPercentage: Check = value => length(value) || matches(/^[0-9]{1,6}(?:\.[0-9]{1,6})? *%$/)(value)
export const classes: Check = value => value !== undefined && isClass(value)
/** A class has to make an identifier, and one that begins with `language-` asks for quotation marks that may be missing. */
export const isClass = (value: string) => value.split(/\s+/).every(name => /^(?!language)[a-z][\w:.+-]*$/i.test(name))

const NAME = /^[a-z][a-z-]*$/

/** Reads the field list of options; all of its lines have to belong to it. */
export function readOptions(lines: readonly string[], spec: OptionSpec): Options {
  const options = new Map<string, string | undefined>()
  for (let at = 0; at < lines.length; ) {
    const mark = FIELD.exec(lines[at]!)?.[0] ?? unsure('option block')
    const name = mark.slice(1, mark.lastIndexOf(':')).toLowerCase()
    const field = indentedLines(lines, at, { first: mark.length })
    const filled = field.lines.filter(line => line !== '')
    const value = filled.length === 0 ? undefined : filled.join('\n')
    const check = NAME.test(name) && Object.hasOwn(spec, name) ? spec[name]! : unsure(`option ${name}`)
    if (options.has(name)) unsure('duplicate option')
    if (!check(value)) unsure(`value of option ${name}`)
    options.set(name, value)
    at = field.next
  }
  return options
}
