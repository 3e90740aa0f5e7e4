/** What `npm run mutate` breaks, one at a time, and which rules have to notice. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../src/finding.js'
import type { AnyRule } from '../src/rule.js'
import { ruleFile } from './generate-registry.js'

export interface Mutation {
  readonly name: string
  readonly file: string
  /** Text that occurs once in the file, and what takes its place. */
  readonly from: string
  readonly to: string
  /** Does the rule say such a thing? */
  has(rule: AnyRule, findings: readonly Finding[]): boolean
  /** Least share of those rules that must notice. */
  readonly share: number
}

const JUDGE = 'src/judge.ts'
export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'another message',
    file: JUDGE,
    from: 'message: detached(treeOf(subject) ? inTreeWords(draft.message, homes?.()) : draft.message),',
    to: "message: 'MUTATED',",
    has: () => true,
    share: 0.99,
  },
  {
    name: 'another member',
    file: JUDGE,
    from: '...(member !== undefined && { member }),',
    to: '...(member !== undefined && { member: member.concat("x") }),',
    has: (_, findings) => findings.some(({ location }) => location.member !== undefined),
    share: 0.95,
  },
  {
    name: 'line + 1',
    file: JUDGE,
    from: '...(line !== undefined && { line }),',
    to: '...(line !== undefined && { line: line + 1 }),',
    has: (_, findings) => findings.some(({ location }) => location.line !== undefined),
    share: 0.95,
  },
  {
    name: 'column + 1',
    file: JUDGE,
    from: '...(column !== undefined && { column }),',
    to: '...(column !== undefined && { column: column + 1 }),',
    has: (_, findings) => findings.some(({ location }) => location.column !== undefined),
    share: 0.95,
  },
  {
    name: 'an empty mark',
    file: JUDGE,
    from: '{ mark: detached(cut(mark, 1000)) }',
    to: "{ mark: '' }",
    // One caret stands for no character and for one.
    has: (_, findings) => findings.some(({ location }) => (location.mark?.length ?? 0) > 1),
    share: 0.95,
  },
  {
    name: "a draft's own severity ignored",
    file: JUDGE,
    from: 'selection.severityOf(rule) ?? draft.severity ?? rule.severity',
    to: 'selection.severityOf(rule) ?? rule.severity',
    has: (rule, findings) =>
      findings.some(({ severity }) => severity !== rule.severity) ||
      (!TOO_LARGE.has(rule.id) && setsSeverity(readFileSync(ruleFile(rule), 'utf8'))),
    share: 1,
  },
]

/** What they say at another severity takes more members than an example may have; test/hostile/limits.test.ts has them. */
const TOO_LARGE: ReadonlySet<string> = new Set(['archive-limit', 'path-file-and-directory'])

/** Functions that rules share and that return the severity of a finding. */
const SETTERS = readdirSync('rules', { recursive: true, encoding: 'utf8' })
  .filter(file => /^shared\/.*\.ts$|\/_[^/]*\.ts$/.test(file))
  .flatMap(file => readFileSync(join('rules', file), 'utf8').split(/^(?=export )/m))
  .filter(text => /\bseverity\b/.test(text))
  .flatMap(text => /^export (?:function\*?|const) (\w+)/.exec(text)?.[1] ?? [])

/** Does a rule's own file give a finding its severity, or have it given? The first `severity` is the rule's own. */
const setsSeverity = (source: string): boolean =>
  (source.match(/\bseverity\b/g)?.length ?? 0) > 1 || SETTERS.some(name => source.includes(`${name}(`))
