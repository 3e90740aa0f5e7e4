import { rules } from 'distaudit/browser'
import { type Plugin, parseAst } from 'vite'

/** Leaves out of the rules what this page never shows: the examples, a fifth of the core, and texts for `explain` and the tests. */
export const withoutExamples: Plugin = {
  name: 'without-examples',
  transform: {
    filter: { id: /\/dist\/browser(?:\.js|\/[^/]+\.js)$/ },
    handler: code => ({ code: stripped(code), map: null }),
  },
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}
interface Property extends Node {
  readonly key: Node & { readonly name?: string }
  readonly value: Node
}

/** What a report says of the rules that found something: the page loads it with the first report. */
const LATER = ['summary', 'why', 'breaks', 'source', 'url', 'fix', 'force', 'precision', 'securitySeverity'] as const
const UNSHOWN = ['bad', 'good', 'byHand', 'pypiMessage', ...LATER] as const

/** Rules are the objects that have an id, a check and examples. */
export function stripped(code: string): string {
  const found: Property[] = []
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const { type, properties } = node as { type?: string; properties?: readonly Property[] }
    if (type === 'ObjectExpression' && properties) {
      const byName = new Map(properties.map(one => [one.key?.name, one]))
      if (['id', 'check', 'bad', 'why'].every(name => byName.has(name)))
        for (const name of UNSHOWN) {
          const property = byName.get(name)
          // A fix that depends on the project is not a text.
          if (property && (name !== 'fix' || isText(property.value))) found.push(property)
        }
    }
    for (const value of Object.values(node)) walk(value)
  }
  walk(parseAst(code))
  const kept: string[] = []
  let at = 0
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start)) {
    kept.push(code.slice(at, start))
    const comma = /\s*,/y
    comma.lastIndex = end
    at = comma.test(code) ? comma.lastIndex : end
  }
  return kept.join('') + code.slice(at)
}

const isText = ({ type }: Node): boolean => type === 'Literal' || type === 'TemplateLiteral'

const TEXTS = 'virtual:rule-texts'

type Rule = Awaited<ReturnType<typeof rules>>[number]

/** Gives the texts that were left out, by the id of the rule, as a module that is loaded when it is needed. */
export const ruleTexts: Plugin = {
  name: 'rule-texts',
  resolveId: id => (id === TEXTS ? `\0${TEXTS}` : undefined),
  async load(id) {
    if (id !== `\0${TEXTS}`) return undefined
    const textsOf = (rule: Rule) =>
      LATER.map(name => [name, rule[name]]).filter(
        ([, value]) => typeof value === 'string' || typeof value === 'number',
      )
    const texts = (await rules()).map(rule => [rule.id, Object.fromEntries(textsOf(rule))])
    return `export const TEXTS = ${JSON.stringify(Object.fromEntries(texts))}`
  },
}
