/** Version constraints of Poetry's own table, as poetry-core 2.5 reads them. */

import { append } from '../append.js'
import { tryVersion, type Version } from './version.js'

/** What a constraint allows: alternatives, each of clauses that PEP 440 knows; no clause is any version. */
export interface PoetryConstraint {
  readonly alternatives: readonly (readonly string[])[]
  /** The first part that poetry-core does not read; the build then fails. */
  readonly unread: { readonly text: string; readonly at: number } | undefined
}

export function readPoetryConstraint(text: string): PoetryConstraint {
  const alternatives: (readonly string[])[] = []
  for (const group of splitAt(text, /\|{1,2}/g)) {
    const clauses: string[] = []
    for (const part of partsOf(group)) {
      const found = clausesOf(part.text)
      if (!found) return { alternatives: [], unread: part }
      append(clauses, found)
    }
    alternatives.push(clauses)
  }
  return { alternatives, unread: undefined }
}

/** A probable correction of a part that poetry-core does not read. */
export function repairPoetryPart(part: string): string | undefined {
  const [, operator = '', rest = ''] = /^([<>=!~^]*)\s*(.*)$/.exec(part) ?? []
  if (operator === '' && rest === 'latest') return '*'
  if (/^v?[x*]$/i.test(rest)) return '*'
  const [, atLeast] = /^(\d+(?:\.\d+)*)\s*\+$/.exec(rest) ?? []
  if (operator === '' && atLeast !== undefined) return `>=${atLeast}`
  const [, release, wild] = /^v?(\d+(?:\.\d+)*)((?:\.[x*])*)$/i.exec(rest) ?? []
  if (release === undefined) return undefined
  const meant = MEANT.get(operator) ?? operator
  // `^2.x` and `~2.x` allow what `^2` and `~2` do.
  const better = `${meant}${release}${wild === '' || meant !== '' ? '' : '.*'}`
  return wild !== '' && !['', '^', '~'].includes(meant) ? undefined : clausesOf(better) && better
}

const MEANT = new Map([
  ['=>', '>='],
  ['=<', '<='],
  ['~>', '~'],
  ['=^', '^'],
  ['=~', '~'],
])

interface Part {
  readonly text: string
  readonly at: number
}

function splitAt(text: string, separator: RegExp): readonly Part[] {
  const parts: Part[] = []
  let from = 0
  for (const { index, 0: found } of text.matchAll(separator)) {
    parts.push({ text: text.slice(from, index), at: from })
    from = index + found.length
  }
  return [...parts, { text: text.slice(from), at: from }]
}

/** Commas, and spaces that do not follow an operator or are next to a hyphen. */
function partsOf({ text, at }: Part): readonly Part[] {
  const parts: Part[] = []
  for (const piece of splitAt(text, /,/g)) {
    let [start, isOpen] = [-1, false]
    const words = [...piece.text.matchAll(/\S+/g)]
    for (const [index, { 0: word, index: from }] of words.entries()) {
      if (start < 0) start = from
      const next = words[index + 1]?.[0]
      isOpen = next !== undefined && (/[\^~=><]$/.test(word) || word.endsWith('-') || next.startsWith('-'))
      if (isOpen) continue
      parts.push({ text: piece.text.slice(start, from + word.length), at: at + piece.at + start })
      start = -1
    }
  }
  return parts.length > 0 ? parts : [{ text: text.trim(), at: at + text.length - text.trimStart().length }]
}

/** Undefined for what poetry-core does not read. */
function clausesOf(part: string): readonly string[] | undefined {
  if (part === '' || /^v?[x*](?:\.[x*])*$/i.test(part)) return part === '' ? undefined : []
  const [, operator = '', rest = ''] = /^([\^]|~=|~|<>|!=|>=?|<=?|==?)?\s*(.*)$/s.exec(part) ?? []
  let end = rest.length
  while (rest.endsWith('.*', end)) end -= 2
  const [plain, stars] = [rest.slice(0, end), rest.slice(end)]
  const version = tryVersion(plain)
  if (!version || plain !== plain.trim()) return undefined
  if (operator === '^' || operator === '~' || operator === '~=') {
    if (stars !== '') return undefined
    const { length } = version.release
    if (operator === '~=' && length > 1) return [`~=${version}`]
    const first = version.release.findIndex(number => number !== 0n)
    const raised = operator === '^' ? (first < 0 ? length - 1 : first) : length > 1 ? 1 : 0
    return [`>=${version}`, `<${raisedAt(version, raised)}`]
  }
  if (stars === '') return [`${CLAUSES.get(operator) ?? operator}${version}`]
  if (/^(?:|==|!=)$/.test(operator) && /^v?\d+(?:\.\d+){0,2}$/.test(plain)) return [`${operator || '=='}${plain}.*`]
  if (stars !== '.*') return undefined
  return /^[<>]/.test(operator) && operator !== '<>'
    ? [`${operator}${version}`]
    : [`${CLAUSES.get(operator) ?? operator}${version}.*`]
}

const CLAUSES = new Map([
  ['', '=='],
  ['=', '=='],
  ['<>', '!='],
])

/** The release with one part raised, and nothing behind it. */
function raisedAt({ epoch, release }: Version, index: number): string {
  const parts = [...release.slice(0, index), (release[index] ?? 0n) + 1n]
  return `${epoch === 0n ? '' : `${epoch}!`}${(parts.length === 1 ? [...parts, 0n] : parts).join('.')}`
}
