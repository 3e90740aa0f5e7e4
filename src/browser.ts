/**
 * The library without Node: audits files that a page or a worker has at hand.
 *
 * @example
 * import { audit } from 'distaudit/browser'
 * const report = await audit(input.files)
 * console.log(report.summary.rejectedByPyPI)
 */
import type { Limits } from './archive/limits.js'
import { configOf } from './config/config.js'
import { type RstRenderer, renderWith } from './description/render.js'
import { nativeInflater } from './inflater-browser.js'
import {
  type Audited,
  auditGiven,
  COMMON_KINDS,
  type CommonOptions,
  givenInputs,
  LIMIT_KINDS,
  type NamedBytes,
  type RuleTexts,
} from './library.js'
import { checkOptions, type KindsOf } from './option-kinds.js'
import type { Project } from './project/project.js'
import type { HtmlOptions, PageCode } from './report/html.js'
import type { Report } from './report/report.js'
import type { AnyRule } from './rule.js'
import { everyRule } from './rule-set.js'
import { inThisThread } from './run.js'
import type { Comparison } from './show/difference.js'
import type { Shown } from './show/shown.js'
import { sha256OfSource } from './source/digest.js'
import type { ByteSource } from './source/source.js'
import { timeUntil } from './time.js'

export type { RstRenderer, RstRendering } from './description/render.js'
export type * from './library.js'
export { blobSource, bytesSource, UsageError } from './library.js'
export { type Project, projectOf } from './project/project.js'
export type { PageCode } from './report/html.js'
export type * from './show/difference.js'
export type * from './show/shown.js'

/** Every rule, sorted by topic and id: an audit loads only those that its files need. */
export const rules: () => Promise<readonly AnyRule[]> = everyRule

export interface AuditOptions extends CommonOptions {
  /** Files of earlier releases, to compare with: they are not judged. */
  readonly compareWith?: Iterable<NamedBytes> | undefined
  /** The former name of `compareWith`. */
  readonly baseline?: Iterable<NamedBytes> | undefined
  /**
   * The texts of the project's source tree, see `projectOf`: findings point to its files, and its ignore comments count.
   * Default: none.
   */
  readonly project?: Project | undefined
  /** A distaudit.toml or pyproject.toml: its name, which says which of the two it is, and its text. Default: none. */
  readonly config?: { readonly name: string; readonly text: string } | undefined
  /**
   * Docutils, as PyPI configures it, for descriptions in reStructuredText that may not render. Without it the finding
   * `description-not-checked` says that they were not checked.
   */
  readonly renderer?: RstRenderer | undefined
}

/**
 * Audits files together: each by itself, and those of one project and version as a release. A damaged or unreadable file is a
 * finding, and so is one whose source fails or lies; a bug in distaudit itself is in `internalErrors`. The report is the one of
 * the library on Node with the same options.
 * @throws UsageError for a rule that does not exist, or a configuration with a problem.
 */
export async function audit(inputs: Iterable<NamedBytes>, options: AuditOptions = {}): Promise<Report> {
  return (await outcomeOf(inputs, options, false)).outcome.report
}

function outcomeOf(
  inputs: Iterable<NamedBytes>,
  options: AuditOptions,
  contents: boolean,
  texts?: RuleTexts,
): Promise<Audited> {
  checkOptions(options, KINDS)
  const { compareWith, baseline, project, config, renderer, ...common } = options
  const earlier = compareWith ?? baseline
  const own = {
    render: renderWith(starting(renderer)),
    config: config && configOf(config.name, config.text),
    baseline: earlier && givenInputs(earlier),
    project,
    engine: inThisThread(nativeInflater()),
    contents,
  }
  return auditGiven(givenInputs(inputs), common, own, texts)
}

const KINDS: KindsOf<AuditOptions> = {
  ...COMMON_KINDS,
  compareWith: 'list',
  baseline: 'list',
  project: 'object',
  config: 'object',
  renderer: 'object',
}

const starting = (renderer: RstRenderer | undefined) => async () => {
  if (!renderer) throw new Error('docutils does not run here')
  return renderer
}

export interface PageOptions extends AuditOptions {
  /** The texts of `distaudit/page/page.js`, `page.css` and `frame.css`: what runs in the page, and how it looks. */
  readonly code: PageCode
  /** Texts of the rules that a small program left out of them. Default: the rules have their texts. */
  readonly texts?: RuleTexts | undefined
}

/** Audits as `audit` does, and also gives the page that `distaudit --format html` writes. */
export async function auditPage(
  inputs: Iterable<NamedBytes>,
  { code, texts, ...options }: PageOptions,
): Promise<{ readonly report: Report; readonly html: string }> {
  const {
    outcome: { report, judged },
    rules,
  } = await outcomeOf(inputs, options, true, texts)
  const [{ descriptionHtml }, { renderHtml }] = await Promise.all([
    import('./description/html.js'),
    import('./report/html.js'),
  ])
  const describe: HtmlOptions['describe'] = async ({ type, text }) => ({
    ...(await descriptionHtml(text, type ?? undefined, starting(options.renderer))),
    text,
  })
  return { report, html: await renderHtml(report, { rules, code, judged, describe }) }
}

/**
 * SHA-256 of a source as hex, or undefined when it takes more than so many milliseconds. For a worker that hashes a file while another
 * one audits it: see `ByteSource.sha256`.
 */
export const sha256 = (source: ByteSource, milliseconds: number): Promise<string | undefined> =>
  sha256OfSource(
    source,
    timeUntil(performance.now() + milliseconds, () => performance.now()),
  )

/** What the commands print of a report, of files that are shown, and of a comparison. It is loaded when it is asked for. */
export const formats = () => import('./report/formats.js')

/** What may be set for `show` and `diff`. */
export interface ShowOptions {
  readonly limits?: Partial<Limits> | undefined
  /** Docutils, as PyPI configures it: says whether a description in reStructuredText renders. */
  readonly renderer?: RstRenderer | undefined
}

const SHOW_KINDS: KindsOf<ShowOptions> = { limits: LIMIT_KINDS, renderer: 'object' }

/** What is in wheels and sdists, as `distaudit show --format json` says it. */
export async function show(inputs: Iterable<NamedBytes>, options: ShowOptions = {}): Promise<readonly Shown[]> {
  const { inspect } = await import('./inspect/inspect.js')
  checkOptions(options, SHOW_KINDS)
  const { limits, renderer } = options
  const render = renderer && renderWith(async () => renderer)
  const inflater = nativeInflater()
  const shown: Shown[] = []
  for (const file of givenInputs(inputs)) shown.push(await inspect(file, { limits, render, md5: true, inflater }))
  return shown
}

export interface DiffOptions extends ShowOptions {
  /** Patterns of the files whose texts are compared: `**` for all of them. */
  readonly text?: readonly string[] | undefined
}

/** What differs between two releases of one file or more, as `distaudit diff --format json` says it. */
export async function diff(
  old: Iterable<NamedBytes>,
  now: Iterable<NamedBytes>,
  options: DiffOptions = {},
): Promise<Comparison> {
  checkOptions(options, { ...SHOW_KINDS, text: 'strings' })
  const { limits, text } = options
  const { compareGiven } = await import('./inspect/compare.js')
  return compareGiven(givenInputs(old), givenInputs(now), { limits, text, inflater: nativeInflater() })
}
