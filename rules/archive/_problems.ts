import type { Archive } from '../../src/archive/archive.js'
import { landing } from '../../src/archive/landing.js'
import { isOf, type Problem, type ProblemKind } from '../../src/archive/problem.js'
import type { SomePlace } from '../../src/archive/problem-place.js'
import type { Members } from '../../src/distribution/distribution.js'
import type { Draft, Enforcer } from '../../src/finding.js'
import { oncePer } from '../../src/once.js'
import { finding, quote } from '../../src/rule.js'

/** A distribution whose archive is a zip: where its readers stop depends on more than one record. */
export interface Zip extends HasProblems {
  readonly archive: Archive
  readonly members: Members
  /** Of a wheel: its own dist-info directory. */
  readonly distInfo?: string | undefined
}

/**
 * Who stops at an error in the structure of a zip: PyPI, unless its walk over this file reaches the end anyway, and
 * `others`.
 */
export function byWalk({ archive: { stops } }: Zip, ...others: readonly Enforcer[]): readonly Enforcer[] {
  return stops === undefined || stops.walk || stops.newerPython ? ['pypi', ...others] : others
}

/** As `byWalk`, for what the end records say: they can make Python find no directory at all. */
export function byEnd(subject: Zip, ...others: readonly Enforcer[]): readonly Enforcer[] {
  const python: readonly Enforcer[] = subject.archive.stops?.olderPython ? ['pip', 'twine'] : []
  return byWalk(subject, ...python, ...others)
}

/**
 * Who stops at a member that cannot be read: pip where there is something to read, PyPI where it looks into it. At an
 * error that Python does not name (`BadZipFile` is a name) PyPI's server fails, and at any error in a file that it
 * reads late.
 */
export function byReading(
  subject: Zip,
  { member = '', offset }: SomePlace,
  fault: 'bad-zip' | 'other',
  ...others: readonly Enforcer[]
): readonly Enforcer[] {
  const rest = others.filter(who => who !== 'uv' || uvUnpacks({ member }))
  if (isDirectory({ member })) return rest
  const kept = subject.members.get(member)
  // Of several members with one name, the last is read.
  if (kept && offset !== undefined && kept.offset !== offset) return rest
  const isRead = kept === undefined || kept.size > 0 || (isOwn(subject, member) && PIP_READS.test(member))
  const pip: readonly Enforcer[] = isRead ? ['pip'] : []
  const name = namesForPyPI(subject).get(member) ?? member
  const pypi: readonly Enforcer[] =
    isScanned({ member: name }) || /^[^/]+\.dist-info\/WHEEL$/.test(name)
      ? [fault === 'bad-zip' ? 'pypi' : 'pypi-crash']
      : pypiReads({ member: name })
        ? ['pypi-crash']
        : []
  return [...pypi, ...pip, ...rest]
}

/** As `byReading`, for content: of two central records for one local record, Python reads what the last says. */
export function byContent(
  subject: Zip,
  problem: SomePlace,
  fault: 'bad-zip' | 'other',
  ...others: readonly Enforcer[]
): readonly Enforcer[] {
  const kept = subject.members.get(problem.member ?? '')
  return kept?.intact ? others : byReading(subject, problem, fault, ...others)
}

/** Names from Unicode path fields: the zipfile of Python 3.14, which PyPI runs, takes them. */
const namesForPyPI = oncePer(({ problems }: Zip) => {
  const names = new Map<string, string>()
  for (const problem of problems)
    if (isOf(problem, 'zip-unicode-path-other') && problem.where === 'central' && problem.member !== undefined)
      names.set(problem.member, problem.path)
  return names
})

/** uv passes over a member whose path leads out of the tree, after it has read its records. */
export const uvUnpacks = ({ member = '' }: SomePlace): boolean => landing(member) !== undefined

/** uv, where a problem about where things lie keeps it from coming through. */
export const byUvWalk = ({ archive: { stops } }: Zip): readonly Enforcer[] => (stops?.uv === false ? [] : ['uv'])

const isOwn = ({ distInfo }: Zip, member: string) => distInfo !== undefined && member.startsWith(`${distInfo}/`)

/** Of the wheel's own dist-info; read by name, whatever their size. */
const PIP_READS = /^[^/]+\.dist-info\/(?:WHEEL|METADATA|entry_points\.txt)$/

interface HasProblems {
  readonly problems: readonly Problem[]
}

/** The problems of one kind. */
export const problemsOf = <K extends ProblemKind>({ problems }: HasProblems, kind: K): readonly Problem<K>[] =>
  problems.filter(problem => isOf(problem, kind))

/** A finding where a problem is. */
export const problemFinding = ({ member, offset }: SomePlace, message: string, more?: Omit<Draft, 'at' | 'message'>) =>
  finding({ member, offset }, message, more)

/** What nobody stops at, and does not break what the rule is about, is not an error. */
export const enforcement = (enforcedBy: readonly Enforcer[]): Pick<Draft, 'enforcedBy' | 'severity'> =>
  enforcedBy.length > 0 ? { enforcedBy: [...new Set(enforcedBy)] } : { enforcedBy, severity: 'warning' }

/** One finding per problem of these kinds; a function says who acts, where that depends on the case. */
export function* fromProblems<K extends ProblemKind>(
  { problems }: HasProblems,
  kinds: readonly K[],
  message: (problem: Problem<K>) => string,
  enforcedBy?: (problem: Problem<K>) => readonly Enforcer[],
  /** It breaks for users even where nobody refuses it, so it stays an error. */
  breaks = false,
): Generator<Draft> {
  for (const problem of problems)
    if (isOf(problem, ...kinds)) {
      const by = enforcedBy?.(problem)
      yield problemFinding(problem, message(problem), by && (breaks ? { enforcedBy: by } : enforcement(by)))
    }
}

/** One finding for all problems of a kind: a writer that does it once does it in every member. */
export function* fromAll<K extends ProblemKind>(
  subject: HasProblems,
  kind: K,
  message: (first: Problem<K>, count: number) => string,
  enforcedBy?: (all: readonly Problem<K>[]) => readonly Enforcer[],
): Generator<Draft> {
  const all = problemsOf(subject, kind)
  if (all[0]) yield problemFinding(all[0], message(all[0], all.length), enforcedBy && enforcement(enforcedBy(all)))
}

/** Nobody reads the content of a directory; uv inflates it. */
export const isDirectory = ({ member = '' }: SomePlace): boolean => member.endsWith('/')

/** The member's name in quotes, or `a member` where a record does not name one. */
export function memberText({ member }: SomePlace): string {
  return member === undefined ? 'a member' : quote(member)
}

/** Members whose content PyPI reads during an upload, so that a broken one is seen there. */
function pypiReads(place: SomePlace): boolean {
  const { member = '' } = place
  return (
    isScanned(place) || /^[^/]+\.dist-info\/(?:WHEEL|METADATA|RECORD|entry_points\.txt|licenses\/.*)$/s.test(member)
  )
}

/** Python files, which PyPI searches for encrypted code; a broken one crashes the server. */
function isScanned({ member = '' }: SomePlace): boolean {
  return /[^/]\.pye?$/i.test(member)
}

/** A CRC-32, as the tools show it. */
export const crcText = (crc: number): string => crc.toString(16).padStart(8, '0')

export const PYPI_ARCHIVES = 'https://docs.pypi.org/archives/'
export const APPNOTE = 'https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT'
