import type { Distribution, Release } from './distribution/distribution.js'
import { type Absence, lostFields, mayBeUnread } from './distribution/unread.js'
import type { Draft, Enforcer, Finding, InternalError, JudgedFinding, Place, Remedy, Severity } from './finding.js'
import { isInFileName, isRefusal, SEVERITIES } from './finding.js'
import type { About } from './homes.js'
import { oncePer } from './once.js'
import { inTreeWords } from './project/tree-words.js'
import { type AnyRule, adviceText, type Context, type Subject } from './rule.js'
import { sha256 } from './runtime.js'
import { readsWhole, type Selection } from './selection.js'
import { detached } from './text/detached.js'
import type { TextFile } from './text/file.js'
import { linesOf } from './text/lines.js'
import { ENDLESS, type Time } from './time.js'
import { compareCodeUnits, thousands } from './wording.js'

export interface Judged {
  readonly findings: readonly Finding[]
  readonly errors: readonly InternalError[]
  /** Ids of the rules that did not come to their end in time. */
  readonly overdue: readonly string[]
}

/** Less time than this, in milliseconds, is none: no rule is begun. */
const LEAST = 4

/**
 * Runs the selected rules on one subject. Findings come sorted: worst first, then by place; what a limit cut off is counted
 * behind those of its severity. A rule that takes too long is ended, with what it found, and the next one follows.
 */
export function judge(
  subject: Distribution | Release,
  selection: Selection,
  context: Context,
  time: Time = ENDLESS,
): Judged {
  const findings: Finding[] = []
  const counts: Finding[] = []
  const errors: InternalError[] = []
  const overdue = [...(context.overdue ?? [])]
  const asked = selection.rules.filter(askedOf(subject))
  const unread = unreadIn(subject)
  const partial = partialIn(subject)
  /** Of the rule that is asked now; undefined before it finds something, as most rules never do. */
  let found: ReturnType<typeof limitedTo> | undefined

  function ask(rule: AnyRule): void {
    if (rule.absence && unread(rule.absence)) return
    if (partial && rule.topic !== 'archive' && partial.some(kind => readsWhole(rule, kind))) return
    try {
      for (const draft of rule.check(subject, rule.last ? { ...context, overdue } : context)) {
        if (!isWanted(draft, rule, selection)) continue
        found ??= limitedTo(context.limits.findingsPerRule, rule)
        // Counting goes on for the message, but not without end.
        if (!found.take(draft, severityOf(draft, rule, selection))) break
      }
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
      errors.push({ rule: rule.id, path: pathOf(subject), message, stack })
    }
    keep(rule)
  }
  /** What it found, also before it threw or was ended. */
  function keep(rule: AnyRule): void {
    if (!found) return
    const { kept, rest } = found
    found = undefined
    for (const draft of kept()) findings.push(complete(draft, rule, subject, selection, context))
    const more = rest()
    if (more) counts.push(complete(more, rule, subject, selection, context))
  }
  const rules = asked.filter(rule => !rule.last)
  let next = 0
  while (next < rules.length) {
    const ended = time.spend(() => {
      for (let rule = rules[next]; rule; rule = rules[++next]) ask(rule)
    })
    const rule = rules[next]
    if (ended || !rule) break
    overdue.push(rule.id)
    keep(rule)
    next++
    if (time.left() >= LEAST) continue
    overdue.push(...rules.slice(next).map(({ id }) => id))
    break
  }
  for (const rule of asked) if (rule.last) ask(rule)
  findings.sort(byWeight)
  if (counts.length === 0) return { findings, errors, overdue }
  const all = SEVERITIES.flatMap(severity =>
    [findings, counts.sort(byWeight)].flatMap(list => list.filter(finding => finding.severity === severity)),
  )
  return { findings: all, errors, overdue }
}

/**
 * Rules of the topic `native` speak of binaries that are there, and most rules about releases of several files: the command
 * does not load them for a single wheel without binaries.
 */
