import type { Limits } from '../archive/limits.js'
import type { Demands } from '../demands.js'
import { isTable, parsePyproject, type TomlTable, type TomlValue } from '../distribution/pyproject.js'
import type { Severity } from '../finding.js'
import type { Profile } from '../selection.js'
import { attempt } from '../standards/error.js'
import { parseSpecifiers } from '../standards/specifier.js'
import { UsageError } from '../usage-error.js'
import { VERSION } from '../version.js'
import { checkTable } from './check.js'
import { CONFIG_KEYS } from './keys.js'

export interface IgnoreRule {
  /** Rules, former ids, topics or `ALL`. */
  readonly words: readonly string[]
  readonly file?: string | undefined
  readonly member?: string | undefined
  readonly match?: string | undefined
  readonly reason?: string | undefined
  /** Last day, `2027-01-31`. */
  readonly until?: string | undefined
  /** How the configuration names it, for the hint that it matched nothing. */
  readonly label: string
}

/** The configuration with defaults left open. */
export interface Config {
  readonly profile?: Profile | undefined
  readonly select?: readonly string[] | undefined
  readonly extendSelect: readonly string[]
  readonly ignore: readonly string[]
  readonly preview?: boolean | undefined
  readonly severity: Readonly<Record<string, Severity | 'off'>>
  readonly failOn?: Severity | 'never' | undefined
  readonly ignores: readonly IgnoreRule[]
  readonly paths: readonly string[]
  readonly sourceRoot?: string | undefined
  readonly baseline?: string | undefined
  readonly limits: Partial<Limits>
  readonly demands: Demands
  readonly requiredVersion?: string | undefined
  /** Every word that should name a rule or a topic, with its place. */
  readonly words: readonly PlacedWord[]
}

/** A word that should name a rule or a topic. */
interface PlacedWord {
  readonly word: string
  /** `pyproject.toml:4:11` */
  readonly place: string
}

export const EMPTY_CONFIG: Config = {
  extendSelect: [],
  ignore: [],
  severity: {},
  ignores: [],
  paths: [],
  limits: {},
  demands: {},
  words: [],
}

/** One fault, with its place in the file. */
interface PlacedFault {
  readonly line: number
  readonly column: number | undefined
  readonly message: string
}

/** Reads the configuration out of a pyproject.toml or distaudit.toml. `undefined`: the file has none. */
function readConfig(file: string, text: string): { config: Config | undefined; faults: readonly PlacedFault[] } {
  const bytes = new TextEncoder().encode(text)
  const document = parsePyproject({ member: file, bytes, size: bytes.length, cut: false })
  if (document.error) {
    const { line = 1, column, message } = document.error
    return { config: undefined, faults: [{ line, column, message }] }
  }
  const path = file.endsWith('pyproject.toml') ? ['tool', 'distaudit'] : []
  const table = path.length > 0 ? document.get(...path) : document.data
  if (table === undefined) return { config: undefined, faults: [] }
  const at = (where: readonly (string | number)[], isKey = false) => {
    const { line, column } = isKey ? document.keyPlace(...where) : document.place(...where)
    return { line, column }
  }
  if (!isTable(table)) return { config: undefined, faults: [{ ...at(path), message: "'distaudit' must be a table." }] }
  if (path.length === 0 && isTable(table.tool) && Object.hasOwn(table.tool, 'distaudit')) {
    const message =
      'The table [tool.distaudit] belongs in pyproject.toml. In distaudit.toml, write its keys at the top level: [tool.distaudit.limits] becomes [limits].'
    return { config: undefined, faults: [{ ...at(['tool', 'distaudit'], true), message }] }
  }
  const faults = [...checkTable(table, CONFIG_KEYS, path)].map(fault => ({
    ...at(fault.path, fault.isKey),
    message: fault.message,
  }))
  const required = table['required-version']
  if (typeof required === 'string' && !attempt(parseSpecifiers, required))
    faults.push({ ...at([...path, 'required-version']), message: `'${required}' is no version specifier.` })
  if (faults.length > 0) return { config: undefined, faults }
  const words = wordsIn(table).map(({ word, where, isKey }) => {
    const { line, column } = at([...path, ...where], isKey)
    return { word, place: `${file}:${line}${column === undefined ? '' : `:${column}`}` }
  })
  return { config: { ...toConfig(table), words }, faults }
}

/**
 * The configuration in a file's text; undefined: it has none.
 * @throws UsageError when it has a fault, or requires another version.
 */
