/**
 * The text without the characters at its end that `one`, an expression for a single character, matches. An expression for all of
 * them would be tried at each run of such characters, to its end and back.
 */
export function withoutEnd(text: string, one: RegExp): string {
  let end = text.length
  while (end > 0 && one.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