function askedOf(subject: Distribution | Release): (rule: AnyRule) => boolean {
  const tree = treeOf(subject)
  const kind: Subject = tree ? 'source-tree' : subject.kind
  const hasBinaries = !('natives' in subject) || subject.natives.size > 0
  const isLone = subject.kind === 'release' && isLoneWheel(subject)
  const lost = 'metadata' in subject && subject.metadata ? lostFields(subject.metadata) : []
  return rule =>
    rule.applies.includes(kind) &&
    (hasBinaries || rule.topic !== 'native') &&
    (!isLone || rule.ofLoneWheel === true) &&
    // What PyPI refuses is told, whatever the cause is.
    !rule.misses?.some(field => tree?.mayGive(field) || (lost.includes(field) && !isRefusal(rule)))
}

const treeOf = (subject: Distribution | Release) => (subject.kind === 'sdist' ? subject.tree : undefined)

/** Is there nothing that its wheel could be compared with? */
const isLoneWheel = ({ wheels, sdists, variantsJson, companions, otherVersions, baseline }: Release): boolean =>
  wheels.length === 1 &&
  !baseline &&
  [sdists, variantsJson, companions, otherVersions].every(others => others.length === 0)

/** The kinds of the files of which only a part was read: what else is in them, only the problems of the archive tell. */
function partialIn(subject: Distribution | Release): readonly ('wheel' | 'sdist')[] | undefined {
  const files = subject.kind === 'release' ? subject.distributions : 'archive' in subject ? [subject] : []
  const kinds = files.filter(({ archive }) => archive.partial).map(({ kind }) => kind)
  return kinds.length > 0 ? kinds : undefined
}

/** Asked by many rules of one subject. */
function unreadIn(subject: Distribution | Release): (what: Absence) => boolean {
  const known = new Map<Absence, boolean>()
  return what => {
    const answer = known.get(what) ?? mayBeUnread(subject, what)
    known.set(what, answer)
    return answer
  }
}

/** The rules that did not come to their end, as errors: for subjects and selections where no rule tells of them. */
export function untold(
  { overdue }: Judged,
  subject: Distribution | Release,
  { rules }: Selection,
): readonly InternalError[] {
  if (overdue.length === 0 || rules.filter(rule => rule.last).some(askedOf(subject))) return []
  const message = 'it did not finish within the time limit for one file'
  return overdue.map(rule => ({ rule, path: pathOf(subject), message, stack: undefined }))
}

const MOST_COUNTED = 1_000_000

/** Keeps the first drafts of one rule up to a number, worse ones before milder ones, and counts the others. */
function limitedTo(most: number, rule: AnyRule) {
  const lists: Record<Severity, Draft[]> = { error: [], warning: [], info: [] }
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 }
  const enforcers: Record<Severity, Set<Enforcer>> = { error: new Set(), warning: new Set(), info: new Set() }
  let total = 0
  return {
    /** False when there are too many to count on. */
    take(draft: Draft, severity: Severity): boolean {
      total++
      counts[severity]++
      for (const enforcer of draft.enforcedBy ?? rule.enforcedBy) enforcers[severity].add(enforcer)
      if (lists[severity].length < most) lists[severity].push(draft)
      return total < MOST_COUNTED
    },
    kept: (): readonly Draft[] => SEVERITIES.flatMap(severity => lists[severity]).slice(0, most),
    /** Says how many are left out, as severe as the worst of them; undefined when all are shown. */
    rest(): Draft | undefined {
      if (total <= most) return undefined
      const number = total >= MOST_COUNTED ? 'Very many' : thousands(total - most)
      let left = most
      const severity = SEVERITIES.find(one => {
        left -= counts[one]
        return left < 0
      })
      return {
        message: `${number} more like this.`,
        severity,
        enforcedBy: [...enforcers[severity ?? rule.severity]],
        subject: 'more',
      }
    },
  }
}

