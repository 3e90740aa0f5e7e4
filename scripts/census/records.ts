import { join } from 'node:path'
import type { Member } from '../../src/archive/archive.js'
import type { Part } from '../../src/audit.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import { isRefusal, type Severity } from '../../src/finding.js'
import { groupBy } from '../../src/group-by.js'
import { type AnyRule, rule } from '../../src/rule.js'

/** What is shipped and used by nobody who installs the wheel, in the order in which a byte is counted: once. */
export const WASTES = ['debug', 'caches', 'objects', 'leftovers', 'tests', 'duplicates'] as const
export type Waste = (typeof WASTES)[number]

/** What the census keeps of one file. */
export interface FileRecord {
  readonly file: string
  /** Normalized name; the file name where it does not say one. */
  readonly project: string
  readonly kind: 'wheel' | 'sdist'
  /** Bytes, packed and unpacked. */
  readonly size: number
  readonly unpacked: number
  /** Its distribution's normalized name, where it is known. */
  readonly backend: string | undefined
  /** Of its newest member; undefined where the dates are fixed ones. */
  readonly year: number | undefined
  /** Bytes, unpacked; only of wheels. */
  readonly waste: Readonly<Partial<Record<Waste, number>>>
  readonly findings: readonly FoundRule[]
}

/** The findings of a rule in a file, each severity by itself. */
interface FoundRule {
  readonly rule: string
  readonly severity: Severity
  readonly count: number
  /** Would PyPI refuse the file for one of them? */
  readonly refused: boolean
}

type Seen = Pick<FileRecord, 'backend' | 'year' | 'unpacked' | 'waste'>

/** A rule that finds nothing: it is shown each file with the others, and remembers what the census asks. */
export function observer(): { readonly rule: AnyRule; readonly seen: ReadonlyMap<string, Seen> } {
  const seen = new Map<string, Seen>()
  const watching = rule({
    id: 'census',
    topic: 'contents',
    severity: 'info',
    applies: ['wheel', 'sdist'],
    enforcedBy: [],
    force: 'none',
    source: 'census',
    url: '',
    summary: 'Nothing.',
    why: '',
    fix: '',
    needs: ['native'],
    bad: {},
    good: {},
    *check(file, { homes }) {
      seen.set(file.path, {
        backend: homes?.().backend,
        year: yearOf(file.members.files),
        unpacked: sum(file.members.files, member => member.actualSize),
        waste: file.kind === 'wheel' ? wasteIn(file) : {},
      })
    },
  })
  return { rule: watching, seen }
}

/** The records of one project's files. */
export function recordsOf(part: Part, folder: string, seen: ReadonlyMap<string, Seen>): readonly FileRecord[] {
  const ofReleases = groupBy(
    part.releases.flatMap(({ findings }) => findings),
    ({ location }) => location.path,
  )
  return part.distributions.flatMap(({ path, filename, kind, name, size, findings }) => {
    const facts = seen.get(join(folder, filename))
    if ((kind !== 'wheel' && kind !== 'sdist') || !facts) return []
    const all = [...findings, ...(ofReleases.get(path) ?? [])]
    const rules = [...groupBy(all, finding => `${finding.rule} ${finding.severity}`).values()].map(same => ({
      rule: same[0]!.rule,
      severity: same[0]!.severity,
      count: same.length,
      refused: same.some(isRefusal),
    }))
    return { file: filename, project: name ?? filename, kind, size, ...facts, findings: rules }
  })
}

const FIRST_YEAR = 2005
/** What flit and poetry-core, and hatchling write where no date is asked for. */
const FIXED = ['2016-01-01', '2020-02-02']

/** Of the newest member. Builds with fixed dates do not say when they were made. */
export function yearOf(members: readonly Pick<Member, 'mtime'>[]): number | undefined {
  const days = members.flatMap(({ mtime }) => (mtime === undefined ? [] : new Date(mtime * 1000).toISOString()))
  const newest =
    days
      .map(day => day.slice(0, 10))
      .sort()
      .at(-1) ?? ''
  const year = Number(newest.slice(0, 4))
  return year < FIRST_YEAR || FIXED.includes(newest) ? undefined : year
}

const TESTS = /(?:^|\/)tests?\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/
const CACHES = /\.py[co]$/
const OBJECTS = /\.(?:o|obj|pdb|ilk|exp)$/
const LEFTOVERS =
  /(?:^|\/)(?:\.git|\.hg|\.svn|\.idea|\.vscode|\.tox|\.nox|\.mypy_cache|\.pytest_cache|\.ruff_cache|\.ipynb_checkpoints|__MACOSX)\/|(?:^|\/)(?:\.DS_Store|Thumbs\.db)$|(?:\.orig|\.rej|\.bak|\.swp|~)$/

function kindOf(path: string): Waste | undefined {
  if (CACHES.test(path)) return 'caches'
  if (OBJECTS.test(path)) return 'objects'
  if (LEFTOVERS.test(path)) return 'leftovers'
  return TESTS.test(path) ? 'tests' : undefined
}

/** Debug data is a part of a member; what is left of it can still be a duplicate. */
export function wasteIn({ members, natives, distInfo }: Pick<Wheel, 'members' | 'natives' | 'distInfo'>) {
  const waste: Partial<Record<Waste, number>> = {}
  const add = (kind: Waste, bytes: number) => {
    if (bytes > 0) waste[kind] = (waste[kind] ?? 0) + bytes
  }
  const digests = new Set<string>()
  for (const { path, actualSize, sha256 } of members.files) {
    if (distInfo !== undefined && path.startsWith(`${distInfo}/`)) continue
    const kind = kindOf(path)
    if (kind) {
      add(kind, actualSize)
      continue
    }
    const debug = Math.min(natives.get(path)?.debugSize ?? 0, actualSize)
    add('debug', debug)
    if (sha256 === '') continue
    if (digests.has(sha256)) add('duplicates', actualSize - debug)
    digests.add(sha256)
  }
  return waste
}

export const sum = <T>(items: Iterable<T>, of: (item: T) => number): number => {
  let total = 0
  for (const item of items) total += of(item)
  return total
}
