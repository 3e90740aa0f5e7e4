import type { Distribution, Release } from './distribution/distribution.js'
import type { Draft, Enforcer, Finding, Place, Severity } from './finding.js'
import { isRefusal, SEVERITIES } from './finding.js'
import type { AnyRule, Context } from './rule.js'
import { sha256 } from './runtime.js'
import type { Selection } from './selection.js'

/** A rule that threw: a fault of distaudit, not of the file. */
export interface InternalError {
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
      for (const finding of run(rule, subject, selection, context)) findings.push(finding)
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
      errors.push({ rule: rule.id, path: pathOf(subject), message, stack })
    }
  }
  return { findings: findings.sort(byWeight), errors }
}

function* run(
  rule: AnyRule,
  subject: Distribution | Release,
  selection: Selection,
  context: Context,
): Generator<Finding> {
  const most = context.limits.findingsPerRule
  let count = 0
  for (const draft of rule.check(subject, context)) {
    const finding = complete(draft, rule, subject, selection)
    if (finding === undefined) continue
    count++
    if (count <= most) yield finding
    // Counting goes on for the message, but not without end.
    if (count >= 1_000_000) break
  }
  if (count > most) {
    const more = complete(
      { message: `The same fault occurs ${count - most} more times in this file.` },
      rule,
      subject,
      selection,
    )
    if (more) yield more
  }
}

function complete(
  draft: Draft,
  rule: AnyRule,
  subject: Distribution | Release,
  selection: Selection,
): Finding | undefined {
  const enforcedBy: readonly Enforcer[] = draft.enforcedBy ?? rule.enforcedBy
  if (selection.profile === 'pypi' && !rule.always && !isRefusal({ enforcedBy })) return undefined
  const severity: Severity = selection.severityOf(rule) ?? draft.severity ?? rule.severity
  const path = draft.path ?? pathOf(subject)
  return {
    rule: rule.id,
    severity,
    message: draft.message,
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
  const { member, line, column, offset, field, value } = at
  return {
    ...(member !== undefined && { member }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(offset !== undefined && { offset }),
    ...(field !== undefined && { field }),
    ...(value !== undefined && { value: cut(value, 1000) }),
  }
}

const cut = (text: string, most: number) => (text.length > most ? text.slice(0, most) : text)

const pathOf = (subject: Distribution | Release): string =>
  subject.kind === 'release' ? (subject.distributions[0]?.path ?? subject.variantsJson[0]?.path ?? '') : subject.path

function snippet(at: Place | undefined, path: string, subject: Distribution | Release): string | undefined {
  if (at?.line === undefined) return undefined
  const owner =
    subject.kind === 'release'
      ? [...subject.distributions, ...subject.variantsJson].find(one => one.path === path)
      : subject
  // Such a file has no members: its lines are its own.
  if (owner?.kind === 'variants-json') return limited(lineOf(owner.text.text, at.line))
  if (!owner || owner.kind === 'unknown' || at.member === undefined) return undefined
  if (owner.metadata?.member === at.member) return limited(owner.metadata.lineText(at.line))
  const text = owner.texts.get(at.member)?.text
  return text === undefined ? undefined : limited(lineOf(text, at.line))
}

const limited = (text: string | undefined) => (text === undefined ? undefined : cut(text, 400))

/** The n-th line (from 1), ended by LF, CR LF or CR. */
function lineOf(text: string, line: number): string | undefined {
  const ends = /\r\n|\n|\r/g
  let start = 0
  for (let n = 1; n < line; n++) {
    if (ends.exec(text) === null) return undefined
    start = ends.lastIndex
  }
  ends.lastIndex = start
  return text.slice(start, ends.exec(text)?.index)
}

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
    compare(a.location.path, b.location.path) ||
    compare(a.location.member ?? '', b.location.member ?? '') ||
    (a.location.line ?? 0) - (b.location.line ?? 0) ||
    (a.location.column ?? 0) - (b.location.column ?? 0) ||
    (a.location.offset ?? 0) - (b.location.offset ?? 0) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
