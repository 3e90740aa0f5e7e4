import type { Distribution, Release, TextFile } from './distribution/distribution.js'
import { lineFinder } from './distribution/lines.js'
import type { Draft, Enforcer, Finding, Place, Severity } from './finding.js'
import { isInFileName, isRefusal, SEVERITIES } from './finding.js'
import { compareCodeUnits } from './report/report.js'
import type { AnyRule, Context } from './rule.js'
import { sha256 } from './runtime.js'
import type { Selection } from './selection.js'

/** Stands for the id of a rule where none is to blame. */
export const WHOLE_AUDIT = 'audit'

/** A rule that threw: a fault of distaudit, not of the file. */
export interface InternalError {
  /** Its id; `WHOLE_AUDIT` when the audit of the file failed as a whole. */
  readonly rule: string
  readonly path: string
  readonly message: string
  readonly stack?: string | undefined
}

export interface Judged {
  readonly findings: readonly Finding[]
  readonly errors: readonly InternalError[]
}

/** Runs the selected rules on one subject. Findings come sorted: worst first, then by place. */
export function judge(subject: Distribution | Release, selection: Selection, context: Context): Judged {
  const findings: Finding[] = []
  const errors: InternalError[] = []
  for (const rule of selection.rules) {
    if (!rule.applies.includes(subject.kind)) continue
    try {
      run(rule, subject, selection, context, findings)
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
      errors.push({ rule: rule.id, path: pathOf(subject), message, stack })
    }
  }
  return { findings: findings.sort(byWeight), errors }
}

/** Adds what one rule finds to `findings`: also what it found before it threw. */
function run(
  rule: AnyRule,
  subject: Distribution | Release,
  selection: Selection,
  context: Context,
  findings: Finding[],
): void {
  const most = context.limits.findingsPerRule
  let count = 0
  for (const draft of rule.check(subject, context)) {
    if (!isWanted(draft, rule, selection)) continue
    count++
    if (count <= most) findings.push(complete(draft, rule, subject, selection))
    // Counting goes on for the message, but not without end.
    if (count >= MOST_COUNTED) break
  }
  if (count <= most) return
  const more = count >= MOST_COUNTED ? 'very many' : `${count - most}`
  findings.push(
    complete({ message: `The same fault occurs ${more} more times in this file.` }, rule, subject, selection),
  )
}

const MOST_COUNTED = 1_000_000

const isWanted = (draft: Draft, rule: AnyRule, { profile }: Selection): boolean =>
  profile !== 'pypi' || rule.always === true || isRefusal({ enforcedBy: draft.enforcedBy ?? rule.enforcedBy })

function complete(draft: Draft, rule: AnyRule, subject: Distribution | Release, selection: Selection): Finding {
  const enforcedBy: readonly Enforcer[] = draft.enforcedBy ?? rule.enforcedBy
  const severity: Severity = selection.severityOf(rule) ?? draft.severity ?? rule.severity
  const path = draft.path ?? pathOf(subject)
  return {
    rule: rule.id,
    severity,
    message: detached(draft.message),
    help: draft.help ?? rule.fix,
    enforcedBy,
    location: { path, ...placeOf(draft.at) },
    source: rule.source,
    url: rule.url,
    fingerprint: fingerprint(rule, draft, subject),
    snippet: snippet(draft.at, path, subject),
    related: draft.related?.map(({ message, path: other, ...place }) => ({
      path: other ?? path,
      ...placeOf(place),
      message,
    })),
  }
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
  const owner =
    subject.kind === 'release'
      ? [...subject.distributions, ...subject.variantsJson].find(one => one.path === path)
      : subject
  if (at.line === undefined) return limited(owner?.filename)
  // Such a file has no members: its lines are its own.
  if (owner?.kind === 'variants-json') return limited(lineOf(owner.text, at.line))
  if (!owner || owner.kind === 'unknown' || at.member === undefined) return undefined
  if (owner.metadata?.member === at.member) return limited(owner.metadata.lineText(at.line))
  const file = owner.texts.get(at.member)
  return file && limited(lineOf(file, at.line))
}

const limited = (text: string | undefined) => (text === undefined ? undefined : detached(cut(text, 400)))

const finders = new WeakMap<TextFile, (line: number) => string | undefined>()

/** The n-th line (from 1). Starts of lines are looked for once: a rule may point to the last lines of a large file often. */
function lineOf(file: TextFile, line: number): string | undefined {
  let find = finders.get(file)
  if (!find) {
    find = lineFinder(() => file.text)
    finders.set(file, find)
  }
  return find(line)
}

/** The same text, in memory of its own: a part of a file's text would keep the whole of it for as long as the report lives. */
const detached = (text: string): string => ` ${text}`.slice(1)

/** What stays the same in the next release: the rule, the project, and what the finding is about without versions. */
function fingerprint(rule: AnyRule, draft: Draft, subject: Distribution | Release): string {
  const project =
    subject.kind === 'release' ? subject.name : 'project' in subject ? (subject.project ?? '') : subject.filename
  const version = 'version' in subject ? subject.version : undefined
  const about =
    draft.subject ?? ([draft.at?.field, draft.at?.value].filter(Boolean).join('=') || (draft.at?.member ?? ''))
  const stable = version === undefined || version === '' ? about : about.replaceAll(version, '*')
  // A fault of the metadata is the same one in the sdist and in every wheel.
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
