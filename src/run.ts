import type { Inflater } from './archive/inflater.js'
import type { Limits } from './archive/limits.js'
import { type AuditOptions, assemble, auditPart, type Opener, type Part, summarize } from './audit.js'
import { toldOnce } from './causes.js'
import { type Baseline, compareWithBaseline, goneText } from './config/baseline.js'
import type { Config } from './config/config.js'
import { applyIgnores, bareComments, type IgnoreComment, ignoreComments } from './config/ignores.js'
import type { Demands } from './demands.js'
import type { Render } from './description/render.js'
import { groupByProject, ofProject } from './distribution/grouping.js'
import { kindByName } from './distribution/kind.js'
import {
  type Finding,
  isRefusal,
  type JudgedFinding,
  type Remedy,
  type SourceLocation,
  WHOLE_AUDIT,
} from './finding.js'
import type { Unfit } from './project/fit.js'
import { projectFolders } from './project/folder.js'
import { narrowed, sourceLocator } from './project/locate.js'
import type { Project } from './project/project.js'
import type { DescriptionText } from './project/readme.js'
import type { Report } from './report/report.js'
import type { AnyRule } from './rule.js'
import { type Choice, chooseRules, type Selection, unknownWords } from './selection.js'
import { didYouMean } from './text/nearest.js'
import { UsageError } from './usage-error.js'
import { list, quote, some } from './wording.js'

/** A file to audit; opened when its turn comes. */
export interface Given {
  /** As the user gave it; shown in the reports. */
  readonly path: string
  /** Last part of the path. */
  readonly filename: string
  readonly open: Opener
  /** Of what is on a server: a clock in milliseconds that stands still while the server is waited for. */
  readonly now?: (() => number) | undefined
}

/** The files of one project, and those of its earlier releases. */
export interface Group<G extends Given = Given> {
  readonly files: readonly G[]
  /** Undefined when none are asked for. */
  readonly earlier: readonly G[] | undefined
}

/** Audits groups side by side, or one after the other; parts in any order. Never rejects for one group's sake. */
export type Engine<G extends Given = Given> = (
  groups: readonly Group<G>[],
  options: AuditOptions,
) => Promise<readonly Part[]>

export interface RunOptions<G extends Given = Given> {
  readonly rules: readonly AnyRule[]
  /** Renders descriptions; a worker thread has one of its own. */
  readonly render: Render
  /** What the user asks for; it wins over the configuration. */
  readonly choice?: Choice | undefined
  readonly config?: Config | undefined
  /** False: the ignores of the configuration and of comments are not applied. */
  readonly ignores?: boolean | undefined
  readonly limits?: Partial<Limits> | undefined
  /** What the project asks of its own files; each wins over that of the configuration. */
  readonly demands?: Demands | undefined
  /** Files of earlier releases, to compare with: they are not judged. Undefined when none are asked for. */
  readonly baseline?: readonly G[] | undefined
  readonly project?: Project | undefined
  /** Known findings: counted and left out. */
  readonly known?: { readonly file: string; readonly entries: Baseline } | undefined
  /** `2026-11-29`: ignores whose last day is past no longer count. Default: today in UTC. */
  readonly today?: string | undefined
  readonly engine?: Engine<G> | undefined
  /** True: the report has what is in the files, see `ReportDistribution.contents`. */
  readonly contents?: boolean | undefined
  /** True: files that can be read in part are read whole, whatever the rules look at. */
  readonly whole?: boolean | undefined
  /** True: findings carry the edits of the project's files that make them go away. */
  readonly edits?: boolean | undefined
}

export interface Outcome {
  readonly report: Report
  /** Also has the findings that are told with others: a baseline and ignores are written of it. */
  readonly found: Report
  /** What rules say would make findings of the report go away. */
  readonly remedies: ReadonlyMap<Finding, Remedy>
  /** What could not be done as asked: for people, in whole sentences. */
  readonly notes: readonly string[]
  /** A wheel contains binaries. */
  readonly binaries: boolean
  /** Ids of the rules that ran. */
  readonly ran: ReadonlySet<string>
  /** Every rule about what PyPI rejects has run: a file without such a finding is one that PyPI accepts. */
  readonly judged: boolean
}

/**
 * One run: audits files, those of one project together, points findings to the project's own files, and leaves out what is
 * ignored. The command, the library, worker threads and other programs all call it.
 * @throws UsageError when `select` names a rule or topic that does not exist.
 */
