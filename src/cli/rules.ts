import type { AnyRule } from '../rule.js'
import { everyRule } from '../rule-set.js'
import { type Choice, unknownWords } from '../selection.js'
import { didYouMean } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'

/** Tells of words on the command line that name nothing, before anything else is looked at. @throws UsageError */
export async function checkChoice({ select = [], ignore = [] }: Choice): Promise<void> {
  const words = [...select, ...ignore]
  if (words.length === 0) return
  const rules = await everyRule()
  const unknown = unknownWords(words, rules)
  if (unknown.length > 0) throw new UsageError(unknown.map(word => noRule(word, rules)).join('\n'))
}

/** That a word names no rule or topic, and what may be meant. */
export function noRule(word: string, rules: readonly AnyRule[]): string {
  const names = rules.flatMap(rule => [rule.id, rule.topic, ...(rule.formerly ?? [])])
  return `There is no rule or topic '${word}'.${didYouMean(word, names) || ' `distaudit rules` lists them.'}`
}