const isWanted = (draft: Draft, rule: AnyRule, { profile, isStrict }: Selection): boolean =>
  (draft.strict !== true || isStrict(rule)) &&
  (profile !== 'pypi' || rule.always === true || isRefusal({ enforcedBy: draft.enforcedBy ?? rule.enforcedBy }))

const severityOf = (draft: Draft, rule: AnyRule, selection: Selection): Severity =>
  selection.severityOf(rule) ?? draft.severity ?? rule.severity

/** A command in pyproject.toml is named as in entry_points.txt. */
function aboutOf({ at }: Draft): About {
  const { field, value } = at ?? {}
  const [, gui = '', name] = /^(?:project|tool\.poetry|tool\.flit)\.(gui-)?scripts\.(.+)$/s.exec(field ?? '') ?? []
  return name === undefined ? { field, value } : { field, value: `${gui === '' ? 'console' : 'gui'}_scripts.${name}` }
}

function complete(
  draft: Draft,
  rule: AnyRule,
  subject: Distribution | Release,
  selection: Selection,
  { homes, around }: Context,
): JudgedFinding {
  const enforcedBy: readonly Enforcer[] = draft.enforcedBy ?? rule.enforcedBy
  const severity = severityOf(draft, rule, selection)
  const path = draft.path ?? pathOf(subject)
  return {
    rule: rule.id,
    severity,
    message: detached(treeOf(subject) ? inTreeWords(draft.message, homes?.()) : draft.message),
    help: adviceText(draft.help ?? rule.fix, homes, aboutOf(draft)),
    enforcedBy,
    ...breaksOf(draft, rule),
    location: { path, ...placeOf(draft.at) },
    source: rule.source,
    url: rule.url,
    fingerprint: fingerprint(rule, draft, subject),
    snippet: draft.snippet === undefined ? snippet(draft.at, path, subject) : limited(draft.snippet),
    ...(around && draft.at?.line !== undefined && linesAround(draft.at.line, linesIn(draft.at, path, subject))),
    related: (draft.related?.length ? draft.related : undefined)?.map(({ message, path: other, ...place }) => ({
      path: other ?? path,
      ...placeOf(place),
      message,
    })),
    ...remedyOf(draft),
    ...((draft.inCode ?? rule.inCode) && { inCode: true }),
    ...causesOf(draft, rule),
  }
}

const causesOf = (draft: Draft, rule: AnyRule): Pick<JudgedFinding, 'explains' | 'follows'> => {
  const [explains, follows] = [draft.explains ?? rule.explains, draft.follows ?? rule.follows]
  return { ...(explains && { explains }), ...(follows && { follows }) }
}

/** Larger ones are of no file that a person keeps. */
const LARGEST_REMEDY = 20_000

/** In memory of its own, like every text that comes from a file. */
function remedyOf({ remedy }: Draft): { readonly remedy?: Remedy } {
  const plain = remedy && JSON.stringify(remedy)
  return plain === undefined || plain.length > LARGEST_REMEDY ? {} : { remedy: JSON.parse(plain) as Remedy }
}

/** What the rule itself calls an error breaks something; what the user made one, or what is milder in this case, does not. */
function breaksOf(draft: Draft, rule: AnyRule): Pick<Finding, 'breaks'> {
  const breaks = draft.breaks ?? rule.breaks
  return breaks !== undefined && (draft.severity ?? rule.severity) === 'error' ? { breaks } : {}
}

