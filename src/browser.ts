/**
 * The library without Node: audits files that a page or a worker has at hand.
 *
 * @example
 * import { audit } from 'distaudit/browser'
 * const report = await audit(input.files)
 * console.log(report.summary.rejectedByPyPI)
 */
import { configOf } from './config/config.js'
import { type RstRenderer, renderWith } from './description/render.js'
import { auditGiven, type CommonOptions, givenBytes, type NamedBytes } from './library.js'
import type { Project } from './project/project.js'
import type { Report } from './report/report.js'

export type { RstRenderer } from './description/render.js'
export type * from './library.js'
export { blobSource, bytesSource, rules, UsageError } from './library.js'
export { type Project, projectOf } from './project/project.js'

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
 * finding, and so is one whose source fails or lies; a fault of distaudit itself is in `internalErrors`. The report is the one of
 * the library on Node with the same options.
 * @throws UsageError for a rule that does not exist, or a configuration with a fault.
 */
export async function audit(inputs: Iterable<NamedBytes>, options: AuditOptions = {}): Promise<Report> {
  const { compareWith, baseline, project, config, renderer, ...common } = options
  const earlier = compareWith ?? baseline
  const startRst = async () => {
    if (!renderer) throw new Error('docutils does not run here')
    return renderer
  }
  return auditGiven(Array.from(inputs, givenBytes), common, {
    render: renderWith(startRst),
    config: config && configOf(config.name, config.text),
    baseline: earlier && Array.from(earlier, givenBytes),
    project,
  })
}
