import { TWINS } from '../causes.js'
import type { Finding } from '../finding.js'
import { groupBy } from '../group-by.js'
import type { Report, ReportDistribution, ReportRelease } from '../report/report.js'
import { UsageError } from '../usage-error.js'
import { compareCodeUnits, plural } from '../wording.js'

/** A finding that is known, as it is called in every version and every build of the project. */
interface BaselineEntry {
  /** Normalized project name; the file's name where that gives none. */
  readonly project: string
  /** Kind of the file: `wheel`, `sdist`, `source-tree`, `release` … */
  readonly kind: string
  readonly rule: string
  /** Path of the member, with `*` for versions and what depends on the build. */
  readonly member?: string | undefined
  /** The field, and what the message quotes. */
  readonly about?: string | undefined
  /** How often one file has it; 1 where it is not written. */
  readonly count?: number | undefined
  /** How many more of the same the message counts without their names; 0 where it is not written. */
  readonly more?: number | undefined
}

export type Baseline = readonly BaselineEntry[]

/** Findings of a report without those that the baseline knows. */
export interface Compared {
  readonly report: Report
  /** How many the baseline knows. */
  readonly known: number
  /** Entries that no longer have a finding, though a rule looked for it. */
  readonly gone: Baseline
}

/** Kinds of files that a build makes from a source tree. */
const BUILT: ReadonlySet<string> = new Set(['wheel', 'sdist'])

/**
 * What a source tree and the distributions made from it have in common of a finding: not the member, nor the folder that license
 * files have in a wheel. Undefined where there is no such thing.
 */
function sharedKeyOf({ project, kind, rule, about = '' }: BaselineEntry): string | undefined {
  if (kind !== 'source-tree' && !BUILT.has(kind)) return undefined
  const parts = about.split(' | ').map(withoutFolder)
  const twin = TWINS.find(pair => pair.includes(rule))
  // Of twins, one names the key and the other the field.
  const plain = (twin ? parts.slice(1) : parts).join(' | ')
  return [kind === 'source-tree' ? 'tree' : 'built', project, twin?.[0] ?? rule, plain].join('\0')
}