export async function run<G extends Given>(given: readonly G[], options: RunOptions<G>): Promise<Outcome> {
  const { rules, render, config, project, baseline } = options
  const demands = { ...config?.demands, ...options.demands }
  const choice = withConfig(options.choice ?? {}, config, demands)
  const ownComments = options.ignores === false ? [] : commentsIn(project?.files ?? new Map())
  checkWords(options.choice ?? {}, config, ownComments, rules)
  const someDistribution = given.some(({ filename }) => kindByName(filename) !== 'unknown')
  const groups = groupByProject(given, ({ filename }) => filename).map(files => ({
    files,
    earlier: baseline && ofProject(baseline, files, ({ filename }) => filename),
  }))
  const limits = { ...config?.limits, ...options.limits }
  const engine = options.engine ?? inThisThread()
  const selection = chooseRules(rules, choice)
  const parts = await engine(groups, {
    selection,
    render,
    limits,
    tracked: project?.tracked,
    sources: project && { files: project.files, folder: project.folder },
    demands,
    someDistribution,
    descriptions: (project?.readmes?.size ?? 0) > 0,
    contents: options.contents,
    whole: options.whole,
  })
  const report = assemble(
    parts,
    given.map(({ path }) => path),
  )
  const descriptions = parts.flatMap(part => part.descriptions)
  const editing = options.edits === true && project ? (await import('./project/fix.js')).editsOf(project) : undefined
  const remedies = new Map<Finding, Remedy>()
  const unfit = parts.flatMap(part => part.unfit)
  const isShown = project && unfit.length > 0 ? await shownIn(project, unfit) : undefined
  const located = mapped(report, locating(project, rules, descriptions, isShown))
  const ran = new Set(selection.rules.map(({ id }) => id))
  const files = options.ignores === false ? new Map<string, string>() : filesWithComments(project, parts)
  const kept =
    options.ignores === false
      ? { report: located, ignored: 0, unused: [] }
      : applyIgnores(
          located,
          {
            rules: config?.ignores ?? [],
            comments: commentsIn(files),
            today: options.today ?? new Date().toISOString().slice(0, 10),
          },
          rules,
          ran,
        )
  const compared = options.known && compareWithBaseline(kept.report, options.known.entries, ran)
  const found = compared?.report ?? kept.report
  const told = mapped(toldOnce(found, selection.rules), (finding, name) => {
    const { remedy, inCode: _, explains: __, follows: ___, ...plain } = finding as JudgedFinding
    if (!remedy) return plain
    const edits = editing?.(remedy, name)
    const edited = edits ? { ...plain, edits } : plain
    remedies.set(edited, remedy)
    return edited
  })
  const gone =
    compared && options.known && compared.gone.length > 0 ? [goneText(compared.gone, options.known.file)] : []
  return {
    report: counted(told, report, { ignored: kept.ignored, known: compared?.known ?? 0 }),
    found,
    remedies,
    notes: [
      ...fitNotes(report, project, unfit),
      ...treeNotes(parts),
      ...baselineNotes(parts),
      ...partialNotes(parts, selection),
      ...bareComments(files),
      ...kept.unused,
      ...gone,
    ],
    binaries: parts.some(part => part.binaries),
    ran,
    // A source tree, or a part of a file, does not tell all that a file may be rejected for.
    judged:
      judgesUploads(rules, new Set(selection.rules)) &&
      parts.every(part => part.trees.length === 0 && part.partial.length === 0 && !part.unknown),
  }
}

const judgesUploads = (rules: readonly AnyRule[], chosen: ReadonlySet<AnyRule>): boolean =>
  rules.every(rule => chosen.has(rule) || !isRefusal(rule) || (rule.status ?? 'stable') !== 'stable')

const commentsIn = (files: ReadonlyMap<string, string>): readonly IgnoreComment[] =>
  [...files].flatMap(([path, text]) => ignoreComments(path, text))

/** The project's own files, and those of the source trees that were audited. */
const filesWithComments = (project: Project | undefined, parts: readonly Part[]): ReadonlyMap<string, string> =>
  new Map([...(project?.files ?? []), ...parts.flatMap(part => part.trees).flatMap(({ files }) => [...files])])

/** Changes a finding about a distribution, or a release, of the project with a name. */
type Step = (finding: Finding, name: string | null) => Finding

function mapped(report: Report, ...steps: readonly Step[]): Report {
  const mapAll = <T extends { readonly name: string | null; readonly findings: readonly Finding[] }>(one: T): T => ({
    ...one,
    findings: one.findings.map(finding => steps.reduce((found, step) => step(found, one.name), finding)),
  })
  return { ...report, distributions: report.distributions.map(mapAll), releases: report.releases.map(mapAll) }
}

