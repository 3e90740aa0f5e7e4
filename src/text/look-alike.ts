/** Letters of other alphabets that look like Latin ones: Cyrillic, Greek, Armenian, Cherokee, and rare forms of Latin letters. */
const TWINS = 'АВЕЅІЈКМНОРСТУХаеорсухѕіјһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳνհոսօցᎪᏴᏟᎬᎻᎫᏦᏞᎷᏢᏚᎢᏙᎳᏃɑɡı'
/** The Latin letters that they look like, in the same order. */
const LATIN_TWINS = 'ABESIJKMHOPCTYXaeopcyxsijhdqwABEZHIKMNOPTYXocjvhnuogABCEHJKLMPSTVWZagi'
const LOOK_ALIKE = new RegExp(`[${TWINS}]`, 'u')
const LATIN = /[A-Za-z]/

/** The first letter that looks like a Latin one, in a word that has Latin letters as well. */
export function lookAlike(text: string): string | undefined {
  const mixed = text.split(/[^\p{L}\p{N}]+/u).find(word => LATIN.test(word) && LOOK_ALIKE.test(word))
  return LOOK_ALIKE.exec(mixed ?? '')?.[0]
}

/** The text as a reader takes it, with the Latin letters that those look like. */
export function drawn(text: string): string {
  return text.replace(/[^\0-\x7f]/g, letter => {
    const i = TWINS.indexOf(letter)
    return i < 0 ? letter : LATIN_TWINS.charAt(i)
  })
}
