import { once } from '../../once.js'
import { SIMPLE_NAME } from './characters.js'
import { type DirectiveBlock, readDirectiveBlock } from './directive-block.js'
import { anything, classes, isClass, type OptionSpec } from './options.js'
import type { Reader } from './reader.js'
import { findRole, type Role } from './roles.js'
import { unsure } from './unsure.js'

const ARGUMENTS = once(() => new RegExp(`^(${SIMPLE_NAME})\\s*(?:\\(\\s*(${SIMPLE_NAME})\\s*\\)\\s*)?$`, 'u'))

/** Options that a role of this base takes. */
function optionsOf({ base }: Role): OptionSpec {
  if (base === 'raw') return { class: classes, format: anything }
  if (base === 'code') return { class: classes, language: anything }
  return { class: classes }
}

/** `.. role:: name(base)`: the text's own role. */
export function roleDirective(reader: Reader, { content }: DirectiveBlock): void {
  const [, name, baseName] = ARGUMENTS().exec(content[0] ?? '') ?? unsure('role')
  if (name === undefined || !isClass(name)) unsure('role')
  const base: Role = baseName === undefined ? { base: 'inline' } : findRole(reader.roles, baseName)
  if (base.language !== undefined) unsure('role of a role')
  const { options } = readDirectiveBlock(content.slice(1), { options: optionsOf(base) })
  const language = options.get('language')
  reader.roles.set(name.toLowerCase(), language === undefined ? base : { ...base, language })
}
