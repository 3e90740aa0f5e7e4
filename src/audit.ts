import type { Inflater } from './archive/inflater.js'
import type { Limits } from './archive/limits.js'
import { DEFAULT_LIMITS } from './archive/limits.js'
import { buildersIn } from './builder.js'
import type { Demands } from './demands.js'
import type { Render } from './description/render.js'
import type { Distribution, Sdist, TreeFacts, UnknownFile } from './distribution/distribution.js'
import { kindByName, type NamedKind } from './distribution/kind.js'
import type { Metadata } from './distribution/metadata.js'
import type { Need, Reading } from './distribution/read.js'
import { type Input, readDistribution, unreadable } from './distribution/read.js'
import { baselineOf, releasesOf } from './distribution/release.js'
import { renderEarly, withRendering } from './distribution/with-rendering.js'
import { type Finding, type InternalError, isRefusal, type Place } from './finding.js'
import { judge, linesAround, untold } from './judge.js'
import type { Unfit } from './project/fit.js'
import type { SourceFiles } from './project/folder.js'
import type { DescriptionText } from './project/readme.js'
import type { TrackedFiles } from './project/tracked.js'
import { REPORT_SCHEMA_URL } from './report/links.js'
import {
  allFindings,
  countBySeverity,
  type Report,
  type ReportDistribution,
  type ReportRelease,
} from './report/report.js'
import { readsPart, type Selection } from './selection.js'
import { MediumError } from './source/medium-error.js'
import { type ByteSource, isAddress } from './source/source.js'
import { attempt } from './standards/error.js'
import { parseWheelFilename } from './standards/filenames.js'
import { tryVersion } from './standards/version.js'
import { linesOf } from './text/lines.js'
import { inTime, type Time, timeUntil } from './time.js'
import { DATA_DATE, VERSION } from './version.js'
import { reasonOf } from './wording.js'

export interface AuditOptions {
  readonly selection: Selection
  /** Renders descriptions, where a selected rule asks for it. */
  readonly render: Render
  readonly limits?: Partial<Limits> | undefined
  /** A clock in milliseconds, for the time limit of one file. */
  readonly now?: (() => number) | undefined
  /** Inflates wheels on another thread, where the program has one to spare. */
  readonly inflater?: Inflater | undefined
  /** What git tracks in the project's source tree. */
  readonly tracked?: TrackedFiles | undefined
  /** The build files of the source tree, which advice names the keys of. */
  readonly sources?: SourceFiles | undefined
  /** What the project asks of its own files. */
  readonly demands?: Demands | undefined
  /** The names of the files that are audited together. */
  readonly names?: ReadonlySet<string> | undefined
  /** Is a distribution among all that is given, of this project or of another? */
  readonly someDistribution?: boolean | undefined
  /** The texts that findings about descriptions point into are wanted, to find their lines in the project's README. */
  readonly descriptions?: boolean | undefined
  /** Read files whole that could be read in part. */
  readonly whole?: boolean | undefined
  /** What is in the files is wanted too, and the lines around each finding: see `ReportDistribution.contents`. */
  readonly contents?: boolean | undefined
}

/** What is known of the files of one project once they were audited together. */
export interface Part {
  readonly distributions: readonly ReportDistribution[]
  readonly releases: readonly ReportRelease[]
  readonly errors: readonly InternalError[]
  /** Projects for which no earlier release was found although some were given. */
  readonly withoutBaseline: readonly string[]
  /** Files of earlier releases that could not be read. */
  readonly unreadBaselines: readonly string[]
  /** A wheel contains binaries: rules of the topic `native` may have been asked. */
  readonly binaries: boolean
  /** Names of the files of which only a part was read. */
  readonly partial: readonly string[]
  /** A file on a server could not be had: nothing is known of it. */
  readonly unknown: boolean
  /** Empty unless they are asked for. */
  readonly descriptions: readonly DescriptionText[]
  /** Files that do not say what the files of the source tree say. */
  readonly unfit: readonly Unfit[]
  /** The source trees: the files that may have ignore comments, and whether they tell most of the metadata. */
  readonly trees: readonly Pick<TreeFacts, 'files' | 'isKnown' | 'brokenLine'>[]
}

/** A source tree, read by anyone who knows folders. */
export interface TreeInput {
  readonly readTree: (reading: Reading) => Promise<Sdist>
}

/** Opens the next file; it is closed when it was read. */
export type Opener = () => Promise<Input | UnknownFile | TreeInput>

