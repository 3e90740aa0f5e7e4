import type { SourceLocation } from '../finding.js'
import { linesOf } from '../text/lines.js'
import { splits } from './project-table.js'
import { findRequirement, splitExtra } from './requirement.js'
import { SETUPTOOLS_KEYS } from './setup-cfg.js'

/** setup.py, as far as its text tells without running it. */
export interface SetupPy {
  /** `setup` where it is called; undefined when no such call is seen. */
  readonly call: SourceLocation | undefined
  /** The project's name, where it is written out. */
  readonly name: string | undefined
  /** The keyword argument of the call that gives a field, or its item with the value. */
  locate(field: string, value: string | undefined): SourceLocation | undefined
}

interface Token {
  readonly kind: 'name' | 'string' | 'sign'
  readonly text: string
  readonly at: number
}

interface Argument {
  readonly keyword: Token
  readonly tokens: readonly Token[]
}

export function parseSetupPy(path: string, text: string): SetupPy {
  const tokens = readTokens(text)
  const found = findCall(tokens)
  const { position } = linesOf(text)
  const locationOf = ({ at, text: marked }: Token): SourceLocation => {
    const { line, column } = position(at)
    return { path, line, column, endColumn: column + marked.length }
  }
  const keywords = found === undefined ? new Map<string, Argument>() : argumentsOf(tokens, found + 1)
  return {
    call: found === undefined ? undefined : locationOf(tokens[found]!),
    name: literalOf(keywords.get('name')),
    locate(field, value) {
      const argument = keywordsOf(field, value)
        .map(name => keywords.get(name))
        .find(given => given !== undefined)
      if (!argument) return undefined
      const strings = argument.tokens.filter(token => token.kind === 'string' && !token.text.includes('\n'))
      const item = value === undefined ? undefined : itemOf(strings, field, value)
      const whole = argument.tokens.length === 1 ? strings[0] : undefined
      return locationOf(item ?? whole ?? argument.keyword)
    },
  }
}

/** The value of an argument that is one string. */
function literalOf(argument: Argument | undefined): string | undefined {
  const [token, ...others] = argument?.tokens ?? []
  return token?.kind === 'string' && others.length === 0 ? contentOf(token.text) : undefined
}

/** Keywords of `setup` are the options of setup.cfg, whatever their section there. */
function keywordsOf(field: string, value: string | undefined): readonly string[] {
  if (field === 'Provides-Extra') return ['extras_require']
  if (field === 'Requires-Dist' && value !== undefined && splitExtra(value).extra !== undefined)
    return ['extras_require', 'install_requires']
  return (SETUPTOOLS_KEYS.get(field) ?? []).map(key => key.slice(key.indexOf('.') + 1))
}

/** The string among those of an argument that gave the value. */
function itemOf(strings: readonly Token[], field: string, value: string): Token | undefined {
  const contents = strings.map(({ text }) => contentOf(text))
  if (field === 'Requires-Dist') return strings[findRequirement(contents, splitExtra(value))]
  const wanted = field === 'Project-URL' ? (value.split(',', 1)[0] ?? '') : value
  // A group is a string of its own.
  const names = new Set([
    wanted.trim(),
    ...(field === 'entry-points' ? Array.from(splits(value), ([, name]) => name) : []),
  ])
  const textOf = (content: string) => (field === 'entry-points' ? (content.split('=', 1)[0] ?? '') : content).trim()
  return strings[contents.findIndex(content => names.has(textOf(content)))]
}

const contentOf = (literal: string) => literal.replace(/^[A-Za-z]*("""|'''|"|')([\s\S]*)\1$/, '$2')

const STRING_START = /[A-Za-z]{0,2}("""|'''|"|')/y
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy

/** Names, strings and single signs of Python text, without comments. */
function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  const take = (kind: Token['kind'], end: number) => {
    tokens.push({ kind, text: text.slice(at, end), at })
    at = end
  }
  while (at < text.length) {
    const char = text.charAt(at)
    STRING_START.lastIndex = at
    NAME.lastIndex = at
    const quote = STRING_START.exec(text)?.[1]
    if (/\s/.test(char)) at++
    else if (char === '#') at = lineEnd(text, at)
    else if (quote !== undefined) take('string', stringEnd(text, STRING_START.lastIndex, quote))
    else if (NAME.test(text)) take('name', NAME.lastIndex)
    else take('sign', at + 1)
  }
  return tokens
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** After the closing quotes; a string of one line that is not closed ends with its line. */
function stringEnd(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith(quote, at)) return at + quote.length
    else if (text[at] === '\n' && quote.length === 1) return at
  }
  return text.length
}

const MODULES: readonly string[] = ['setuptools', 'distutils', 'skbuild']

/** Index of the name `setup` in its first call; one of a module wins where the file defines a `setup` of its own. */
function findCall(tokens: readonly Token[]): number | undefined {
  const isAt = (index: number, text: string) => tokens[index]?.kind !== 'string' && tokens[index]?.text === text
  const renamed = (name: string) =>
    tokens.flatMap(({ kind, text }, i) =>
      kind === 'name' && text === name && isAt(i + 1, 'as') ? [tokens[i + 2]?.text ?? ''] : [],
    )
  const names = new Set(['setup', ...renamed('setup')])
  const modules = new Set([...MODULES, ...MODULES.flatMap(renamed)])
  const calls = tokens.flatMap(({ kind, text }, index) =>
    kind === 'name' && names.has(text) && isAt(index + 1, '(') ? [index] : [],
  )
  const ofModule = calls.filter(index => {
    for (let at = index; isAt(at - 1, '.'); at -= 2) if (modules.has(tokens[at - 2]?.text ?? '')) return true
    return false
  })
  const bare = calls.filter(index => !['.', 'def', 'class'].includes(tokens[index - 1]?.text ?? ''))
  const isDefined = calls.some(index => isAt(index - 1, 'def'))
  const [first] = isDefined ? [...ofModule, ...bare] : [...ofModule, ...bare].sort((a, b) => a - b)
  return first
}

/** The keyword arguments after the bracket that opens at an index. */
function argumentsOf(tokens: readonly Token[], open: number): ReadonlyMap<string, Argument> {
  const found = new Map<string, Argument>()
  let depth = 0
  let value: Token[] | undefined
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i]!
    const sign = token.kind === 'sign' ? token.text : ''
    if (sign !== '' && ')]}'.includes(sign)) depth--
    if (depth === 0 && i > open) break
    if (depth === 1 && sign === ',') value = undefined
    else if (depth === 1 && value === undefined && token.kind === 'name' && isKeyword(tokens, i)) {
      value = []
      if (!found.has(token.text)) found.set(token.text, { keyword: token, tokens: value })
      i++
    } else value?.push(token)
    if (sign !== '' && '([{'.includes(sign)) depth++
  }
  return found
}

const isKeyword = (tokens: readonly Token[], index: number) =>
  tokens[index + 1]?.text === '=' && tokens[index + 2]?.text !== '='
