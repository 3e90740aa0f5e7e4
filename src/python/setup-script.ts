/** What a build script does for certain when it is run in the folder that it lies in, or a module when it is imported, read from its text. */

import type { Position } from '../text/lines.js'
import { entryPointsOf, type Form, itemsOf, UNKNOWN, type Value } from './known-values.js'
import { runScript } from './script-run.js'
import type { ModulePlace, Read, Said, ScriptState, Search } from './script-state.js'

/** A text with the place of its first character. */
export interface Written extends Position {
  readonly text: string
  /** What is written there, where that is not the text itself. */
  readonly mark: string | undefined
}

/** A value that the call is given, as far as it is known. */
export type Given =
  | ({ readonly kind: 'text' } & Written)
  /** A number, bytes, `None`, `True` or `False`. */
  | ({ readonly kind: 'literal' } & Written)
  /** The text of a file, by its path below the folder of the script. */
  | { readonly kind: 'content'; readonly path: string }
  | {
      readonly kind: 'list'
      readonly items: readonly Given[]
      readonly isWhole: boolean
      readonly form?: Form | undefined
    }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [key: Written, value: Given])[] }
  | { readonly kind: 'unknown' }

/** The arguments of `setup(…)`. */
interface Setup extends Position {
  /** Keywords that are given, known or not. `**` makes it open: others may be given. */
  readonly keywords: ReadonlySet<string>
  readonly isOpen: boolean
  /** The value of a keyword; undefined where it is not given by name. */
  given(keyword: string): Given | undefined
  /** Where a keyword is written. */
  keyword(name: string): Written | undefined
  /** Where its value begins. */
  valueAt(name: string): Position | undefined
  text(keyword: string): Said | undefined
  /** Strings of a list that is wholly known. */
  list(keyword: string): readonly Said[] | undefined
  dict(keyword: string): ReadonlyMap<string, string> | undefined
  /** Files of `data_files`. */
  readonly dataFiles: readonly Said[]
  /** `name = module:function`, by the group in `entry_points`, as far as they are known. */
  readonly entryPoints: ReadonlyMap<string, readonly string[]>
  /** How `packages` is looked for. */
  readonly search: Search | undefined
  /** Sources of each Extension that is not optional; `isAlone`: it gets neither folders nor libraries. */
  readonly sources: readonly (Said & { readonly isAlone: boolean })[]
}

export interface SetupScript {
  /** The first place that no version of Python reads. */
  readonly broken: Position | undefined
  /** Files that it opens, whatever the machine, before anything could have written them. */
  readonly reads: readonly Read[]
  /** Distributions that it asks `importlib.metadata` or `pkg_resources` for, whatever the machine. */
  readonly asks: readonly (Said & { readonly call: string })[]
  /** The arguments of `setup(…)`, where it is called once and for certain. */
  readonly setup: Setup | undefined
}

/** Lists in one another. */
const DEEPEST = 8
/** Characters of a text that is read again. */
const LONGEST = 1000

export function readSetupScript(text: string, module?: ModulePlace): SetupScript {
  const state = runScript(text, module)
  const { broken } = state.tree
  return {
    reads: state.reads,
    asks: state.asks,
    broken: broken === undefined ? undefined : state.positionOf(broken),
    setup: setupOf(state),
  }
}