/**
 * Reads files that belong together (one project), runs the rules on each and on each release of them. `earlier` are files of
 * earlier releases of the project: only compared with, not judged; undefined when none are asked for at all.
 */
export async function auditPart(
  files: readonly Opener[],
  options: AuditOptions,
  earlier?: readonly Opener[],
): Promise<Part> {
  const { selection, render } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { contents = false } = options
  const context = {
    preview: selection.preview,
    limits,
    tracked: options.tracked,
    demands: options.demands,
    around: contents,
  }
  const builders = buildersIn(options.sources)
  const now = options.now ?? (() => performance.now())
  const begin = now()
  const needs: ReadonlySet<Need> = contents ? new Set([...selection.needs, ...CONTENTS_NEED]) : selection.needs
  const parts = new Set<NamedKind>(options.whole || contents ? [] : KINDS.filter(kind => readsPart(selection, kind)))
  const reading = (time: Time, kind: NamedKind) => ({
    limits,
    partial: parts.has(kind),
    needs,
    now,
    time,
    inflater: options.inflater,
    onMetadata: selection.needs.has('rendering')
      ? (metadata: Metadata) => renderEarly(metadata, render, time)
      : undefined,
  })
  // Sdists may be read before the wheels that were given before them.
  const order = new Map([...(options.names ?? [])].map((name, index) => [name, index]))
  const errors: InternalError[] = []
  const facts: Distribution[] = []
  const distributions: ReportDistribution[] = []
  const refused = new Set<string>()
  for (const open of files) {
    const time = timeUntil(now() + limits.seconds * 1000, now)
    const input = await open()
    const found = await read(input, reading(time, kindOf(input)))
    const fact = await withRendering(beside(found, options), selection.needs, render, time)
    const rest = withAtLeast(JUDGING, time, now)
    const own = { ...context, homes: builders.of(fact) }
    const unseen = judge(fact, { ...selection, rules: selection.silent }, own, rest)
    const judged = judge(fact, selection, { ...own, overdue: unseen.overdue }, rest)
    errors.push(...judged.errors, ...unseen.errors, ...untold(judged, fact, selection))
    if ([judged, unseen].some(({ findings }) => findings.some(isRefusal))) refused.add(fact.path)
    // Rules of releases are not given the texts: a release may have many wheels with the same large ones.
    if ('python' in fact) for (const file of fact.python.values()) file.drop()
    facts.push(fact)
    const findings = fact.kind === 'sdist' && fact.tree ? inTree(judged.findings, fact, fact.tree) : judged.findings
    const describing = withAtLeast(DESCRIBING, time, now)
    const described = await describe(fact, findings, describing)
    distributions.push(contents ? { ...described, ...(await contentsIn(fact, describing)) } : described)
  }
  facts.sort((a, b) => (order.get(a.filename) ?? 0) - (order.get(b.filename) ?? 0))
  const baselines: Distribution[] = []
  const isCompared = selection.rules.some(rule => rule.applies.includes('release'))
  for (const open of isCompared ? (earlier ?? []) : []) {
    const input = await open()
    baselines.push(
      await read(input, {
        ...reading(timeUntil(now() + limits.seconds * 1000, now), kindOf(input)),
        needs: inBaselines(selection.needs),
        onMetadata: undefined,
      }),
    )
  }
  const candidates = releasesOf(baselines)
  const withoutBaseline: string[] = []
  // What several files say together has the time that they left.
  const number = facts.length + baselines.length
  const whole = withAtLeast(DESCRIBING, timeUntil(begin + number * limits.seconds * 1000, now), now)
  const releases = releasesOf(facts).map((found): ReportRelease => {
    const baseline = baselineOf(found, candidates)
    if (earlier && isCompared && !baseline) withoutBaseline.push(found.name)
    const release = { ...found, refused, ...(baseline && { baseline }) }
    const judged = judge(release, selection, { ...context, homes: builders.ofRelease(release) }, whole)
    errors.push(...judged.errors, ...untold(judged, release, selection))
    const paths = [...release.distributions, ...release.variantsJson].map(one => one.path)
    return { name: release.name, version: release.version, distributions: paths, findings: judged.findings }
  })
  const unreadBaselines = baselines.flatMap(one => (one.kind === 'unknown' ? [one.path] : []))
  const findings = [...distributions, ...releases].flatMap(one => one.findings)
  const descriptions = options.descriptions ? descriptionsIn(facts, findings) : []
  const unfit: Unfit[] = []
  for (const fact of options.sources ? facts : []) {
    if ((fact.kind !== 'wheel' && fact.kind !== 'sdist') || !fact.metadata || ('tree' in fact && fact.tree)) continue
    const folder = builders.folderOf(fact)
    const fields = folder ? (await import('./project/fit.js')).differingFields(folder, fact.metadata) : []
    if (folder && fields.length > 0)
      unfit.push({ path: fact.path, filename: fact.filename, file: folder.buildFile.path, fields })
  }
  const trees = facts.flatMap(fact => (fact.kind === 'sdist' && fact.tree ? [fact.tree] : []))
  const partial = facts.flatMap(fact => ('archive' in fact && fact.archive.partial ? [fact.filename] : []))
  const binaries = facts.some(fact => fact.kind === 'wheel' && fact.natives.size > 0)
  return {
    distributions,
    releases,
    errors,
    withoutBaseline,
    unreadBaselines,
    binaries,
    partial,
    unknown: facts.some(({ kind, path, size }) => kind === 'unknown' && size === 0 && isAddress(path)),
    descriptions,
    unfit,
    trees: trees.map(({ files, isKnown, brokenLine }) => ({ files, isKnown, brokenLine })),
  }
}

