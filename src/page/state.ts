import { SEVERITIES, type Severity } from '../finding.js'

/** What the reader has chosen: it is in the address, so that a link shows the same. */
export interface State {
  readonly severities: readonly Severity[]
  readonly rule: string
  readonly find: string
  /** Index of the file that is looked into. */
  readonly file: number
  /** The folder of it that the map shows. */
  readonly folder: string
  readonly measure: 'size' | 'packed'
}

/** Errors and warnings; notes where there is nothing else. */
export function firstState(severities: Iterable<Severity>): State {
  const found = new Set(severities)
  const worst = found.has('error') || found.has('warning') ? (['error', 'warning'] as const) : SEVERITIES
  return { severities: worst, rule: '', find: '', file: 0, folder: '', measure: 'size' }
}

/** What differs from the first state, as the part of an address behind `#`. */
export function hashOf(state: State, first: State): string {
  const parts = new URLSearchParams()
  const severity = state.severities.join(',')
  if (severity !== first.severities.join(',')) parts.set('severity', severity === '' ? 'none' : severity)
  if (state.rule !== '') parts.set('rule', state.rule)
  if (state.find !== '') parts.set('find', state.find)
  if (state.file !== first.file) parts.set('file', String(state.file + 1))
  if (state.folder !== '') parts.set('folder', state.folder)
  if (state.measure !== first.measure) parts.set('by', state.measure)
  return parts.toString()
}

/** Reads an address; what it does not say, or says wrongly, is as in the first state. */
export function stateOf(hash: string, first: State, files: number): State {
  const parts = new URLSearchParams(hash.replace(/^#/, ''))
  const words = parts.get('severity')?.split(',')
  const file = Number(parts.get('file') ?? '') - 1
  return {
    severities: words ? SEVERITIES.filter(level => words.includes(level)) : first.severities,
    rule: parts.get('rule') ?? '',
    find: parts.get('find') ?? '',
    file: Number.isInteger(file) && file >= 0 && file < files ? file : first.file,
    folder: parts.get('folder') ?? '',
    measure: parts.get('by') === 'packed' ? 'packed' : first.measure,
  }
}