/** `*.dist-info/licenses/LICENSE` is LICENSE in the source tree. */
function withoutFolder(path: string): string {
  const slash = path.indexOf('/')
  return path.slice(0, Math.max(0, slash)).includes('*') ? path.slice(slash + 1).replace(/^licenses\//, '') : path
}

/** The same key for what is on the other side. */
const acrossKeyOf = (entry: BaselineEntry): string | undefined =>
  sharedKeyOf({
    ...entry,
    kind: entry.kind === 'source-tree' ? 'wheel' : entry.kind === 'release' ? '' : 'source-tree',
  })

const keyOf = ({ project, kind, rule, member = '', about = '' }: BaselineEntry): string =>
  [project, kind, rule, member, about].join('\0')

/** What is left of a text in the next release: no version, no tags of a platform, no hash in the name of a library. */
export function stable(text: string, version: string | null | undefined): string {
  const plain = text
    .replace(/\.(?:cpython-|cp3|abi3|pypy|graalpy)[A-Za-z0-9_-]*(?=\.(?:so|pyd)\b)/g, '.*')
    .replace(/-[0-9a-f]{8}(?=(?:\.[0-9]+)*\.(?:so|dylib|dll)\b|-[0-9])/g, '-*')
  return version ? plain.replaceAll(version, '*') : plain
}

/** The path of a member in the next release. */
export const stableMember = (path: string, version: string | null | undefined): string =>
  stable(path.replace(/^[^/]+\.(dist-info|data)\//, '*.$1/'), version)

function memberOf(member: string, { kind, version, folder }: Owner): string {
  const inside =
    kind === 'sdist'
      ? member.replace(/^[^/]+\/(?=.)/, '')
      : member.startsWith(folder)
        ? member.slice(folder.length)
        : member
  return stableMember(inside, version)
}

/** The longest that an entry says. */
const LONGEST = 200

/** Messages are worded anew from time to time; what they quote stays. */
function aboutOf({ message, location: { field } }: Finding, version: string | null | undefined): string {
  const quoted = message.split("'").filter((_, i) => i % 2 === 1)
  // Positions in lists change.
  const place = (field ?? '').replace(/\[[0-9]+\]/g, '[]')
  return stable([...new Set([place, ...quoted])].filter(part => part !== '').join(' | '), version).slice(0, LONGEST)
}

/** `and 3 more files` */
function moreOf({ message }: Finding): number {
  const counts = [...message.matchAll(/\b(\d[\d,]{0,11}) more\b/g)].map(([, count = '']) =>
    Number(count.replaceAll(',', '')),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

type File = Pick<ReportDistribution, 'name' | 'version' | 'kind' | 'filename' | 'path'>
interface Owner {
  readonly project: string
  readonly kind: string
  readonly version: string | null
  /** What the members of a source tree begin with: the folder that was named. */
  readonly folder: string
}

const ownerOf = ({ name, version, kind, filename, path }: File): Owner => ({
  project: name ?? filename,
  kind,
  version,
  folder: kind === 'source-tree' ? path.slice(0, path.length - filename.length) : '',
})
const ownerOfRelease = ({ name, version }: Pick<ReportRelease, 'name' | 'version'>): Owner => ({
  project: name,
  kind: 'release',
  version,
  folder: '',
})

function entryOf(finding: Finding, owner: Owner): BaselineEntry {
  const { project, kind, version } = owner
  const { member } = finding.location
  const about = aboutOf(finding, version)
  const more = moreOf(finding)
  return {
    project,
    kind,
    rule: finding.rule,
    ...(member !== undefined && { member: memberOf(member, owner) }),
    ...(about !== '' && { about }),
    ...(more > 0 && { more }),
  }
}

interface Part {
  readonly owner: Owner
  readonly findings: readonly Finding[]
}

const partsOf = (report: Report): readonly Part[] => [
  ...report.distributions.map(one => ({ owner: ownerOf(one), findings: one.findings })),
  ...report.releases.map(one => ({ owner: ownerOfRelease(one), findings: one.findings })),
]

/** The entries that this run can judge: their rule ran, on a file of theirs. */
function judgedBy(report: Report, ran: ReadonlySet<string>): (entry: BaselineEntry) => boolean {
  const seen = new Set(partsOf(report).map(({ owner }) => `${owner.project}\0${owner.kind}`))
  return ({ project, kind, rule }) => ran.has(rule) && seen.has(`${project}\0${kind}`)
}

/** Takes the known findings out of a report: of each entry as many in one file as it counts. */
export function compareWithBaseline(report: Report, baseline: Baseline, ran: ReadonlySet<string>): Compared {
  const counts = new Map<string, number>()
  const shared = new Map<string, number>()
  const most = new Map<string, number>()
  for (const entry of baseline) {
    const key = sharedKeyOf(entry)
    counts.set(keyOf(entry), entry.count ?? 1)
    if (key !== undefined) shared.set(key, Math.max(shared.get(key) ?? 0, entry.count ?? 1))
    for (const one of key === undefined ? [keyOf(entry)] : [keyOf(entry), key])
      most.set(one, Math.max(most.get(one) ?? 0, entry.more ?? 0))
  }
  const found = new Set<string>()
  let known = 0
  const rest = (owner: Owner, findings: readonly Finding[]): readonly Finding[] => {
    const left = new Map(counts)
    const across = new Map(shared)
    const takes = (from: Map<string, number>, key: string | undefined, more = 0): boolean => {
      const count = key === undefined || more > (most.get(key) ?? 0) ? 0 : (from.get(key) ?? 0)
      if (key !== undefined && count > 0) from.set(key, count - 1)
      return count > 0
    }
    return findings.filter(finding => {
      const entry = entryOf(finding, owner)
      const key = keyOf(entry)
      found.add(key)
      if (!takes(left, key, entry.more) && !takes(across, acrossKeyOf(entry), entry.more)) return true
      known++
      return false
    })
  }
  const cleaned = {
    ...report,
    distributions: report.distributions.map(one => ({ ...one, findings: rest(ownerOf(one), one.findings) })),
    releases: report.releases.map(one => ({
      ...one,
      findings: rest(ownerOfRelease(one), one.findings),
    })),
  }
  const isJudged = judgedBy(report, ran)
  const gone = baseline.filter(entry => isJudged(entry) && !found.has(keyOf(entry)))
  return { report: cleaned, known, gone }
}

/** The baseline that knows every finding of a report, and what an earlier one knows of what was not looked at now. */
export function baselineFor(report: Report, earlier: Baseline, ran: ReadonlySet<string>): Baseline {
  const entries = new Map<string, BaselineEntry>()
  for (const { owner, findings } of partsOf(report))
    for (const [key, same] of groupBy(findings, finding => keyOf(entryOf(finding, owner)))) {
      const [first] = same
      if (!first) continue
      const [count, more] = [same.length, same.reduce((most, one) => Math.max(most, moreOf(one)), 0)]
      const other = entries.get(key)
      entries.set(key, {
        ...entryOf(first, owner),
        ...atLeast('count', 2, Math.max(count, other?.count ?? 1)),
        ...atLeast('more', 1, Math.max(more, other?.more ?? 0)),
      })
    }
  const isJudged = judgedBy(report, ran)
  for (const entry of earlier) if (!isJudged(entry) && !entries.has(keyOf(entry))) entries.set(keyOf(entry), entry)
  return [...entries].sort(([a], [b]) => compareCodeUnits(a, b)).map(([, entry]) => entry)
}

const atLeast = (key: 'count' | 'more', least: number, value: number) => (value < least ? {} : { [key]: value })

/** One line for each entry, sorted, so that a change of one is a change of one line. */
export function baselineText(baseline: Baseline): string {
  const lines = baseline.map(({ project, kind, rule, member, about, count, more }) =>
    JSON.stringify({ project, kind, rule, member, about, count, more }),
  )
  return `{\n  "schemaVersion": "1",\n  "findings": [${lines.map(line => `\n    ${line}`).join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`
}

/** @throws UsageError for a text that is not a baseline. */
export function parseBaseline(file: string, text: string): Baseline {
  const wrong = (what: string) =>
    new UsageError(`The baseline '${file}' ${what}. Write it again with --write-baseline.`)
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    throw wrong(`is not valid JSON: ${(error as Error).message.replace(/\.$/, '')}`)
  }
  const { schemaVersion, findings } = (data ?? {}) as { schemaVersion?: unknown; findings?: unknown }
  if (schemaVersion !== '1') throw wrong(`does not have the schemaVersion "1"`)
  if (!Array.isArray(findings) || !findings.every(isEntry)) throw wrong('has an entry without project, kind and rule')
  return findings
}

function isEntry(value: unknown): value is BaselineEntry {
  const { project, kind, rule, member, about, count, more } = (value ?? {}) as Record<keyof BaselineEntry, unknown>
  const isText = (one: unknown) => typeof one === 'string'
  return (
    [project, kind, rule].every(isText) &&
    [member, about].every(one => one === undefined || isText(one)) &&
    [count, more].every(one => one === undefined || (Number.isInteger(one) && (one as number) > 0))
  )
}

/** `3 entries of 'baseline.json' are fixed: remove them with …` */
export function goneText(gone: Baseline, file: string): string {
  const [first] = gone
  const example = first ? ` The first is ${first.rule} of ${first.project} (${first.kind}).` : ''
  const one = gone.length === 1
  return `${plural(gone.length, 'entry', 'entries')} of '${file}' ${one ? 'is' : 'are'} fixed: remove ${one ? 'it' : 'them'} with --write-baseline ${file}.${example}`
}
