import { once } from '../once.js'

// To make a pattern with Unicode properties takes V8 half a millisecond, and each run of the command reads few texts.

export const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text)

/** Does a text fit? `plain` says of ASCII texts what `full` says of all. */
export function fits(plain: RegExp, full: () => RegExp): (text: string) => boolean {
  const made = once(full)
  return text => (isAscii(text) ? plain : made()).test(text)
}