/** Of a distribution that differs from the project's files, only the places that show what is meant. */
async function shownIn(project: Project, unfit: readonly Unfit[]) {
  const { isShown } = await import('./project/fit.js')
  const paths = new Set(unfit.map(({ path }) => path))
  return (finding: Finding, source: SourceLocation) =>
    !paths.has(finding.location.path) || isShown(finding, source, project)
}

/** What a source tree does not tell: a build decides it. */
const treeNotes = (parts: readonly Part[]): readonly string[] =>
  parts
    .flatMap(part => part.trees)
    .flatMap(({ files, isKnown, brokenLine }) => {
      const folder = isKnown ? undefined : projectFolders({ files }).own()
      if (folder && brokenLine !== undefined)
        return `setup.py:${brokenLine}: The file cannot be read as Python, so its build fails, or only a build tells what it declares.`
      return folder
        ? `${folder.buildFile.path} computes part of the metadata, so it is known only after a build: audit the distributions too.`
        : []
    })

/** What was built from other files than those of the project. */
function fitNotes(report: Report, project: Project | undefined, unfit: readonly Unfit[]): readonly string[] {
  if (!project) return []
  const folders = projectFolders(project)
  const names = folders.own()?.names ?? []
  const named = report.distributions.filter(({ kind, name }) => (kind === 'wheel' || kind === 'sdist') && name !== null)
  const foreign = named.filter(({ name }) => !folders.folderOf(name))
  const [first] = unfit
  return [
    // Where none is the project's, nobody expects its lines.
    ...(foreign.length > 0 && foreign.length < named.length && names.length > 0
      ? [
          `${some(
            foreign.map(({ filename }) => filename),
            3,
          )} ${foreign.length === 1 ? 'does' : 'do'} not belong to the project ${quote(names[0] ?? '')} around: findings do not point to its lines.`,
        ]
      : []),
    ...(first
      ? [
          `${some(
            unfit.map(({ filename }) => filename),
            3,
          )} ${unfit.length === 1 ? 'does' : 'do'} not match ${first.file} (${list([...new Set(unfit.flatMap(({ fields }) => fields))])}): built before its last change? Rebuild ${unfit.length === 1 ? 'it' : 'them'}. Lines that do not fit are not shown.`,
        ]
      : []),
  ]
}

/** Sets `location.source` where the project's files produced what a finding is about. */
function locating(
  project: Project | undefined,
  rules: readonly AnyRule[],
  descriptions: readonly DescriptionText[],
  isShown: ((finding: Finding, source: SourceLocation) => boolean) | undefined,
): Step {
  if (!project) return finding => finding
  const locator = sourceLocator(project)
  const topics = new Map(rules.map(({ id, topic }) => [id, topic]))
  const texts = new Map(descriptions.map(description => [description.path, description]))
  const described = ({ path, member, field, line }: Finding['location']) => {
    const description = field === 'Description' ? texts.get(path) : undefined
    const index = (line ?? 0) - (description?.line ?? 0)
    return description?.member === member && description && index >= 0 ? { description, index } : undefined
  }
  return (finding, name) => {
    // Those of a source tree have it already.
    if (finding.location.source) return finding
    const { member, field, value, mark, line, column } = finding.location
    const topic = topics.get(finding.rule)
    const kind = kindByName(finding.location.path)
    const source = locator(
      {
        member,
        field,
        value,
        mark,
        line,
        column,
        snippet: finding.snippet,
        topic,
        inCode: (finding as JudgedFinding).inCode,
        kind: kind === 'wheel' || kind === 'sdist' ? kind : undefined,
        described: described(finding.location),
      },
      name,
    )
    return source && isShown?.(finding, source) !== false
      ? { ...finding, location: { ...finding.location, source: narrowed(source, finding.location, project.files) } }
      : finding
  }
}

/** What PyPI refuses stays counted when the user does not want to hear of it. */
function counted(report: Report, whole: Report, { ignored, known }: Record<'ignored' | 'known', number>): Report {
  const { rejectedByPyPI, rejected } = whole.summary
  const summary = { ...summarize(report), rejectedByPyPI, ...(rejected && { rejected }) }
  return { ...report, summary: { ...summary, ...(ignored > 0 && { ignored }), ...(known > 0 && { known }) } }
}

