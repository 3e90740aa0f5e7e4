import { type Config, EMPTY_CONFIG } from './config/config.js'
import { ignoreComments } from './config/ignores.js'
import { groupByProject } from './distribution/grouping.js'
import type { Project } from './project/project.js'
import type { AnyRule } from './rule.js'
import type { Outcome } from './run.js'
import type { Choice } from './selection.js'

interface RuleSet {
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

/** What decides which rules a file needs. */
interface Named {
  readonly filename: string
  /** It is a source tree. */
  readonly tree?: unknown
}

export async function everyRule(): Promise<readonly AnyRule[]> {
  return (await import('../rules/registry/index.js')).RULES
}

/**
 * Audits files with the rules that have something to say of them: a lone pure wheel, or a source tree, does not wait for the others
 * to load. Gives those that ran too.
 */
export async function withRulesFor(
  files: readonly Named[],
  wishes: Wishes,
  audit: (rules: readonly AnyRule[]) => Promise<Outcome>,
): Promise<{ readonly rules: readonly AnyRule[]; readonly outcome: Outcome }> {
  const { rules, partial } = await rulesFor(files, wishes)
  const outcome = await audit(rules)
  if (!(partial && outcome.binaries)) return { rules, outcome }
  // Binaries, against their names: their rules are wanted after all.
  const every = await everyRule()
  return { rules: every, outcome: await audit(every) }
}

async function rulesFor(files: readonly Named[], wishes: Wishes): Promise<RuleSet> {
  // The comments of the first tree alone are known here.
  const areTrees = files.length === 1 && files.every(({ tree }) => tree)
  if (!(areTrees || areLonePureWheels(files)) || wishes.compared || mayName(wishes))
    return { rules: await everyRule(), partial: false }
  if (areTrees) {
    const { SOURCE_TREE_RULES } = await import('../rules/registry/source-trees.js')
    return { rules: SOURCE_TREE_RULES, partial: true }
  }
  const { PURE_WHEEL_RULES } = await import('../rules/registry/pure-wheels.js')
  return { rules: PURE_WHEEL_RULES, partial: true }
}

const areLonePureWheels = (files: readonly Named[]): boolean =>
  files.every(({ filename }) => filename.endsWith('-any.whl')) &&
  groupByProject(files, ({ filename }) => filename).every(alike => alike.length === 1)

/** Names are checked against every rule. The profile `pypi` has no rule that looks for binaries but those left out. */
const mayName = ({ choice: { profile, preview, ...words }, config, project }: Wishes): boolean =>
  profile === 'pypi' ||
  Object.values(words).some(list => list !== undefined && Object.keys(list).length > 0) ||
  (config !== undefined && config !== EMPTY_CONFIG) ||
  [...(project?.files ?? [])].some(([path, text]) => ignoreComments(path, text).length > 0)
