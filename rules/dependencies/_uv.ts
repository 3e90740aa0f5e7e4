/** What uv repairs in a specifier or requirement that it cannot parse: one after the other, until it can. */
const MENDED: readonly ((text: string) => string)[] = [
  // A missing comma between two clauses.
  text => text.replace(/(\p{Nd})([<>=~^!])/gu, '$1,$2'),
  text => text.replace(/!=~((?:\p{Nd}\.)*\p{Nd})/gu, '!=$1.*'),
  // A star after an ordered comparison.
  text => text.replace(/(<=|>=|<|>)\s*(\p{Nd}+(?:\.\p{Nd}+)*)\.\*/gu, '$1$2'),
  text => text.replace(/((?:\p{Nd}\.\p{Nd})+)\*/gu, (_, digits: string) => `${digits.slice(-3)}.*`),
  text => text.replace(/,\s*$/, ''),
  text => text.replaceAll('>dev', '>0.0.0dev'),
  text => text.replace(/(\p{Nd}+(?:\.\p{Nd})*(?:a|b|rc|post|dev)\p{Nd}+)\.0/gu, '$1'),
  // Quotes, except those of a marker.
  text => {
    const end = text.indexOf(';')
    return end < 0 ? text.replace(/['"]/g, '') : text.slice(0, end).replace(/['"]/g, '') + text.slice(end)
  },
]

/** Longer texts are not repaired: nobody writes them, and some of these patterns are slow. */
const MAX = 1000

/** Does uv accept an invalid text because one of its repairs makes it valid? */
export function uvMends(text: string, isValid: (text: string) => boolean): boolean {
  if (text.length > MAX) return false
  let mended = text
  for (const mend of MENDED) {
    const next = mend(mended)
    if (next !== mended && isValid(next)) return true
    mended = next
  }
  return false
}
