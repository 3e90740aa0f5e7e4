import type { Limits } from './archive/limits.js'
import type { Demands } from './demands.js'
import type { Release, Sdist, UnknownFile, VariantsJson, Wheel } from './distribution/distribution.js'
import type { Need } from './distribution/read.js'
import type { Absence } from './distribution/unread.js'
import type { Example } from './example.js'
import type { Draft, Enforcer, Place, Severity } from './finding.js'
import type { About, Advice, Homes } from './homes.js'
import { homesOf } from './project/homes.js'
import type { TrackedFiles } from './project/tracked.js'

export { quote } from './wording.js'

export const TOPICS = [
  'archive',
  'contents',
  'dependencies',
  'description',
  'entry-points',
  'filename',
  'license',
  'metadata',
  'native',
  'pyproject',
  'record',
  'release',
  'sbom',
  'sdist',
  'tags',
  'variants',
  'wheel',
] as const
export type Topic = (typeof TOPICS)[number]

/** What a rule looks at. `release` gets every given distribution of one project and version at once. */
interface Subjects {
  wheel: Wheel
  sdist: Sdist
  unknown: UnknownFile
  release: Release
  'variants-json': VariantsJson
  /** The sdist that would be made of a source tree, as far as its files tell: it has a `tree`. */
  'source-tree': Sdist
}
export type Subject = keyof Subjects

export interface Context {
  /** The project that the subject was built from: what advice names. Absent: not known. */
  readonly homes?: (() => Homes) | undefined
  readonly preview: boolean
  readonly limits: Limits
  /** Absent unless a source tree was named and git tracks it. */
  readonly tracked?: TrackedFiles | undefined
  /** What the project asks of its own files. */
  readonly demands?: Demands | undefined
  /** Findings carry the lines around their places. */
  readonly around?: boolean | undefined
  /** Ids of the rules that were ended before their end, because the time for the file was over. */
  readonly overdue?: readonly string[] | undefined
}

export interface Rule<S extends Subject = Subject> {
  /** Kebab case; never changes its meaning, never reused. */
  readonly id: string
  readonly topic: Topic
  readonly severity: Severity
  readonly applies: readonly S[]
  readonly enforcedBy: readonly Enforcer[]
  /** The force of the text in `source`: what the specification itself says. `none` when the rule is advice of ours. */
  readonly force: 'MUST' | 'SHOULD' | 'MAY' | 'none'
  /** Specification and section. */
  readonly source: string
  readonly url: string
  /** One sentence: the problem. */
  readonly summary: string
  /** What happens to whom. */
  readonly why: string
  /** For errors that nobody refuses: one sentence that says what breaks for users. */
  readonly breaks?: string
  /** One imperative sentence or two; `fixText` is what it says of a project that is not known. */
  readonly fix: Advice
  /** `preview` rules for drafts run with --preview; `strict` ones with --profile strict or when selected by name. */
  readonly status?: 'stable' | 'strict' | 'preview'
  /** Why test/advice does not follow the fix in sample projects, where it is about a project's own files: what a person has to do. */
  readonly byHand?: string
  /** PyPI's own words, where it refuses: what people search for. */
  readonly pypiMessage?: string
  /** How sure a finding is; below `high` never an error. Default very-high. */
  readonly precision?: 'very-high' | 'high' | 'medium'
  /** For attacks only: 0.1 to 10, as SARIF's `security-severity`. */
  readonly securitySeverity?: number
  /**
   * Says that something is not there: it is not asked where a part that could not be read may have it. The problem of that part is
   * a finding already.
   */
  readonly absence?: Absence
  /**
   * Of rules about build files: what is missing in distributions for the same mistake, as core metadata fields or as a word of `follows`.
   * What is told of that is one finding with this one, see src/causes.ts.
   */
  readonly explains?: readonly string[]
  /** What it finds missing, where that is not a metadata field that it `misses`: `packages`, `license text`. */
  readonly follows?: readonly string[]
  readonly needs?: readonly Need[]
  /** Former ids: select, ignore, comments and explain follow them. */
  readonly formerly?: readonly string[]
  /** What is wrong is in the project's code, at the line of the finding, and not in its build files. */
  readonly inCode?: boolean
  /** Tells what could not be checked: runs in every profile, so that nothing is skipped in silence. */
  readonly always?: boolean
  /** Is asked behind all others: it tells which of them were `overdue`. */
  readonly last?: boolean
  readonly bad: Example | readonly Example[]
  readonly good: Example | readonly Example[]
  /** Core metadata fields that it misses: it is not asked where a build may give one of them to a source tree, or where one is lost. */
  readonly misses?: readonly string[]
  /** Of rules for releases: not only compares files, but has something to say of a single wheel too. The others are not asked there. */
  readonly ofLoneWheel?: boolean
  check(subject: Subjects[S], context: Context): Iterable<Draft>
}

/** A rule whatever it looks at; `applies` says which subjects its `check` takes. */
// biome-ignore lint/suspicious/noExplicitAny: a rule of one subject is none of all subjects, and the registry holds every kind.
export type AnyRule = Rule<any>

const UNKNOWN_PROJECT = () => homesOf({})

/** Advice for a project; without one, for a project that is not known. */
export const adviceText = (advice: Advice, project = UNKNOWN_PROJECT, about: About = {}): string =>
  typeof advice === 'string' ? advice : advice(project(), about)

/** What a rule's page says of the fix. */
export const fixText = ({ fix }: Rule): string => adviceText(fix)

/** Declares a rule; one a file, as its default export. */
export function rule<const S extends Subject>(definition: Rule<S>): Rule<S> {
  return definition
}

/** A draft finding at a place (a fact is one). */
export function finding(at: Place | undefined, message: string, more?: Omit<Draft, 'at' | 'message'>): Draft {
  return { ...more, at, message }
}
