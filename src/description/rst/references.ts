import { unsure } from './unsure.js'

/** Targets, references, footnotes and substitutions of one text. */
export interface References {
  /** What a name stands for; undefined once two implicit targets have it. */
  readonly targets: Map<string, Named>
  /** Names that something refers to: each needs a target. */
  readonly wanted: Set<string>
  /** Names that a target stands for in turn. */
  readonly indirect: Set<string>
  readonly substitutions: Map<string, Substitution>
  readonly wantedSubstitutions: Set<string>
  /** Names of footnotes and citations; those of numbered footnotes begin with `#`. */
  readonly notes: Set<string>
  readonly wantedNotes: Set<string>
  anonymousTargets: number
  anonymousReferences: number
  unlabelledFootnotes: number
  unlabelledReferences: number
  symbolFootnotes: number
  symbolReferences: number
  /** Harmless messages so far. */
  messages: number
}

interface Named {
  target: Target | undefined
  isExplicit: boolean
}

export interface Target {
  readonly isExplicit: boolean
  /** Where it leads, if it leads elsewhere: two targets of one name may lead to the same place. */
  readonly uri?: string
  /** The name that it stands for. */
  readonly refname?: string
}

interface Substitution {
  readonly hasNested: boolean
}

export function noReferences(): References {
  return {
    targets: new Map(),
    wanted: new Set(),
    indirect: new Set(),
    substitutions: new Map(),
    wantedSubstitutions: new Set(),
    notes: new Set(),
    wantedNotes: new Set(),
    anonymousTargets: 0,
    anonymousReferences: 0,
    unlabelledFootnotes: 0,
    unlabelledReferences: 0,
    symbolFootnotes: 0,
    symbolReferences: 0,
    messages: 0,
  }
}

/**
 * A target gets a name. Two explicit ones of a name are a problem, an explicit one takes the name from implicit ones, and
 * implicit ones take it from each other.
 * @returns whether docutils adds a harmless message
 */
export function addTarget(references: References, name: string, target: Target): boolean {
  if (target.refname !== undefined) references.indirect.add(target.refname)
  const known = references.targets.get(name)
  if (!known) {
    references.targets.set(name, { target, isExplicit: target.isExplicit })
    return false
  }
  const old = known.target
  const wasExplicit = known.isExplicit
  known.isExplicit ||= target.isExplicit
  const isSame =
    (target.refname !== undefined && target.refname === old?.refname) ||
    (target.uri !== undefined && target.uri === old?.uri)
  if (old && isSame) return true
  if (target.isExplicit && wasExplicit) unsure('duplicate explicit target')
  if (target.isExplicit) {
    known.target = target
    return old !== undefined
  }
  if (!wasExplicit) known.target = undefined
  return true
}

const MAX_CHAIN = 20

/** Does a name lead to a target, perhaps by way of others? */
function isReachable(references: References, wanted: string): boolean {
  let name = wanted
  for (let step = 0; step < MAX_CHAIN; step++) {
    const target = references.targets.get(name)?.target
    if (!target) return false
    if (target.refname === undefined) return true
    name = target.refname
  }
  return false
}

/** Gives up when anything is referred to that is not there. */
export function checkReferences(references: References): void {
  for (const name of references.wanted) if (!isReachable(references, name)) unsure('unknown target')
  for (const name of references.indirect) if (!isReachable(references, name)) unsure('unknown indirect target')
  for (const name of references.wantedNotes) if (!references.notes.has(name)) unsure('unknown footnote')
  if (references.anonymousReferences !== references.anonymousTargets) unsure('anonymous references')
  if (references.unlabelledReferences > references.unlabelledFootnotes) unsure('too few footnotes')
  if (references.symbolReferences > references.symbolFootnotes) unsure('too few footnotes')
  const lowered = new Map([...references.substitutions].map(([name, one]) => [name.toLowerCase(), one]))
  for (const name of references.wantedSubstitutions)
    if (!(references.substitutions.get(name) ?? lowered.get(name.toLowerCase()))) unsure('unknown substitution')
  // Definitions that use others may go round in circles, or grow without bounds.
  for (const { hasNested } of references.substitutions.values()) if (hasNested) unsure('nested substitution')
}