function setupOf(state: ScriptState): Setup | undefined {
  const [only, ...others] = state.setups
  if (!only || others.length > 0) return undefined
  const { call, values } = only
  const givenTo = (keyword: string): Value => values.get(keyword) ?? UNKNOWN
  const argument = (name: string) => call.args.find(one => one.name === name)
  return {
    ...state.positionOf(call.at),
    keywords: new Set(values.keys()),
    isOpen: only.isOpen,
    given(keyword) {
      const value = values.get(keyword)
      return value && asGiven(state, value)
    },
    keyword(name) {
      const at = argument(name)?.value.at
      if (at === undefined) return undefined
      const before = state.text.slice(Math.max(0, at - LONGEST), at)
      const from = before.search(new RegExp(`\\b${name}\\s*=[\\s(]*$`))
      return from < 0 ? undefined : { text: name, mark: undefined, ...state.positionOf(at - before.length + from) }
    },
    valueAt(name) {
      const at = argument(name)?.value.at
      return at === undefined ? undefined : state.positionOf(at)
    },
    text: keyword => asSaid(state, givenTo(keyword), call.at),
    list(keyword) {
      const value = givenTo(keyword)
      if (value.kind !== 'list' || !value.whole) return undefined
      const items = value.items.flatMap(item => asSaid(state, item, call.at) ?? [])
      return items.length === value.items.length ? items : undefined
    },
    dict(keyword) {
      const value = givenTo(keyword)
      if (value.kind !== 'dict') return undefined
      const items = [...value.items].flatMap(([key, item]) => {
        const text = item.kind === 'text' ? item.text : state.pathOf(item)
        return text === undefined ? [] : [[key, text] as const]
      })
      return items.length === value.items.size ? new Map(items) : undefined
    },
    dataFiles: itemsOf(givenTo('data_files')).flatMap(row =>
      itemsOf(itemsOf(row)[1] ?? UNKNOWN).flatMap(file => asSaid(state, file, call.at) ?? []),
    ),
    entryPoints: entryPointsOf(givenTo('entry_points')),
    search: state.searches.get(argument('packages')?.value.at ?? -1),
    sources: sourcesOf(state, givenTo('ext_modules')),
  }
}

/** A text, or a path at the place of what it is given to. */
function asSaid(state: ScriptState, value: Value, at: number): Said | undefined {
  if (value.kind === 'text') return state.said(value.text, value.at)
  const path = state.pathOf(value)
  return path === undefined ? undefined : state.said(path, at)
}

function sourcesOf(state: ScriptState, modules: Value): Setup['sources'] {
  const extensions = modules.kind === 'extension' ? [modules] : itemsOf(modules)
  return extensions.flatMap(one => {
    if (one.kind !== 'extension' || one.isOptional) return []
    const there = itemsOf(one.sources).filter(file => !state.isWritten(state.pathOf(file) ?? ''))
    return there.flatMap(file => {
      const said = asSaid(state, file, one.at)
      return said ? [{ ...said, isAlone: one.isAlone }] : []
    })
  })
}

function asGiven(state: ScriptState, value: Value, depth = 0): Given {
  if (value.kind === 'text') return { kind: 'text', ...placed(state, value.text, value.at) }
  if (value.kind === 'literal')
    return { kind: 'literal', text: value.text, mark: undefined, ...state.positionOf(value.at) }
  if (value.kind === 'content') return value
  if (value.kind === 'list' && depth < DEEPEST) {
    const items = value.items.map(item => asGiven(state, item, depth + 1))
    return { kind: 'list', items, isWhole: value.whole, form: value.form }
  }
  if (value.kind !== 'dict' || depth >= DEEPEST) return { kind: 'unknown' }
  const items = [...value.items].flatMap(([key, item]): (readonly [Written, Given])[] => {
    const at = value.keys?.get(key)
    return at === undefined ? [] : [[placed(state, key, at), asGiven(state, item, depth + 1)]]
  })
  return { kind: 'dict', items }
}

/** A literal by its first character: what is between its quotes. */
function placed({ text, positionOf }: ScriptState, value: string, at: number): Written {
  const [all = '', quote = ''] = STRING_START.exec(text.slice(at, at + LONGEST)) ?? []
  const start = at + all.length
  if (text.startsWith(value, start)) return { text: value, mark: undefined, ...positionOf(start) }
  const rest = text.slice(start, start + LONGEST).split('\n', 1)[0] ?? ''
  const end = quote === '' ? -1 : rest.indexOf(quote)
  return { text: value, mark: end < 0 ? rest.slice(0, 1) : rest.slice(0, end), ...positionOf(start) }
}

const STRING_START = /^[A-Za-z]{0,2}("""|'''|"|')/
