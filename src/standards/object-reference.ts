/** `module.path:object.attribute [extra]`; identifiers as in Python. */
const PART = '[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*'
const DOTTED = `${PART}(?:\\.${PART})*`
const REFERENCE = new RegExp(`^${DOTTED}(?:\\s*:\\s*${DOTTED})?\\s*(?:\\[[^\\]]*\\]\\s*)?$`, 'u')

/** Nobody writes longer ones. */
const LONGEST = 1000

/** Does a text have the form `module:object [extras]`, the object and the extras being optional? */
export function isObjectReference(text: string): boolean {
  return text.length <= LONGEST && REFERENCE.test(text.trim())
}

/** Can a command call what the text names? */
export const isCallableReference = (text: string): boolean => isObjectReference(text) && text.includes(':')