/** The keys of a place alone: a fact used as a place carries more. */
function placeOf(at: Place | undefined): Place {
  if (!at) return {}
  const { member, line, column, offset, field, value, mark } = at
  return {
    ...(member !== undefined && { member }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(offset !== undefined && { offset }),
    ...(field !== undefined && { field }),
    ...(value !== undefined && { value: detached(cut(value, 1000)) }),
    ...(mark !== undefined && mark !== value && { mark: detached(cut(mark, 1000)) }),
  }
}

const cut = (text: string, most: number) => (text.length > most ? text.slice(0, most) : text)

const pathOf = (subject: Distribution | Release): string =>
  subject.kind === 'release' ? (subject.distributions[0]?.path ?? subject.variantsJson[0]?.path ?? '') : subject.path

function snippet(at: Place | undefined, path: string, subject: Distribution | Release): string | undefined {
  if (!at || (at.line === undefined && !isInFileName(at))) return undefined
  if (at.line === undefined) return limited(ownerOf(path, subject)?.filename)
  return limited(linesIn(at, path, subject)?.(at.line))
}

function ownerOf(path: string, subject: Distribution | Release): Distribution | undefined {
  if (subject.kind !== 'release') return subject
  return [...subject.distributions, ...subject.variantsJson].find(one => one.path === path)
}

/** The n-th line (from 1) of the text that a place is in. */
type Lines = (line: number) => string | undefined

function linesIn(at: Place, path: string, subject: Distribution | Release): Lines | undefined {
  const owner = ownerOf(path, subject)
  // Such a file has no members: its lines are its own.
  if (owner?.kind === 'variants-json') return line => lineOf(owner.text, line)
  if (!owner || owner.kind === 'unknown' || at.member === undefined) return undefined
  const { metadata } = owner
  if (metadata?.member === at.member) return line => metadata.lineText(line)
  // Metadata of a source tree names the project's files without the folder that it is in.
  const file =
    owner.texts.get(at.member) ?? (owner.kind === 'sdist' ? owner.texts.get(`${owner.top}/${at.member}`) : undefined)
  if (file) return line => lineOf(file, line)
  const python = owner.python.get(at.member)
  let lines: ReturnType<typeof linesOf> | undefined
  return (
    python &&
    (line => {
      // It is decoded each time that it is asked for.
      lines ??= linesOf(python.text)
      return lines.text(line)
    })
  )
}

/** Lines before and after the one that is meant. */
const AROUND = 4

/** The line with a number and those next to it, each cut as a snippet is; nothing where there is no such line. */
export function linesAround(line: number, lines: Lines | undefined): Pick<Finding, 'around'> {
  if (lines?.(line) === undefined) return {}
  const first = Math.max(1, line - AROUND)
  const found: string[] = []
  for (let at = first; at <= line + AROUND; at++) {
    const text = limited(lines(at))
    if (text === undefined) break
    found.push(text)
  }
  return { around: { first, lines: found } }
}

const limited = (text: string | undefined) => (text === undefined ? undefined : detached(cut(text, 400)))

const fileLines = oncePer((file: TextFile) => linesOf(file.text))

/** The n-th line (from 1). Starts of lines are looked for once: a rule may point to the last lines of a large file often. */
const lineOf = (file: TextFile, line: number): string | undefined => fileLines(file).text(line)

/** What stays the same in the next release: the rule, the project, and what the finding is about without versions. */
function fingerprint(rule: AnyRule, draft: Draft, subject: Distribution | Release): string {
  const project =
    subject.kind === 'release' ? subject.name : 'project' in subject ? (subject.project ?? '') : subject.filename
  const version = 'version' in subject ? subject.version : undefined
  const about =
    draft.subject ?? ([draft.at?.field, draft.at?.value].filter(Boolean).join('=') || (draft.at?.member ?? ''))
  const stable = version === undefined || version === '' ? about : about.replaceAll(version, '*')
  // A problem of the metadata is the same one in the sdist and in every wheel.
  const kind = draft.at?.field === undefined ? subject.kind : ''
  return sha256().update([rule.id, project, kind, stable].join('\0')).digest('hex').slice(0, 16)
}

function byWeight(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareCodeUnits(a.location.path, b.location.path) ||
    compareCodeUnits(a.location.member ?? '', b.location.member ?? '') ||
    (a.location.line ?? 0) - (b.location.line ?? 0) ||
    (a.location.column ?? 0) - (b.location.column ?? 0) ||
    (a.location.offset ?? 0) - (b.location.offset ?? 0) ||
    compareCodeUnits(a.rule, b.rule) ||
    compareCodeUnits(a.message, b.message)
  )
}