const KINDS = ['wheel', 'sdist'] as const

const kindOf = (input: Input | UnknownFile | TreeInput): NamedKind =>
  'filename' in input ? kindByName(input.filename) : 'unknown'

/** What the contents of a file are told by, in addition to what rules need. */
const CONTENTS_NEED: readonly Need[] = ['native', 'license-texts']

async function contentsIn(fact: Distribution, time: Time): Promise<Pick<ReportDistribution, 'contents'>> {
  if (fact.kind !== 'wheel' && fact.kind !== 'sdist') return {}
  const { contentsOf } = await import('./report/html/contents.js')
  const made = time.spend(() => contentsOf(fact))
  return made ? { contents: made.value } : {}
}

/** Milliseconds for the rules, and for the rest, where reading took all the time: what was read is not lost. */
export const JUDGING = 800
const DESCRIBING = 300

/** The same time, or more of it. */
export const withAtLeast = (milliseconds: number, time: Time, now: () => number): Time =>
  time.left() >= milliseconds ? time : timeUntil(now() + milliseconds, now)

/** Says of a signature or attestation whether its distribution is among the files, and of an sdist whether a universal wheel is. */
function beside(fact: Distribution, { names, someDistribution }: AuditOptions): Distribution {
  if (fact.kind === 'sdist') {
    const isUniversal = (name: string) => name.endsWith('-none-any.whl') && isOfRelease(name, fact)
    return [...(names ?? [])].some(isUniversal) ? { ...fact, hasUniversalWheel: true } : fact
  }
  if (fact.kind !== 'unknown' || !fact.companion || !someDistribution) return fact
  return { ...fact, isBeside: names?.has(fact.companion.of) }
}

/** Is it the name of a wheel of this release, for any Python 3? */
function isOfRelease(filename: string, { project, version }: Sdist): boolean {
  const wheel = attempt(parseWheelFilename, filename)
  return (
    wheel?.name === project &&
    String(wheel?.version) === String(tryVersion(version ?? '')) &&
    [...(wheel?.tags ?? [])].some(({ interpreter }) => interpreter === 'py3')
  )
}

/** Findings of a source tree point into the project's own files, whose paths begin as that of the tree does. */
function inTree(findings: readonly Finding[], { path, top = '' }: Sdist, tree: TreeFacts): readonly Finding[] {
  const beside = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const placed = <P extends Place>(place: P): P => {
    const { member } = place
    if (member === undefined) return place
    return { ...place, member: beside + (member.startsWith(`${top}/`) ? member.slice(top.length + 1) : member) }
  }
  return findings.map(finding => {
    const source = tree.locate(finding)
    const related = finding.related?.map(placed)
    const at = placed(finding.location)
    const isElsewhere = source?.column !== undefined && (at.line !== source.line || at.column !== source.column)
    if (!source || !isElsewhere) return { ...finding, location: { ...at, source }, related }
    // Where something is missing, the line that does not have it; of a value that is made of several, the one that is meant.
    const member = beside + source.path.slice(tree.folder === '' ? 0 : tree.folder.length + 1)
    const { line, column, endColumn } = source
    const lines = linesOf(tree.files.get(source.path) ?? '')
    const snippet = lines.text(line) ?? finding.snippet
    const written =
      at.column === undefined || column === undefined
        ? undefined
        : snippet?.slice(column - 1, (endColumn ?? column) - 1)
    const mark = written ? { mark: written } : {}
    const location = { ...at, member, line, column, ...mark, source }
    return {
      ...finding,
      location,
      related,
      snippet,
      ...(finding.around && linesAround(line, at => lines.text(at))),
    }
  })
}

