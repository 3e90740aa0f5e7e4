import type { Limits } from './archive/limits.js'
import { DEFAULT_LIMITS } from './archive/limits.js'
import type { Render } from './description/render.js'
import type { Distribution, UnknownFile } from './distribution/distribution.js'
import type { Metadata } from './distribution/metadata.js'
import type { Need } from './distribution/read.js'
import { type Input, readDistribution, unreadable } from './distribution/read.js'
import { baselineOf, releasesOf } from './distribution/release.js'
import { renderEarly, withRendering } from './distribution/with-rendering.js'
import { type Finding, type InternalError, isRefusal } from './finding.js'
import { judge } from './judge.js'
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
import type { Selection } from './selection.js'
import { MediumError } from './source/medium-error.js'
import type { ByteSource } from './source/source.js'
import { DATA_DATE, VERSION } from './version.js'

export interface AuditOptions {
  readonly selection: Selection
  /** Renders descriptions, where a selected rule asks for it. */
  readonly render: Render
  readonly limits?: Partial<Limits> | undefined
  /** A clock in milliseconds, for the time limit of one file. */
  readonly now?: (() => number) | undefined
  /** What git tracks in the project's source tree. */
  readonly tracked?: TrackedFiles | undefined
  /** The names of the files that are audited together. */
  readonly names?: ReadonlySet<string> | undefined
  /** Is a distribution among all that is given, of this project or of another? */
  readonly someDistribution?: boolean | undefined
  /** The texts that findings about descriptions point into are wanted, to find their lines in the project's README. */
  readonly descriptions?: boolean | undefined
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
  /** A wheel holds binaries: rules of the topic `native` may have been asked. */
  readonly binaries: boolean
  /** Empty unless they are asked for. */
  readonly descriptions: readonly DescriptionText[]
}

/** Opens the next file; it is closed when it was read. */
export type Opener = () => Promise<Input | UnknownFile>

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
  const context = { preview: selection.preview, limits, tracked: options.tracked }
  const reading = {
    limits,
    needs: selection.needs,
    now: options.now ?? (() => performance.now()),
    onMetadata: selection.needs.has('rendering') ? (metadata: Metadata) => renderEarly(metadata, render) : undefined,
  }
  const errors: InternalError[] = []
  const facts: Distribution[] = []
  const distributions: ReportDistribution[] = []
  const refused = new Set<string>()
  for (const open of files) {
    const found = await read(await open(), reading)
    const fact = await withRendering(beside(found, options), selection.needs, render)
    const judged = judge(fact, selection, context)
    const unseen = judge(fact, { ...selection, rules: selection.silent }, context)
    errors.push(...judged.errors, ...unseen.errors)
    if ([judged, unseen].some(({ findings }) => findings.some(isRefusal))) refused.add(fact.path)
    // Rules of releases are not given the texts: a release may have many wheels with the same large ones.
    if ('python' in fact) for (const file of fact.python.values()) file.drop()
    facts.push(fact)
    distributions.push(await describe(fact, judged.findings))
  }
  const baselines: Distribution[] = []
  const isCompared = selection.rules.some(rule => rule.applies.includes('release'))
  for (const open of isCompared ? (earlier ?? []) : [])
    baselines.push(await read(await open(), { ...reading, needs: NONE, onMetadata: undefined }))
  const candidates = releasesOf(baselines)
  const withoutBaseline: string[] = []
  const releases = releasesOf(facts).map((found): ReportRelease => {
    const baseline = baselineOf(found, candidates)
    if (earlier && isCompared && !baseline) withoutBaseline.push(found.name)
    const release = { ...found, refused, ...(baseline && { baseline }) }
    const judged = judge(release, selection, context)
    errors.push(...judged.errors)
    const paths = [...release.distributions, ...release.variantsJson].map(one => one.path)
    return { name: release.name, version: release.version, distributions: paths, findings: judged.findings }
  })
  const unreadBaselines = baselines.flatMap(one => (one.kind === 'unknown' ? [one.path] : []))
  const findings = [...distributions, ...releases].flatMap(one => one.findings)
  const descriptions = options.descriptions ? descriptionsIn(facts, findings) : []
  const binaries = facts.some(fact => fact.kind === 'wheel' && fact.natives.size > 0)
  return { distributions, releases, errors, withoutBaseline, unreadBaselines, binaries, descriptions }
}

/** Says of a signature or attestation whether its distribution is among the files. */
function beside(fact: Distribution, { names, someDistribution }: AuditOptions): Distribution {
  if (fact.kind !== 'unknown' || !fact.companion || !someDistribution) return fact
  return { ...fact, isBeside: names?.has(fact.companion.of) }
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

/** Earlier releases are compared by what costs nothing more to read. */
const NONE: ReadonlySet<Need> = new Set()

async function read(
  input: Input | UnknownFile,
  reading: Parameters<typeof readDistribution>[1],
): Promise<Distribution> {
  if (!('source' in input)) return input
  try {
    return await readDistribution(input, reading)
  } catch (error) {
    // Anything else is a fault of ours.
    if (!(error instanceof MediumError)) throw error
    return unreadable(input.path, input.filename, 'unreadable', error.message)
  } finally {
    await close(input.source)
  }
}

/** All that is wanted was read, or could not be: what closing says changes nothing. */
async function close(source: ByteSource): Promise<void> {
  await source.close?.().catch((error: unknown) => {
    if (!(error instanceof MediumError)) throw error
  })
}

async function describe(fact: Distribution, findings: readonly Finding[]): Promise<ReportDistribution> {
  const opened = fact.kind === 'unknown' ? undefined : fact
  const { path, filename, kind, size, sha256 } = fact
  const hasBinaries = fact.kind === 'wheel' && fact.natives.size > 0
  const platform = hasBinaries ? (await import('./platform/platform.js')).platformOf(fact) : undefined
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
  const rejectedByPyPI = report.distributions.filter(one => one.findings.some(isRefusal)).length
  return { distributions: report.distributions.length, error, warning, info, rejectedByPyPI }
}