/** The choice of the user on top of the configuration's. */
export function withConfig(choice: Choice, config: Config | undefined, demands: Demands): Choice {
  const extend = [...(config?.extendSelect ?? []), ...(choice.also ?? []), ...limiting(demands)]
  const select = choice.select ?? config?.select
  return {
    profile: choice.profile ?? config?.profile,
    preview: choice.preview === true || config?.preview === true,
    select: select && [...select, ...extend],
    also: extend,
    ignore: [...(choice.ignore ?? []), ...(config?.ignore ?? [])],
    severity: { ...config?.severity, ...choice.severity },
  }
}

/** Rules that run where a bound is set for them. */
const limiting = ({ atMost }: Demands): readonly string[] => [
  ...(atMost?.files === undefined ? [] : ['many-files']),
  ...(atMost?.size === undefined && atMost?.unpackedSize === undefined ? [] : ['large-distribution']),
]

/**
 * Whatever should name a rule and does not is an error: a misspelled ignore ignores nothing, a misspelled choice checks nothing.
 * @throws UsageError that says where each of them is.
 */
function checkWords(
  choice: Choice,
  config: Config | undefined,
  comments: readonly IgnoreComment[],
  rules: readonly AnyRule[],
): void {
  const names = rules.flatMap(rule => [rule.id, rule.topic, ...(rule.formerly ?? [])])
  const words = [
    ...[
      ...(choice.select ?? []),
      ...(choice.ignore ?? []),
      ...(choice.also ?? []),
      ...Object.keys(choice.severity ?? {}),
    ].map(word => ({ word, place: undefined })),
    ...(config?.words ?? []),
    ...comments.flatMap(({ words, path, at }) => words.map(word => ({ word, place: `${path}:${at}` }))),
  ]
  const unknown = new Set(unknownWords([...new Set(words.map(({ word }) => word))], rules))
  const faults = words
    .filter(({ word }) => unknown.has(word))
    .map(
      ({ word, place }) =>
        `${place === undefined ? '' : `${place}: `}There is no rule or topic '${word}'.${didYouMean(word, names)}`,
    )
  if (faults.length > 0) throw new UsageError([...new Set(faults)].join('\n'))
}

/** What the comparison with an earlier release could not do. */
function baselineNotes(parts: readonly Part[]): readonly string[] {
  return [
    ...parts
      .flatMap(part => part.unreadBaselines)
      .map(path => `'${path}' of the earlier release cannot be read, so it was not compared.`),
    ...new Set(
      parts
        .flatMap(part => part.withoutBaseline)
        .map(name => `The earlier release does not contain a file of the project '${name}'.`),
    ),
  ]
}

/** What was not read is not judged. */
function partialNotes(parts: readonly Part[], { profile }: Selection): readonly string[] {
  const names = parts.flatMap(part => part.partial)
  if (names.length === 0) return []
  const rest =
    profile === 'pypi' ? 'PyPI also looks at the rest, which is not judged.' : 'The selected rules need no more.'
  return [`Only a part of ${some(names, 3)} was read. ${rest} \`--whole\` reads everything.`]
}

/** One group after the other. */
export const inThisThread =
  (inflater?: Inflater): Engine =>
  async (groups, options) => {
    const parts: Part[] = []
    for (const group of groups) parts.push(await auditGroup(group, { ...options, inflater }))
    return parts
  }

const open = ({ open }: Given): Opener => open

/** An sdist tells how its wheels were built. */
const sdistsFirst = (files: readonly Given[]): readonly Given[] => {
  const isSdist = ({ filename }: Given) => kindByName(filename) === 'sdist'
  return [...files.filter(isSdist), ...files.filter(file => !isSdist(file))]
}

/** The files of one project. A bug of ours loses that project alone. */
export const auditGroup = ({ files, earlier }: Group, options: AuditOptions): Promise<Part> =>
  auditPart(
    sdistsFirst(files).map(open),
    {
      ...options,
      now: [...files, ...(earlier ?? [])].find(({ now }) => now)?.now ?? options.now,
      names: new Set(files.map(file => file.filename)),
    },
    earlier?.map(open),
  ).catch(error => {
    // A source tree that cannot be read.
    if (error instanceof UsageError) throw error
    return failedPart(files, error)
  })

/** What is left of a project when its audit failed as a whole, which is a bug of ours: the others go on. */
export function failedPart(files: readonly Pick<Given, 'path'>[], error: unknown): Part {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
  const errors = files.map(({ path }) => ({ rule: WHOLE_AUDIT, path, message, stack }))
  return {
    distributions: [],
    releases: [],
    errors,
    withoutBaseline: [],
    unreadBaselines: [],
    binaries: false,
    partial: [],
    unknown: false,
    descriptions: [],
    unfit: [],
    trees: [],
  }
}
