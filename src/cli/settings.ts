import { relative } from 'node:path'
import { DEFAULT_LIMITS } from '../archive/limits.js'
import type { FoundConfig } from '../config/file.js'
import { CONFIG_KEYS } from '../config/keys.js'
import { type Setting, settingsIn } from '../config/settings.js'
import type { TomlValue } from '../distribution/pyproject.js'
import { escapeSnippet } from '../report/escape.js'
import { everyRule } from '../rule-set.js'
import { withConfig } from '../run.js'
import { chooseRules } from '../selection.js'
import { readText } from '../source/file.js'
import { list, plural, thousands } from '../wording.js'
import type { Asked } from './inputs.js'
import { OPTIONS } from './options.js'
import { choiceOf, demandsOf, sizeOf, type Values, words } from './values.js'

export interface Situation {
  readonly values: Values
  readonly found: FoundConfig | undefined
  /** Undefined where there is nothing to audit. */
  readonly asked: Asked | undefined
  /** The root of the project's source tree. */
  readonly sourceRoot: string | undefined
  readonly cwd: string
}

/** A value that applies, and who says so. */
interface Effective {
  readonly value: TomlValue
  readonly from: string
}

/** Columns for keys and values. */
const WIDEST = 60

/** What `--show-settings` prints: TOML that could be a distaudit.toml, each line with where its value comes from. */
export async function settingsText(situation: Situation): Promise<string> {
  const { values, found, cwd } = situation
  const file = found?.file === undefined ? undefined : relative(cwd, found.file)
  const written = found?.file === undefined ? new Map() : settingsIn(found.file, await readText(found.file))
  const given = optionValues(situation)
  const others = otherValues(situation)
  const rows: [string, Effective][] = []
  const unset: string[] = []
  for (const key of keyNames()) {
    const effective = effectiveValue(key, given, written, file ?? '') ?? others.get(key)
    if (effective) rows.push([key, effective])
    else unset.push(key)
  }
  // Longer ones would move all others.
  const lengths = rows.map(([key, { value }]) => `${key} = ${toml(value)}`.length)
  const width = Math.max(...lengths.filter(length => length <= WIDEST))
  const lines = [
    `# Configuration: ${file ?? (values['no-config'] ? 'none (--no-config)' : 'no file found')}`,
    ...rows.map(([key, { value, from }]) => `${`${key} = ${toml(value)}`.padEnd(width)}  # ${from}`),
    `# Not set: ${unset.join(', ')}`,
    ...onlyOptions(values),
    await rulesLine(situation),
  ]
  return `${lines.map(escapeSnippet).join('\n')}\n`
}

/** Keys as the configuration has them; those of tables with a known form one by one. */
const keyNames = (): readonly string[] =>
  CONFIG_KEYS.flatMap(({ name, type }) =>
    type.kind === 'table' ? type.keys.map(key => `${name}.${key.name}`) : [name],
  )

/** Configuration key → what the command line says. */
function optionValues({ values, asked }: Situation): ReadonlyMap<string, Effective> {
  const lists: Readonly<Record<string, (value: unknown) => TomlValue>> = {
    select: words,
    ignore: words,
    'top-level': words,
    expected: value => value as string[],
  }
  const found = new Map<string, Effective>()
  if (asked?.by === 'arguments') found.set('paths', { value: [...asked.paths], from: 'the arguments' })
  for (const { name, key } of OPTIONS) {
    const value = values[name]
    if (key === undefined || value === undefined) continue
    const read = key.startsWith('at-most.')
      ? () => sizeOf(values, name) ?? 0
      : (lists[key] ?? (one => one as TomlValue))
    found.set(key, { value: read(value), from: `--${name}` })
  }
  return found
}

/** An option wins; what both leave out is left out; of bounds, those of the options are all that count. */
function effectiveValue(
  key: string,
  given: ReadonlyMap<string, Effective>,
  written: ReadonlyMap<string, Setting>,
  file: string,
): Effective | undefined {
  const option = given.get(key)
  const inFile = written.get(key)
  const setting = inFile && { value: inFile.value, from: `${file}:${inFile.line}` }
  if (key === 'ignore' && option && setting)
    return {
      value: [...(option.value as string[]), ...(setting.value as string[])],
      from: `${option.from}, ${setting.from}`,
    }
  if (option) return option
  const isReplaced = key.startsWith('at-most.') && [...given.keys()].some(one => one.startsWith('at-most.'))
  return isReplaced ? undefined : setting
}

/** What applies when nobody says anything. */
function otherValues({ asked, sourceRoot }: Situation): ReadonlyMap<string, Effective> {
  const limits = Object.entries(DEFAULT_LIMITS).map(([name, value]) => [`limits.${kebab(name)}`, value] as const)
  const defaults = [
    ['profile', 'default'],
    ['ignore', []],
    ['preview', false],
    ['fail-on', 'error'],
    ...limits,
  ] as const
  return new Map<string, Effective>([
    ...defaults.map(([key, value]): [string, Effective] => [key, { value: value as TomlValue, from: 'default' }]),
    ...(asked ? [['paths', { value: [...asked.paths], from: 'dist/ of the project' }] as [string, Effective]] : []),
    ...(sourceRoot === undefined
      ? []
      : [['source-root', { value: sourceRoot, from: 'the project around' }] as [string, Effective]]),
  ])
}

const kebab = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

/** Options that the configuration has no key for, where they are given. */
function onlyOptions(values: Values): readonly string[] {
  const given = OPTIONS.filter(
    ({ name, key }) => key === undefined && values[name] !== undefined && name !== 'show-settings',
  )
  if (given.length === 0) return []
  const texts = given.map(({ name, value }) => {
    const all = [values[name]].flat().map(one => (value === undefined ? `--${name}` : `--${name} ${String(one)}`))
    return all.join(' ')
  })
  return [`# Options without a key: ${texts.join(' ')}`]
}

async function rulesLine({ values, found }: Situation): Promise<string> {
  const rules = await everyRule()
  const { rules: chosen } = chooseRules(
    rules,
    withConfig(choiceOf(values), found?.config, { ...found?.config.demands, ...demandsOf(values) }),
  )
  const off = new Set(rules.map(({ topic }) => topic))
  for (const { topic } of chosen) off.delete(topic)
  const none = off.size === 0 ? '' : `; none of ${list([...off].sort())}`
  return `# ${thousands(chosen.length)} of ${plural(rules.length, 'rule')} run${none}.`
}

function toml(value: TomlValue): string {
  if (Array.isArray(value)) return `[${value.map(toml).join(', ')}]`
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const keys = Object.entries(value).map(
    ([key, one]) => `${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)} = ${toml(one)}`,
  )
  return `{ ${keys.join(', ')} }`
}
