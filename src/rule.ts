import type { Limits } from './archive/limits.js'
import type { Release, Sdist, UnknownFile, VariantsJson, Wheel } from './distribution/distribution.js'
import type { Draft, Enforcer, Place, Severity } from './finding.js'

export type Topic =
  | 'archive'
  | 'contents'
  | 'dependencies'
  | 'description'
  | 'entry-points'
  | 'filename'
  | 'license'
  | 'metadata'
  | 'native'
  | 'pyproject'
  | 'record'
  | 'release'
  | 'sbom'
  | 'sdist'
  | 'tags'
  | 'variants'
  | 'wheel'

/** What a rule looks at. `release` gets every given distribution of one project and version at once. */
export interface Subjects {
  wheel: Wheel
  sdist: Sdist
  unknown: UnknownFile
  release: Release
  'variants-json': VariantsJson
}
export type Subject = keyof Subjects

/** Facts that cost time and are gathered only when a selected rule needs them. */
export type Need = 'rendering' | 'native' | 'python-scan' | 'license-texts'

/** The files of the source tree that the user named, as git has them. */
export interface TrackedFiles {
  /** Relative to the root of the repository, with `/`. */
  readonly paths: ReadonlySet<string>
  /** Folders of which git lists no files here: submodules, and what a sparse checkout leaves out. */
  readonly folders: readonly string[]
  /** The project's folder, relative to the root; '' when it is the root. */
  readonly folder: string
  /** Normalized names that the project's files give it; none when a program computes it. */
  readonly names: readonly string[]
}

export interface Context {
  readonly preview: boolean
  readonly limits: Limits
  /** Absent unless a source tree was named and git tracks it. */
  readonly tracked?: TrackedFiles | undefined
}

/**
 * What differs from a small valid distribution (fixtures/build.ts). `{dist-info}` and `{top}` stand for the dist-info
 * directory of a wheel and the top directory of an sdist. In METADATA, PKG-INFO and WHEEL, null removes a field and a list
 * repeats it. `make` names a function of fixtures/make.ts for what plain data cannot say.
 */
export interface ExampleFile {
  readonly filename?: string
  readonly name?: string
  readonly version?: string
  readonly metadata?: Readonly<Record<string, string | readonly string[] | null>>
  /** Replaces the whole METADATA or PKG-INFO. */
  readonly rawMetadata?: string | null
  readonly description?: string
  readonly wheel?: Readonly<Record<string, string | readonly string[] | null>>
  readonly rawWheel?: string | null
  readonly record?: string | null
  readonly entryPoints?: string
  readonly pyproject?: string | null
  /** Adds or replaces members; null removes one. */
  readonly files?: Readonly<Record<string, string | null>>
  readonly make?: string
}
export interface Example {
  readonly wheel?: ExampleFile
  readonly sdist?: ExampleFile
  /** A file that is neither, by name. */
  readonly unknown?: {
    readonly filename: string
    readonly text: string
    /** Why it cannot be opened, when it cannot. */
    readonly broken?: 'directory' | 'unreadable'
  }
  /** Several files of one release; `variants-json` is the text of an index-level variants file. */
  readonly release?: readonly (
    | { readonly wheel: ExampleFile }
    | { readonly sdist: ExampleFile }
    | { readonly variantsJson: { readonly filename: string; readonly text: string } }
  )[]
  /** Files of the release before, as `--baseline-release` gives them. */
  readonly baseline?: readonly ({ readonly wheel: ExampleFile } | { readonly sdist: ExampleFile })[]
  /** Paths that git tracks in the project's folder, as `--source-root` finds them. */
  readonly tracked?: readonly string[]
  /** Other rules that this example gives at level error, because they see the same fault. */
  readonly alsoGives?: readonly string[]
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
  /** One sentence: the fault. */
  readonly summary: string
  /** What happens to whom. */
  readonly why: string
  /** One imperative sentence or two. */
  readonly fix: string
  /** PyPI's own words, where it refuses: what people search for. */
  readonly pypiMessage?: string
  readonly bad: Example | readonly Example[]
  readonly good: Example | readonly Example[]
  /** How sure a finding is; below `high` never an error. Default very-high. */
  readonly precision?: 'very-high' | 'high' | 'medium'
  /** For attacks only: 0.1 to 10, as SARIF's `security-severity`. */
  readonly securitySeverity?: number
  /** `preview` rules for drafts run with --preview; `strict` ones with --profile strict or when selected by name. */
  readonly status?: 'stable' | 'strict' | 'preview'
  /** Tells what could not be checked: runs in every profile, so that nothing is skipped in silence. */
  readonly always?: boolean
  readonly needs?: readonly Need[]
  /** Former ids: select, ignore, comments and explain follow them. */
  readonly formerly?: readonly string[]
  check(subject: Subjects[S], context: Context): Iterable<Draft>
}

/** A rule whatever it looks at; `applies` says which subjects its `check` takes. */
// biome-ignore lint/suspicious/noExplicitAny: a rule of one subject is none of all subjects, and the registry holds every kind.
export type AnyRule = Rule<any>

/** Declares a rule; one a file, as its default export. */
export function rule<const S extends Subject>(definition: Rule<S>): Rule<S> {
  return definition
}

/** A draft finding at a place (a fact is one). */
export function finding(at: Place | undefined, message: string, more?: Omit<Draft, 'at' | 'message'>): Draft {
  return { ...more, at, message }
}

/** Text from a file inside a message: in quotes, and cut to 200 characters. Escaping is the reports' business. */
export function quote(text: string): string {
  const points = [...text.slice(0, 800)]
  return points.length > 200 || text.length > 800 ? `'${points.slice(0, 200).join('')}…'` : `'${text}'`
}
