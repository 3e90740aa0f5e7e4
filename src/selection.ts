import type { Need } from './distribution/read.js'
import { isRefusal, type Severity } from './finding.js'
import type { AnyRule, Topic } from './rule.js'

/** `pypi`: only what an upload made with twine fails on; `strict`: style and hardening too. */
export type Profile = 'pypi' | 'default' | 'strict'

export const PROFILES: readonly Profile[] = ['pypi', 'default', 'strict']

/** Which rules run. Each text is a rule id (also a former one), a topic, or `ALL`. */
export interface Choice {
  readonly profile?: Profile | undefined
  readonly preview?: boolean | undefined
  readonly select?: readonly string[] | undefined
  /** On top of `select` or of what the profile has. */
  readonly also?: readonly string[] | undefined
  readonly ignore?: readonly string[] | undefined
  /** Severity by rule id or topic; `off` is the same as ignoring it. */
  readonly severity?: Readonly<Record<string, Severity | 'off'>> | undefined
}

export interface Selection {
  readonly rules: readonly AnyRule[]
  readonly needs: ReadonlySet<Need>
  /** Rules about refusals that were not chosen, where a chosen one needs to know which files are refused. */
  readonly silent: readonly AnyRule[]
  /** What it was made of. */
  readonly choice: Choice
  readonly profile: Profile
  readonly preview: boolean
  severityOf(rule: AnyRule): Severity | undefined
  /** Are strict findings of a rule wanted? With the profile, or where the rule was selected by name. */
  isStrict(rule: AnyRule): boolean
}

const NAMED = 3

/** How narrow a word is: an id beats a topic, a topic beats `ALL`. 0: it does not name the rule. */
function narrowness(word: string, rule: AnyRule): number {
  if (word === rule.id || rule.formerly?.includes(word)) return NAMED
  if (word === rule.topic) return 2
  return word === 'ALL' ? 1 : 0
}

const narrowest = (words: readonly string[] | undefined, rule: AnyRule): number =>
  Math.max(0, ...(words ?? []).map(word => narrowness(word, rule)))

/** The rules that run: the narrower of `select` and `ignore` wins, and `ignore` where they tie. */
export function chooseRules(rules: readonly AnyRule[], choice: Choice = {}): Selection {
  const profile = choice.profile ?? 'default'
  const preview = choice.preview ?? false
  const severities = choice.severity ?? {}
  const severityOf = (rule: AnyRule) => {
    const word = Object.keys(severities)
      .filter(key => narrowness(key, rule) > 0)
      .sort((a, b) => narrowness(b, rule) - narrowness(a, rule))[0]
    return word === undefined ? undefined : severities[word]
  }
  const selectedAs = (rule: AnyRule) => Math.max(narrowest(choice.select, rule), narrowest(choice.also, rule))
  const isStrict = (rule: AnyRule) => profile === 'strict' || selectedAs(rule) === NAMED
  const runs = (rule: AnyRule): boolean => {
    const selected = selectedAs(rule)
    if (severityOf(rule) === 'off' || narrowest(choice.ignore, rule) >= Math.max(1, selected)) return false
    if (selected === NAMED) return true
    if (choice.select !== undefined && selected === 0) return false
    if (rule.status === 'preview' && !preview) return false
    if (rule.status === 'strict' && !isStrict(rule)) return false
    return profile !== 'pypi' || rule.always === true || isRefusal(rule)
  }
  const chosen = rules.filter(runs)
  const silent = chosen.some(rule => rule.needs?.includes('refusals'))
    ? rules.filter(rule => isRefusal(rule) && (rule.status ?? 'stable') === 'stable' && !chosen.includes(rule))
    : []
  return {
    rules: chosen,
    needs: new Set([...chosen, ...silent].flatMap(rule => rule.needs ?? [])),
    silent,
    choice,
    profile,
    preview,
    severityOf: rule => {
      const found = severityOf(rule)
      return found === 'off' ? undefined : found
    },
    isStrict,
  }
}

/** What tells of the metadata: the directory of a wheel and the texts of its dist-info, PKG-INFO of an sdist. */
const OF_METADATA: Readonly<Record<'wheel' | 'sdist', readonly Topic[]>> = {
  wheel: ['dependencies', 'description', 'entry-points', 'filename', 'license', 'metadata', 'tags', 'wheel'],
  sdist: ['dependencies', 'description', 'filename', 'metadata'],
}
/** Facts that come from more; the Python files of a wheel can be read without the others. */
const OF_CONTENTS: Readonly<Record<'wheel' | 'sdist', readonly Need[]>> = {
  wheel: ['native', 'python-scan', 'license-texts', 'whole-wheel'],
  sdist: ['native', 'python-scan', 'license-texts', 'whole-sdist', 'python-imports'],
}

/** Does a rule look at more of such a file than tells of its metadata? `needs` says so where its topic does not. */
export const readsWhole = ({ applies, topic, needs = [] }: AnyRule, kind: 'wheel' | 'sdist'): boolean =>
  (applies.includes(kind) || applies.includes('release')) &&
  (!OF_METADATA[kind].includes(topic) || needs.some(need => OF_CONTENTS[kind].includes(need)))

/** Is a part of such a file enough, where that can be had? What PyPI's upload looks at beyond it is not worth all the bytes. */
export const readsPart = ({ profile, rules }: Selection, kind: 'wheel' | 'sdist'): boolean =>
  profile === 'pypi' || !rules.some(rule => readsWhole(rule, kind))

/** The words of a choice that name nothing. */
export function unknownWords(words: readonly string[], rules: readonly AnyRule[]): readonly string[] {
  return words.filter(word => !rules.some(rule => narrowness(word, rule) > 0))
}
