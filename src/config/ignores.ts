import type { Finding } from '../finding.js'
import type { Report } from '../report/report.js'
import type { AnyRule } from '../rule.js'
import { unknownWords } from '../selection.js'
import { glob } from '../text/glob.js'
import { splitLines } from '../text/lines.js'
import type { IgnoreRule } from './config.js'

/** A comment `# distaudit: ignore[rule-a, rule-b] reason` in the project's own files. */
export interface IgnoreComment {
  readonly path: string
  /** The line it speaks of: its own, or the next one where it stands alone. */
  readonly line: number
  /** The line it stands on. */
  readonly at: number
  readonly words: readonly string[]
}

const COMMENT = /#\s*distaudit:\s*ignore\[([^[\]]*)\]/

/** The ignore comments of a TOML or INI file. A comment alone on its line speaks of the next line. */
export function ignoreComments(path: string, text: string): readonly IgnoreComment[] {
  if (!text.includes('distaudit')) return []
  return splitLines(text).flatMap((line, i) => {
    const match = COMMENT.exec(line)
    if (!match) return []
    const words = (match[1] ?? '')
      .split(',')
      .map(word => word.trim())
      .filter(word => word !== '')
    const alone = line.slice(0, match.index).trim() === ''
    return words.length === 0 ? [] : [{ path, line: alone ? i + 2 : i + 1, at: i + 1, words }]
  })
}

const BARE = /#\s*distaudit:\s*ignore(?!\[)/

/** What is to be said of comments that name no rule, in sentences. */
export const bareComments = (files: ReadonlyMap<string, string>): readonly string[] =>
  [...files].flatMap(([path, text]) =>
    !text.includes('distaudit')
      ? []
      : splitLines(text).flatMap((line, i) =>
          BARE.test(line)
            ? [
                `${path}:${i + 1}: The comment ignores nothing, because it names no rule: write \`# distaudit: ignore[RULE] reason\`.`,
              ]
            : [],
        ),
  )

export interface Ignores {
  readonly rules: readonly IgnoreRule[]
  readonly comments: readonly IgnoreComment[]
  /** Today, `2026-11-25`: entries whose last day is past no longer count. */
  readonly today: string
}

export interface Filtered {
  readonly report: Report
  readonly ignored: number
  /** Ignores that matched nothing, in sentences. */
  readonly unused: readonly string[]
}

/** Of a path as it was given, on any system. */
export const filenameOf = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

/** A member of a source tree is named from the folder of its build file. */
export function memberIn(path: string, member: string): string {
  const filename = filenameOf(path)
  const folder = path.slice(0, path.length - filename.length)
  return BUILD_FILE.test(filename) && member.startsWith(folder) ? member.slice(folder.length) : member
}

const BUILD_FILE = /^(?:pyproject\.toml|setup\.(?:cfg|py))$/
const DISTRIBUTION = /\.(?:whl|tar\.gz|tgz|tar\.bz2|tar\.xz|zip)$/
/** Members of distributions that a build writes from the project's files. */
const WRITTEN = /(?:^|\/)(?:METADATA|PKG-INFO|entry_points\.txt)$/

const isOfFile = ({ file, member: inside }: IgnoreRule, path: string, member: string | undefined): boolean =>
  (file === undefined || glob(file).test(filenameOf(path)) || glob(file).test(path)) &&
  (inside === undefined ||
    (member !== undefined && (glob(inside).test(member) || glob(inside).test(memberIn(path, member)))))

/** What was written for wheels and sdists is valid for what a source tree says, and the other way. */
function isOfOther(
  { file, member: inside }: IgnoreRule,
  filename: string,
  member: string | undefined,
  source: string | undefined,
): boolean {
  if (file === undefined || source === undefined) return false
  const own = filenameOf(source)
  if (BUILD_FILE.test(filename))
    return (
      file.startsWith('*') &&
      DISTRIBUTION.test(file) &&
      (inside === undefined || WRITTEN.test(inside) || glob(inside).test(`x/${own}`))
    )
  const isMade = member === undefined || WRITTEN.test(member) || filenameOf(member) === own
  return BUILD_FILE.test(file) && isMade && (inside === undefined ? file === own : glob(inside).test(own))
}

/** Takes the ignored findings out of a report. The caller counts the summary anew. */
/** `ran`: ids of the rules that were asked; of others no ignore can match anything. */
export function applyIgnores(
  report: Report,
  ignores: Ignores,
  registry: readonly AnyRule[],
  ran: ReadonlySet<string>,
): Filtered {
  const byId = new Map(registry.map(rule => [rule.id, rule]))
  const used = new Set<IgnoreRule | IgnoreComment>()
  let ignored = 0
  const names = (words: readonly string[], id: string) => {
    const rule = byId.get(id)
    return words.some(word => word === 'ALL' || word === id || word === rule?.topic || rule?.formerly?.includes(word))
  }
  const keeps = (finding: Finding): boolean => {
    const { path, member, source } = finding.location
    const at = source?.key ?? source
    const filename = filenameOf(path)
    const matches = [
      ...ignores.rules.filter(
        one =>
          names(one.words, finding.rule) &&
          (one.until === undefined || one.until >= ignores.today) &&
          (isOfFile(one, path, member) || isOfOther(one, filename, member, source?.path)) &&
          (one.match === undefined || finding.message.includes(one.match)),
      ),
      ...ignores.comments.filter(
        // A finding about the file as a whole is about no line.
        one =>
          source?.column !== undefined &&
          one.path === at?.path &&
          one.line === at.line &&
          names(one.words, finding.rule),
      ),
    ]
    for (const match of matches) used.add(match)
    if (matches.length > 0) ignored++
    return matches.length === 0
  }
  const clean = <T extends { readonly findings: readonly Finding[] }>(one: T): T => ({
    ...one,
    findings: one.findings.filter(keeps),
  })
  const filtered = { ...report, distributions: report.distributions.map(clean), releases: report.releases.map(clean) }
  // What concerns wheels and sdists is not asked of a source tree alone.
  const trees = report.distributions.filter(({ kind }) => kind === 'source-tree')
  const onlyTrees = trees.length > 0 && trees.length === report.distributions.length
  const isAsked = (words: readonly string[], file?: string) =>
    registry.some(rule => ran.has(rule.id) && names(words, rule.id)) &&
    (!(onlyTrees || (trees.length === 0 && file !== undefined && BUILD_FILE.test(file))) ||
      (registry.some(rule => rule.applies.includes('source-tree') && names(words, rule.id)) &&
        (file === undefined || trees.some(({ path, filename }) => glob(file).test(filename) || glob(file).test(path)))))
  const unused = [
    // Of words that name nothing the user is told already.
    ...ignores.rules
      .filter(one => isAsked(one.words, one.file))
      .filter(one => !used.has(one) && unknownWords(one.words, registry).length < one.words.length)
      .map(one =>
        one.until !== undefined && one.until < ignores.today
          ? `${one.label} expired on ${one.until}: remove it, or set a later \`until\`.`
          : `${one.label} matched nothing.`,
      ),
    ...ignores.comments
      .filter(one => !used.has(one) && isAsked(one.words))
      .map(one => `${one.path}:${one.at}: The comment matched nothing.`),
  ]
  return { report: filtered, ignored, unused }
}
