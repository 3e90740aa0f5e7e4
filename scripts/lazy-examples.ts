import type { Plugin } from 'rolldown'
import { parseAst } from 'rolldown/parseAst'

/**
 * Makes getters of the examples of rules in a bundle: only `distaudit explain` shows them, and as values they are much of
 * what each start of the command would make.
 */
export const lazyExamples: Plugin = {
  name: 'lazy-examples',
  transform: {
    filter: { id: /\/rules\/(?!shared\/|registry\/)[^/]+\/[^_/][^/]*\.ts$/ },
    handler: code => ({ code: withGetters(code), map: null }),
  },
}

function withGetters(code: string): string {
  let text = code
  // From the end, so that the places before stay right.
  for (const { name, start, end, value } of examplesIn(code).toReversed())
    text = `${text.slice(0, start)}get ${name}() { return ${code.slice(value.start, value.end)} }${text.slice(end)}`
  return text
}

/** The properties `bad` and `good` of the rule that a file exports. */
function examplesIn(code: string) {
  return parseAst(code, { lang: 'ts' }).body.flatMap(statement => {
    if (statement.type !== 'ExportDefaultDeclaration' || statement.declaration.type !== 'CallExpression') return []
    const [definition] = statement.declaration.arguments
    if (definition?.type !== 'ObjectExpression') return []
    return definition.properties.flatMap(property => {
      if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.shorthand) return []
      const { key, value, start, end } = property
      return key.name === 'bad' || key.name === 'good' ? [{ name: key.name, start, end, value }] : []
    })
  })
}