export function configOf(file: string, text: string): Config | undefined {
  const { config, faults } = readConfig(file, text)
  if (faults.length > 0)
    throw new UsageError(
      faults
        .map(fault => `${file}:${fault.line}${fault.column ? `:${fault.column}` : ''}: ${fault.message}`)
        .join('\n'),
    )
  const required = config?.requiredVersion
  if (required !== undefined && attempt(parseSpecifiers, required)?.contains(VERSION, { prereleases: true }) === false)
    throw new UsageError(`${file} requires distaudit ${required}; this is ${VERSION}.`)
  return config
}

interface Word {
  readonly word: string
  readonly where: readonly (string | number)[]
  readonly isKey?: boolean
}

/** The words of a table that was checked which name rules or topics. */
function wordsIn(table: TomlTable): readonly Word[] {
  const listed = (value: TomlValue | undefined, where: readonly (string | number)[]): readonly Word[] =>
    Array.isArray(value) ? value.map((word, i) => ({ word: String(word), where: [...where, i] })) : []
  return [
    ...['select', 'extend-select', 'ignore'].flatMap(key => listed(table[key], [key])),
    ...keysOf(table.severity).map(word => ({ word, where: ['severity', word], isKey: true })),
    ...Object.entries((table['per-file-ignores'] ?? {}) as TomlTable).flatMap(([pattern, value]) =>
      isTable(value)
        ? listed(value.rules, ['per-file-ignores', pattern, 'rules'])
        : listed(value, ['per-file-ignores', pattern]),
    ),
    ...((table['ignore-finding'] ?? []) as readonly TomlTable[]).map(({ rule }, i) => ({
      word: String(rule),
      where: ['ignore-finding', i, 'rule'],
    })),
  ]
}

const keysOf = (value: TomlValue | undefined): readonly string[] => (isTable(value) ? Object.keys(value) : [])

/** From a table that was checked. */
function toConfig(table: TomlTable): Omit<Config, 'words'> {
  const value = <T>(key: string) => table[key] as T | undefined
  return {
    profile: value<Profile>('profile'),
    select: value<string[]>('select'),
    extendSelect: value<string[]>('extend-select') ?? [],
    ignore: value<string[]>('ignore') ?? [],
    preview: value<boolean>('preview'),
    severity: value<Record<string, Severity | 'off'>>('severity') ?? {},
    failOn: value<Severity | 'never'>('fail-on'),
    ignores: [...fileIgnores(value('per-file-ignores') ?? {}), ...findingIgnores(value('ignore-finding') ?? [])],
    paths: value<string[]>('paths') ?? [],
    sourceRoot: value<string>('source-root'),
    baseline: value<string>('baseline'),
    limits: Object.fromEntries(
      Object.entries(value<Record<string, number>>('limits') ?? {}).map(([key, number]) => [camel(key), number]),
    ),
    demands: demandsOf(table),
    requiredVersion: value<string>('required-version'),
  }
}

function demandsOf(table: { readonly [key: string]: TomlValue }): Demands {
  const expected = table.expected as string[] | { wheel?: string[]; sdist?: string[] } | undefined
  const topLevel = table['top-level'] as string[] | undefined
  const atMost = table['at-most'] as { size?: number; 'unpacked-size'?: number; files?: number } | undefined
  return {
    ...(expected && { expected: Array.isArray(expected) ? { wheel: expected, sdist: expected } : expected }),
    ...(topLevel && { topLevel }),
    ...(atMost && { atMost: { size: atMost.size, unpackedSize: atMost['unpacked-size'], files: atMost.files } }),
  }
}

const camel = (key: string) => key.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

function fileIgnores(table: Readonly<Record<string, string[] | { rules: string[]; reason?: string }>>): IgnoreRule[] {
  return Object.entries(table).map(([pattern, value]) => {
    const mark = pattern.indexOf('!')
    const { rules, reason } = Array.isArray(value) ? { rules: value, reason: undefined } : value
    return {
      words: rules,
      file: mark < 0 ? pattern : pattern.slice(0, mark) || undefined,
      member: mark < 0 ? undefined : pattern.slice(mark + 1),
      reason,
      label: `per-file-ignores "${pattern}"`,
    }
  })
}

type FindingTable = {
  rule: string
  file?: string
  member?: string
  match?: string
  reason: string
  until?: string | Date
}

function findingIgnores(tables: readonly FindingTable[]): IgnoreRule[] {
  return tables.map(({ rule, file, member, match, reason, until }) => ({
    words: [rule],
    file,
    member,
    match,
    reason,
    until: until instanceof Date ? until.toISOString().slice(0, 10) : until,
    label: `ignore-finding of ${rule}`,
  }))
}
