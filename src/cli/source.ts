import { type IgnoreComment, ignoreComments } from '../config/ignores.js'
import type { Finding } from '../finding.js'
import { projectNames, sourceLocator } from '../project/locate.js'
import type { TrackedFiles } from '../project/tracked.js'
import type { Report } from '../report/report.js'
import { noSourceContext, type SourceContext } from '../report/source-context.js'
import type { AnyRule } from '../rule.js'
import { readGitIndex } from './git-index.js'
import { UsageError } from './options.js'
import { loadSourceTree } from './source-root.js'

/** The project's own files, as the command uses them. */
export interface Source {
  /** The report with `location.source` set where the project's files produced what a finding is about. */
  locate(report: Report, rules: readonly AnyRule[]): Report
  /** Ignore comments in the project's files. */
  readonly comments: readonly IgnoreComment[]
  readonly context: SourceContext
  /** What git tracks there; undefined when no root was given, or git does not say. */
  tracked(): Promise<TrackedFiles | undefined>
}

/**
 * Reads the project around `root`, or around the working directory when no root is given.
 * @throws UsageError when a given root is no directory.
 */
export async function loadSource(root: string | undefined, cwd: string): Promise<Source> {
  const tree = await loadSourceTree(root ?? cwd).catch((error: Error) => {
    if (root === undefined) return undefined
    throw new UsageError(`The source root '${root}' cannot be read: ${error.message}.`)
  })
  if (!tree) return { locate: report => report, comments: [], context: noSourceContext, tracked: async () => undefined }
  const locator = sourceLocator(tree)
  return {
    locate(report, rules) {
      const topics = new Map(rules.map(({ id, topic }) => [id, topic]))
      const place = (finding: Finding, project: string | null): Finding => {
        const { field, value } = finding.location
        const source = locator({ field, value, topic: topics.get(finding.rule) }, project)
        return source ? { ...finding, location: { ...finding.location, source } } : finding
      }
      const placeAll = <T extends { readonly name: string | null; readonly findings: readonly Finding[] }>(
        one: T,
      ): T => ({ ...one, findings: one.findings.map(finding => place(finding, one.name)) })
      return {
        ...report,
        distributions: report.distributions.map(placeAll),
        releases: report.releases.map(placeAll),
      }
    },
    comments: [...tree.files].flatMap(([path, text]) => [...ignoreComments(path, text)]),
    context: tree.context,
    async tracked() {
      // A tree that was only found around the working directory is no order to compare with it.
      const index = root === undefined ? undefined : await readGitIndex(tree.root)
      return index && { ...index, folder: tree.folder, names: projectNames(tree) }
    },
  }
}