function descriptionsIn(facts: readonly Distribution[], findings: readonly Finding[]): readonly DescriptionText[] {
  const wanted = new Set(findings.flatMap(({ location }) => (location.field === 'Description' ? [location.path] : [])))
  return facts.flatMap(fact => {
    const metadata = 'metadata' in fact && wanted.has(fact.path) ? fact.metadata : undefined
    if (!metadata?.description) return []
    const { line, text } = metadata.description
    return [{ path: fact.path, member: metadata.member, line, text }]
  })
}

/** Earlier releases are compared by what costs nothing more to read, and by their modules. */
const inBaselines = (needs: ReadonlySet<Need>): ReadonlySet<Need> =>
  new Set([...needs].filter(need => need === 'python-imports'))

/** Reads one file. `also` is given its bytes too, before they are closed; it is not called for what has none. */
export async function read(
  input: Input | UnknownFile | TreeInput,
  reading: Reading,
  also?: (source: ByteSource) => Promise<void>,
): Promise<Distribution> {
  if ('readTree' in input) return input.readTree(reading)
  if (!('source' in input)) return input
  try {
    const fact = await readDistribution(input, reading)
    await also?.(input.source)
    return fact
  } catch (error) {
    // Anything else is a bug of ours.
    if (!(error instanceof MediumError)) throw error
    return unreadable(input.path, input.filename, 'unreadable', reasonOf(error))
  } finally {
    await close(input.source)
  }
}

/** All that is wanted was read, or could not be: what closing says changes nothing. */
export async function close(source: ByteSource): Promise<void> {
  const closing = source.close?.()
  if (!closing) return
  await inTime(closing, DESCRIBING, () => new MediumError('it does not close')).catch((error: unknown) => {
    if (!(error instanceof MediumError)) throw error
  })
}

async function describe(fact: Distribution, findings: readonly Finding[], time: Time): Promise<ReportDistribution> {
  const opened = fact.kind === 'unknown' ? undefined : fact
  const { path, filename, size, sha256 } = fact
  const kind = fact.kind === 'sdist' && fact.tree ? 'source-tree' : fact.kind
  const binaries = fact.kind === 'wheel' && fact.natives.size > 0 ? fact : undefined
  const { platformOf } = binaries ? await import('./platform/platform.js') : {}
  const platform = binaries && platformOf && time.spend(() => platformOf(binaries))?.value
  return {
    path,
    filename,
    kind,
    name: opened?.project ?? null,
    version: opened?.version ?? null,
    size,
    sha256,
    findings,
    ...(platform && { platform }),
  }
}

/** Puts the parts together, the files in the order they were given. */
export function assemble(parts: readonly Part[], order: readonly string[]): Report {
  const rank = new Map(order.map((path, i) => [path, i]))
  const at = (path: string | undefined) => rank.get(path ?? '') ?? 0
  const distributions = parts.flatMap(part => part.distributions).sort((a, b) => at(a.path) - at(b.path))
  const releases = parts.flatMap(part => part.releases).sort((a, b) => at(a.distributions[0]) - at(b.distributions[0]))
  const internalErrors = parts.flatMap(part => part.errors)
  const report = {
    $schema: REPORT_SCHEMA_URL,
    schemaVersion: '1' as const,
    tool: { name: 'distaudit', version: VERSION, dataDate: DATA_DATE },
    distributions,
    releases,
  }
  return { ...report, summary: summarize(report), ...(internalErrors.length > 0 && { internalErrors }) }
}

/** Counts what the lists hold. */
export function summarize(report: Pick<Report, 'distributions' | 'releases'>): Report['summary'] {
  const { error, warning, info } = countBySeverity(allFindings(report))
  const trees = report.distributions.filter(({ kind }) => kind === 'source-tree').length
  const rejected = report.distributions.filter(one => one.findings.some(isRefusal)).map(({ path }) => path)
  return {
    distributions: report.distributions.length,
    error,
    warning,
    info,
    rejectedByPyPI: rejected.length,
    ...(rejected.length > 0 && { rejected }),
    ...(trees > 0 && { sourceTrees: trees }),
  }
}
