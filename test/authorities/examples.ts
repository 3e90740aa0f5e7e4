import { createHash } from 'node:crypto'
import { buildExample } from '../../fixtures/build.js'
import { kindByName } from '../../src/distribution/kind.js'
import type { Example } from '../../src/example.js'
import type { Enforcer } from '../../src/finding.js'
import type { AnyRule } from '../../src/rule.js'

/** The tools that are asked, by the names that `enforcedBy` has for them. */
const ASKED = ['pip', 'uv', 'twine', 'pypi', 'pypi-crash'] as const
export type Asked = (typeof ASKED)[number]

/** Topics whose every rule says what a reader of the file itself does. */
const TOPICS: ReadonlySet<string> = new Set(['archive', 'entry-points', 'filename', 'record', 'wheel'])

const isAsked = (who: Enforcer): who is Asked => ASKED.some(one => one === who)

/** Does the rule speak of what an installer or the upload does? */
export const isTried = (rule: AnyRule): boolean => TOPICS.has(rule.topic) || rule.enforcedBy.some(isAsked)

export interface Tried {
  /** `archive/zip-crc bad 2`; a release has a number for each of its files behind it. */
  readonly key: string
  readonly rule: AnyRule
  readonly example: Example
  readonly filename: string
  readonly bytes: Uint8Array
  readonly hash: string
}

/** Every wheel and sdist of the examples of these rules, one by one. */
export async function* examplesOf(rules: readonly AnyRule[]): AsyncGenerator<Tried> {
  for (const rule of rules)
    for (const kind of ['bad', 'good'] as const)
      for (const [at, example] of ([rule[kind]].flat() as readonly Example[]).entries()) {
        if (example.baseline !== undefined || example.tree !== undefined) continue
        const files = await buildExample(example)
        for (const [index, { filename, bytes, broken }] of files.entries()) {
          const named = kindByName(filename)
          // What lies next to a distribution is not a distribution.
          if (broken !== undefined || named === 'variants-json' || (named === 'unknown' && files.length > 1)) continue
          const hash = createHash('sha256').update(filename).update('\0').update(bytes).digest('hex').slice(0, 16)
          const part = files.length > 1 ? ` ${index + 1}` : ''
          yield { key: `${rule.topic}/${rule.id} ${kind} ${at + 1}${part}`, rule, example, filename, bytes, hash }
        }
      }
}

/** What each tool said of one file; one that is absent takes it. */
export type Answers = { readonly [tool in Asked]?: string }

export interface Row {
  readonly key: string
  readonly hash: string
  readonly answers: Answers
}

export interface Table {
  readonly versions: Readonly<Record<string, string>>
  readonly rows: ReadonlyMap<string, Row>
}

export const TABLE = new URL('../../fixtures/authorities.jsonl', import.meta.url)

/** The first line has the versions, each other one a row. */
export function parseTable(text: string): Table {
  const [versions = '{}', ...rows] = text.split('\n').filter(line => line !== '')
  return {
    versions: JSON.parse(versions) as Table['versions'],
    rows: new Map(rows.map(line => JSON.parse(line) as Row).map(row => [row.key, row])),
  }
}

export const tableText = ({ versions, rows }: Table): string =>
  `${[versions, ...rows.values()].map(line => JSON.stringify(line)).join('\n')}\n`

/** Does the tool refuse it? Undefined where it could not be asked. */
export function refuses(answers: Answers, tool: Asked): boolean | undefined {
  const said = answers[tool]
  return said?.startsWith('untried: ') ? undefined : said !== undefined
}
