import { type Config, EMPTY_CONFIG } from '../config/config.js'
import { ignoreComments } from '../config/ignores.js'
import { groupByProject } from '../distribution/grouping.js'
import type { Target } from '../inputs.js'
import type { Project } from '../project/project.js'
import type { AnyRule } from '../rule.js'
import { type Choice, unknownWords } from '../selection.js'
import { didYouMean } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'

export interface RuleSet {
  readonly rules: readonly AnyRule[]
  /** Rules are missing that speak of sdists, of binaries in wheels, and of several files of a project. */
  readonly partial: boolean
}

/** What may name a rule. */
export interface Wishes {
  readonly choice: Choice
  readonly config: Config | undefined
  readonly project: Project | undefined
  /** Files of an earlier release are given to compare with. */
  readonly compared: boolean
}

export async function everyRule(): Promise<RuleSet> {
  const { RULES } = await import('../../rules/registry/index.js')
  return { rules: RULES, partial: false }
}

/** Tells of words on the command line that name nothing, before anything else is looked at. @throws UsageError */
export async function checkChoice({ select = [], ignore = [] }: Choice): Promise<void> {
  const words = [...select, ...ignore]
  if (words.length === 0) return
  const { rules } = await everyRule()
  const unknown = unknownWords(words, rules)
  if (unknown.length > 0) throw new UsageError(unknown.map(word => noRule(word, rules)).join('\n'))
}

/** That a word names no rule or topic, and what may be meant. */
export function noRule(word: string, rules: readonly AnyRule[]): string {
  const names = rules.flatMap(rule => [rule.id, rule.topic, ...(rule.formerly ?? [])])
  return `There is no rule or topic '${word}'.${didYouMean(word, names) || ' `distaudit rules` lists them.'}`
}

/** The rules for these files: a small pure wheel, or a source tree, does not wait for those to load that have nothing to say of it. */
export async function rulesFor(targets: readonly Target[], wishes: Wishes): Promise<RuleSet> {
  // The comments of the first tree alone are known here.
  const areTrees = targets.length === 1 && targets.every(({ tree }) => tree)
  if (!(areTrees || areLonePureWheels(targets)) || wishes.compared || mayName(wishes)) return everyRule()
  if (areTrees) {
    const { SOURCE_TREE_RULES } = await import('../../rules/registry/source-trees.js')
    return { rules: SOURCE_TREE_RULES, partial: true }
  }
  const { PURE_WHEEL_RULES } = await import('../../rules/registry/pure-wheels.js')
  return { rules: PURE_WHEEL_RULES, partial: true }
}

const areLonePureWheels = (targets: readonly Target[]): boolean =>
  targets.every(({ filename }) => filename.endsWith('-any.whl')) &&
  groupByProject(targets, ({ filename }) => filename).every(files => files.length === 1)

/** Names are checked against every rule. The profile `pypi` has no rule that looks for binaries but those left out. */
const mayName = ({ choice: { profile, preview, ...words }, config, project }: Wishes): boolean =>
  profile === 'pypi' ||
  Object.values(words).some(list => list !== undefined && Object.keys(list).length > 0) ||
  (config !== undefined && config !== EMPTY_CONFIG) ||
  [...(project?.files ?? [])].some(([path, text]) => ignoreComments(path, text).length > 0)
