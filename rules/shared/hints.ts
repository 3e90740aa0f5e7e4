import { didYouMean } from '../../src/text/nearest.js'

/** Suggestions cost time; nobody reads more of them in one file. */
const MOST = 20

/** `didYouMean` among fixed candidates, for the first few texts of a file only. */
export function hinter(candidates: () => Iterable<string>): (text: string) => string {
  let left = MOST
  return text => (left-- > 0 ? didYouMean(text, candidates()) : '')
}
