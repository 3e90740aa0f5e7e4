import { DEFAULT_LIMITS, type Limits } from './archive/limits.js'
import type { Demands } from './demands.js'
import { checkInputs, type KindsOf } from './option-kinds.js'
import type { AnyRule } from './rule.js'
import { withRulesFor } from './rule-set.js'
import { type Given, type Outcome, type RunOptions, run } from './run.js'
import { type Choice, PROFILES } from './selection.js'
import { blobSource } from './source/blob.js'
import { foreignSource } from './source/checked.js'
import type { ByteSource } from './source/source.js'
import { UsageError } from './usage-error.js'

export type { Limits } from './archive/limits.js'
export type { Demands } from './demands.js'
export type { Distribution, Release, Sdist, UnknownFile, Wheel } from './distribution/distribution.js'
export type { Example, ExampleFile } from './example.js'
export type {
  Change,
  Draft,
  Edit,
  Enforcer,
  Finding,
  Place,
  Related,
  Remedy,
  Severity,
  SourceLocation,
} from './finding.js'
export type { PlatformReport as Platform } from './platform/platform.js'
export type { Report, ReportDistribution, ReportRelease, Summary } from './report/report.js'
export type { Rule, Subject, Topic } from './rule.js'
export type { Choice, Profile } from './selection.js'
export { blobSource } from './source/blob.js'
export { type ByteSource, bytesSource } from './source/source.js'
export { UsageError } from './usage-error.js'

/** A file to audit that is not a path: a File, a Blob under a name, or bytes from anywhere under a name. */
export type NamedBytes =
  | (Blob & { readonly name: string })
  | { readonly name: string; readonly blob: Blob }
  | { readonly name: string; readonly source: ByteSource }

/** The options that mean the same everywhere. */
export interface CommonOptions extends Choice, Demands {
  readonly limits?: Partial<Limits> | undefined
  /** False: the ignores of the configuration and of comments are not applied. */
  readonly ignores?: boolean | undefined
  /** The day that ignores with a last day are judged by, `2026-11-29`. Default: today in UTC. */
  readonly today?: string | undefined
  /** Told what could not be done as asked: ignores that match nothing, earlier releases that cannot be read. */
  readonly onNote?: ((text: string) => void) | undefined
}

/** What a program that is small left out of the rules, by their ids. */
export type RuleTexts = Readonly<Record<string, Partial<AnyRule>>>

/** @throws UsageError for an input that is none. */
export function givenBytes(input: NamedBytes): Given {
  const name: unknown = (input as Partial<NamedBytes> | null)?.name
  if (typeof name !== 'string')
    throw new UsageError('An input is a path, a Blob with a name, or a name with a `blob` or a `source`.')
  const filename = name.replace(/^.*[/\\]/s, '')
  const open = async () => {
    const source = foreignSource('source' in input ? input.source : blobSource('blob' in input ? input.blob : input))
    return { path: name, filename, source }
  }
  return { path: name, filename, open }
}

export interface Audited {
  readonly outcome: Outcome
  /** Those that had something to look for. */
  readonly rules: readonly AnyRule[]
}

export const LIMIT_KINDS = Object.fromEntries(
  Object.keys(DEFAULT_LIMITS).map(name => [name, 'number']),
) as KindsOf<Limits>

export const COMMON_KINDS: KindsOf<CommonOptions> = {
  profile: 'string',
  preview: 'boolean',
  select: 'strings',
  also: 'strings',
  ignore: 'strings',
  severity: 'object',
  limits: LIMIT_KINDS,
  ignores: 'boolean',
  today: 'string',
  onNote: 'function',
  expected: { wheel: 'strings', sdist: 'strings' },
  topLevel: 'strings',
  atMost: { size: 'number', unpackedSize: 'number', files: 'number' },
}

/** @throws UsageError for inputs that are none. */
export function givenInputs(inputs: Iterable<NamedBytes>): readonly Given[] {
  checkInputs(inputs)
  return Array.from(inputs, givenBytes)
}

/** Runs every rule that is chosen, and tells the notes. */
export async function auditGiven(
  given: readonly Given[],
  { limits, ignores, today, onNote, expected, topLevel, atMost, ...choice }: CommonOptions,
  own: Pick<RunOptions, 'render' | 'config' | 'baseline' | 'known' | 'project' | 'engine' | 'contents'>,
  texts: RuleTexts = {},
): Promise<Audited> {
  const { profile } = choice
  if (profile !== undefined && !PROFILES.includes(profile))
    throw new UsageError(`profile takes ${PROFILES.join(', ')}, not '${String(profile)}'.`)
  const demands = {
    ...(expected && { expected }),
    ...(topLevel && { topLevel }),
    ...(atMost && { atMost }),
  }
  const wishes = { choice, config: own.config, project: own.project, compared: own.baseline !== undefined }
  const done = await withRulesFor(given, wishes, rules => {
    for (const rule of rules) Object.assign(rule, texts[rule.id])
    return run(given, { rules, choice, demands, limits, ignores, today, edits: true, ...own })
  })
  for (const note of done.outcome.notes) onNote?.(note)
  return done
}
