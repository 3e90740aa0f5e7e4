import common from '../../rules/registry/common.js'
import releases from '../../rules/registry/releases.js'
import type { AnyRule } from '../rule.js'
import type { Choice } from '../selection.js'
import type { Target } from './files.js'

export interface RuleSet {
  readonly rules: readonly AnyRule[]
  /** Those about binaries and sdists are not among them. */
  readonly partial: boolean
}

/** Every rule. */
export async function allRules(): Promise<RuleSet> {
  const { RULES } = await import('../../rules/registry/index.js')
  return { rules: RULES, partial: false }
}

/**
 * The rules that can say something about these files, so that a small wheel does not wait for the others to load. `all`:
 * whatever the files are.
 */
export async function rulesFor(targets: readonly Target[], { all }: { readonly all: boolean }): Promise<RuleSet> {
  const [only, ...more] = targets
  const pureWheel = only !== undefined && more.length === 0 && only.filename.endsWith('-any.whl')
  return pureWheel && !all ? { rules: [...common, ...releases], partial: true } : allRules()
}

/** Does the choice name rules or topics? */
export const namesRules = (choice: Choice): boolean =>
  [choice.select, choice.also, choice.ignore, Object.keys(choice.severity ?? {})].some(
    words => (words?.length ?? 0) > 0,
  )
