import { FIELD } from './classify.js'
import { withoutTop } from './lines.js'
import { type OptionSpec, type Options, readOptions } from './options.js'
import { unsure } from './unsure.js'

/** What a kind of directive may have. */
export interface Shape {
  /** Least and greatest number of arguments, which spaces divide. */
  readonly args?: readonly [required: number, allowed: number]
  /** The last argument may have spaces in it. */
  readonly isTextual?: boolean
  readonly options?: OptionSpec
  readonly hasContent?: boolean
}

export interface DirectiveBlock {
  readonly args: readonly string[]
  readonly options: Options
  readonly content: readonly string[]
}

/** Divides the lines of a directive, of which the first follows its name, into arguments, options and content. */
export function readDirectiveBlock(lines: readonly string[], shape: Shape): DirectiveBlock {
  const { args: [required, allowed] = [0, 0], options: spec, hasContent = false, isTextual = false } = shape
  const all = lines[0] === '' ? lines.slice(1) : lines
  const block = all.slice(0, all.findLastIndex(line => line.trim() !== '') + 1)
  const takesBlock = allowed > 0 || spec !== undefined
  const blank = block.findIndex(line => line.trim() === '')
  const end = blank < 0 ? block.length : blank
  let head = takesBlock ? block.slice(0, end) : []
  let content: readonly string[] = takesBlock ? block.slice(end + 1) : block
  let options: Options = new Map()
  if (spec) {
    const first = head.findIndex(line => FIELD.test(line))
    if (first >= 0) {
      options = readOptions(head.slice(first), spec)
      head = head.slice(0, first)
    }
  }
  if (head.length > 0 && allowed === 0) {
    content = [...head, ...block.slice(end)]
    head = []
  }
  content = withoutTop(content)
  if (content.length > 0 && !hasContent) unsure('directive without content')
  return { args: readArguments(head.join('\n'), required, allowed, isTextual), options, content }
}

function readArguments(text: string, required: number, allowed: number, isTextual: boolean): readonly string[] {
  const words = text.trim() === '' ? [] : text.trim().split(/\s+/)
  if (words.length < required) unsure('missing argument')
  if (words.length <= allowed) return words
  if (!isTextual || allowed !== 1) unsure('too many arguments')
  return [text.trim()]
}
