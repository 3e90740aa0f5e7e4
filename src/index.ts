/**
 * The library: audits wheels and sdists without installing, importing or unpacking them.
 *
 * @example
 * import { audit } from 'distaudit'
 * const report = await audit(['dist/demo-1.0-py3-none-any.whl'])
 * console.log(report.summary.rejectedByPyPI)
 */
import { RULES } from '../rules/registry/index.js'
import type { Limits } from './archive/limits.js'
import { findConfig, readBaseline } from './config/file.js'
import { renderOnNode } from './description/render-node.js'
import { type ExpandOptions, expandPath, givenTargets, nothingIn } from './inputs.js'
import {
  type Audited,
  auditGiven,
  blobSource,
  bytesSource,
  COMMON_KINDS,
  type CommonOptions,
  givenBytes,
  LIMIT_KINDS,
  type NamedBytes,
  UsageError,
} from './library.js'
import { checkInputs, checkOptions, type KindsOf } from './option-kinds.js'
import { loadProject } from './project/load.js'
import type { Report } from './report/report.js'
import type { Given } from './run.js'
import type { Comparison } from './show/difference.js'
import type { Shown } from './show/shown.js'

export type * from './library.js'
export type { Given } from './run.js'
export type * from './show/difference.js'
export type * from './show/shown.js'
export { blobSource, bytesSource, UsageError }

/** Every rule, sorted by topic and id. */
export const rules = RULES

/**
 * A file to audit: a path, a Blob with a name (a browser's File), bytes under a name, or a file of `distaudit/remote`. A directory
 * means its distributions, those in subdirectories too, and a pattern (`dist/*.whl`) the files that match it.
 */
export type AuditInput = string | NamedBytes | Given

export interface AuditOptions extends CommonOptions {
  /** Files of earlier releases, to compare with: they are not judged. */
  readonly compareWith?: readonly AuditInput[] | undefined
  /**
   * A file of known findings, as the command's `--write-baseline` writes it: they are counted and left out. An array is the former
   * name of `compareWith`.
   */
  readonly baseline?: string | readonly AuditInput[] | undefined
  /**
   * The folder of the project's source tree: findings point to its files, its ignore comments count, and the rules about
   * what git tracks run. Default: none.
   */
  readonly project?: string | undefined
  /** A distaudit.toml or pyproject.toml. What the other options say wins. Default: none. */
  readonly config?: string | undefined
}

/**
 * Audits files together: each by itself, and those of one project and version as a release. A damaged or unreadable file is a
 * finding, and so is one whose source fails or lies; a bug in distaudit itself is in `internalErrors`. The report is the one that
 * the command gives with the same options.
 * @throws UsageError for a path that does not exist, a rule that does not exist, or a configuration with a problem.
 */
export const audit = async (inputs: readonly AuditInput[], options: AuditOptions = {}): Promise<Report> =>
  (await outcomeOf(inputs, options)).outcome.report

/**
 * The HTML report of files, as `distaudit --format html` writes it: one page that loads nothing.
 * @throws UsageError as `audit` does.
 */
export async function html(inputs: readonly AuditInput[], options: AuditOptions = {}): Promise<string> {
  const { outcome, rules } = await outcomeOf(inputs, options, true)
  const { htmlReport } = await import('./report/html-on-node.js')
  return htmlReport(outcome.report, { rules, judged: outcome.judged })
}

async function outcomeOf(inputs: readonly AuditInput[], options: AuditOptions, contents = false): Promise<Audited> {
  checkOptions(options, KINDS)
  const { compareWith, baseline, project, config, ...common } = options
  const earlier = compareWith ?? (typeof baseline === 'string' ? undefined : baseline)
  const known = typeof baseline === 'string' ? baseline : undefined
  const read = config === undefined ? undefined : (await findConfig(config, '.')).config
  const preview = common.preview === true || read?.preview === true
  const tell = common.onNote ?? (() => {})
  return auditGiven(await givenOf(inputs, { preview }, tell), common, {
    render: renderOnNode,
    contents,
    config: read,
    baseline: earlier && (await givenOf(earlier, {}, tell)),
    known: known === undefined ? undefined : { file: known, entries: await readBaseline(known) },
    project: project === undefined ? undefined : await loadProject(project, '.'),
  })
}

const KINDS: KindsOf<AuditOptions> = {
  ...COMMON_KINDS,
  compareWith: 'list',
  baseline: 'string or list',
  project: 'string',
  config: 'string',
}

/** What may be set for `show` and `diff`. */
export interface ShowOptions {
  readonly limits?: Partial<Limits> | undefined
  /** Told what could not be done as asked. */
  readonly onNote?: ((text: string) => void) | undefined
}

/**
 * What is in wheels and sdists, as `distaudit show --format json` says it. A damaged file says what can be read of it, and its
 * `problems`.
 * @throws UsageError for a path that does not exist.
 */
export async function show(inputs: readonly AuditInput[], options: ShowOptions = {}): Promise<readonly Shown[]> {
  const { inspect } = await import('./inspect/inspect.js')
  checkOptions(options, SHOW_KINDS)
  const shown: Shown[] = []
  for (const file of await builtOf(inputs, options))
    shown.push(await inspect(file, { limits: options.limits, md5: true, render: renderOnNode }))
  return shown
}

const SHOW_KINDS: KindsOf<ShowOptions> = { limits: LIMIT_KINDS, onNote: 'function' }

export interface DiffOptions extends ShowOptions {
  /** Patterns of the files whose texts are compared: `**` for all of them. */
  readonly text?: readonly string[] | undefined
}

/**
 * What differs between two files, or two directories of files, as `distaudit diff --format json` says it.
 * @throws UsageError for a path that does not exist.
 */
export async function diff(
  old: AuditInput | readonly AuditInput[],
  now: AuditInput | readonly AuditInput[],
  options: DiffOptions = {},
): Promise<Comparison> {
  const { compareGiven } = await import('./inspect/compare.js')
  checkOptions(options, { ...SHOW_KINDS, text: 'strings' })
  const all = (input: AuditInput | readonly AuditInput[]) => (isList(input) ? input : [input])
  const { limits, text } = options
  return compareGiven(await builtOf(all(old), options), await builtOf(all(now), options), { limits, text })
}

const isGiven = (input: AuditInput): input is Given => typeof (input as Partial<Given> | null)?.open === 'function'

const isList = (input: AuditInput | readonly AuditInput[]): input is readonly AuditInput[] => Array.isArray(input)

/** The files that inputs mean, without source trees: what is in them is not built yet. */
async function builtOf(inputs: readonly AuditInput[], { onNote }: ShowOptions): Promise<readonly Given[]> {
  const given = await givenOf(inputs, {}, onNote ?? (() => {}))
  return given.filter(one => !('tree' in one && one.tree))
}

/** A file that two paths name is one, as for the command. */
async function givenOf(
  inputs: readonly AuditInput[],
  options: ExpandOptions,
  tell: (note: string) => void,
): Promise<readonly Given[]> {
  checkInputs(inputs)
  const given = new Map<AuditInput, Given>()
  for (const input of inputs) {
    if (typeof input !== 'string') {
      given.set(input, isGiven(input) ? input : givenBytes(input))
      continue
    }
    const { targets, notes } = await expandPath(input, options)
    notes.forEach(tell)
    for (const one of givenTargets(targets)) given.set(one.path, one)
  }
  if (given.size === 0 && inputs.length > 0) throw await nothingIn(inputs.filter(input => typeof input === 'string'))
  return [...given.values()]
}
