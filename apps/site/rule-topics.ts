import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface RuleTopic {
  readonly topic: string
  readonly rules: readonly { readonly id: string; readonly summary: string }[]
}

const known = new Map<string, readonly RuleTopic[]>()

/** The rules by topic, as the page that lists them has them. */
export function ruleTopics(docs: string): readonly RuleTopic[] {
  const found = known.get(docs) ?? topicsIn(readFileSync(join(docs, 'rules/README.md'), 'utf8'))
  known.set(docs, found)
  return found
}

export const topicsIn = (page: string): readonly RuleTopic[] =>
  page
    .split(/^## /m)
    .slice(1)
    .map(part => ({
      topic: part.slice(0, part.indexOf('\n')).trim(),
      rules: [...part.matchAll(/^\| \[([a-z0-9-]+)\]\(\1\.md\)[^|]*\|.*\| (.*) \|$/gm)].map(
        ([, id = '', summary = '']) => ({
          id,
          summary: summary.replaceAll('\\|', '|').replaceAll('`', ''),
        }),
      ),
    }))
