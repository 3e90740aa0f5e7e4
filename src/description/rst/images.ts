import { markEscapes, normalizeName } from './characters.js'
import type { DirectiveBlock, Shape } from './directive-block.js'
import {
  anything,
  classes,
  length,
  lengthOrPercentage,
  type OptionSpec,
  oneOf,
  percentage,
  something,
} from './options.js'
import { parsePlace } from './place.js'
import { note, type Reader } from './reader.js'
import { addTarget } from './references.js'
import { node } from './tree.js'
import { unsure } from './unsure.js'

// Images and figures.

const OPTIONS: OptionSpec = {
  alt: anything,
  height: length,
  width: lengthOrPercentage,
  scale: percentage,
  target: something,
  loading: oneOf('link', 'lazy'),
  class: classes,
}
const HORIZONTAL = oneOf('left', 'center', 'right')

export const IMAGE_SHAPE: Shape = {
  args: [1, 1],
  isTextual: true,
  options: { ...OPTIONS, align: HORIZONTAL, name: something },
}

/** In a line of text, which has no place for a name. */
export const SUBSTITUTED_IMAGE_SHAPE: Shape = {
  args: [1, 1],
  isTextual: true,
  options: { ...OPTIONS, align: oneOf('top', 'middle', 'bottom') },
}

export const FIGURE_SHAPE: Shape = {
  args: [1, 1],
  isTextual: true,
  options: {
    ...OPTIONS,
    align: HORIZONTAL,
    name: something,
    figwidth: value => value?.toLowerCase() === 'image' || lengthOrPercentage(value),
    figclass: classes,
    figname: something,
  },
  hasContent: true,
}

/** Python guesses the type of an image from its address, and fails on some that are none. */
const ADDRESS = /^[!-Z\\^-~\s]*$/

export function image(reader: Reader, block: DirectiveBlock): void {
  checkImage(reader, block)
  reader.node.children.push(node('image'))
}

function checkImage(reader: Reader, { args, options }: DirectiveBlock): void {
  if (!ADDRESS.test(args[0]!)) unsure('address of an image')
  const target = options.get('target')
  if (target === undefined) return
  const place = parsePlace(markEscapes(target).split('\n'))
  if ('refname' in place) reader.references.wanted.add(place.refname)
}

/** An image with a caption, which is one paragraph or left out by an empty comment, and a legend. */
export function figure(reader: Reader, block: DirectiveBlock): void {
  const { references } = reader
  const { options, content } = block
  checkImage(reader, block)
  const name = options.get('figname')
  if (name !== undefined && addTarget(references, normalizeName(name), { isExplicit: true })) note(reader)
  const children = content.length === 0 ? [] : reader.nest(reader, content)
  const caption = children.find(({ kind }) => kind !== 'target' && kind !== 'pending' && kind !== 'class')
  if (content.length > 0 && caption?.kind !== 'paragraph' && caption?.kind !== 'empty_comment') unsure('caption')
  reader.node.children.push(node('image', children))
}
