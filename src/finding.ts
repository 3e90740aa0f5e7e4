import type { Advice } from './homes.js'

/** How bad it is: somebody refuses it or it breaks; it works but harms; it could be better. */
export type Severity = 'error' | 'warning' | 'info'

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** Negative when `a` is worse than `b`. */
export const compareSeverity = (a: Severity, b: Severity): number => RANK[a] - RANK[b]

/** True when a finding of severity `found` counts at a threshold: `isAtLeast('error', 'warning')`. */
export const isAtLeast = (found: Severity, threshold: Severity): boolean => RANK[found] <= RANK[threshold]

/**
 * Who acts on it today. `pypi` and `twine` refuse the upload; `pypi-crash` is an HTTP 500; `pypi-mail` takes the file and
 * mails the owners; `pypi-state` depends on what the index already has. The others refuse to install or to read the file.
 */
export type Enforcer =
  | 'pypi'
  | 'pypi-crash'
  | 'pypi-mail'
  | 'pypi-state'
  | 'twine'
  | 'packaging'
  | 'pip'
  | 'uv'
  | 'auditwheel'
  | 'interpreter'
  | 'system'

/** Those that stop an upload made with twine. */
const UPLOAD_BLOCKERS: ReadonlySet<Enforcer> = new Set(['pypi', 'pypi-crash', 'twine'])

/** Would an upload made with twine be refused for it? */
export const isRefusal = (finding: { readonly enforcedBy: readonly Enforcer[] }): boolean =>
  finding.enforcedBy.some(who => UPLOAD_BLOCKERS.has(who))

/** A position inside a distribution. Facts that came from a file are places too, so a rule can point to the fact itself. */
export interface Place {
  /** Member path in the archive; absent for the file itself (its name, its framing). */
  readonly member?: string | undefined
  /** 1-based line in the member's text. */
  readonly line?: number | undefined
  /** 1-based column in UTF-16 code units: in the line, or, without `member` and `line`, in the file's own name. */
  readonly column?: number | undefined
  /** 0-based byte offset in the archive, for findings about its framing. */
  readonly offset?: number | undefined
  /**
   * Core metadata field in its specified spelling (`Requires-Dist`), or `entry-points`, `tags`, `variants`, `sboms`, `files`,
   * or a pyproject.toml key path (`project.dependencies[1]`).
   */
  readonly field?: string | undefined
  /**
   * The whole value of the field, whichever part of it is meant: finds the key in the project's own pyproject.toml, and tells
   * one finding from another. Without a `column` it is looked for in the line.
   */
  readonly value?: string | undefined
  /**
   * What is underlined in the text report, as written from `column` on, where that is not all of `value`: a key, a part of
   * the value, a part of the file name. Empty where something is missing there.
   */
  readonly mark?: string | undefined
}

/** Does a place point into the file's own name? */
export const isInFileName = ({ member, line, column }: Place): boolean =>
  member === undefined && line === undefined && column !== undefined

/** A place in another file, or a second place in the same one. */
export interface Related extends Place {
  /** Path of the distribution; the finding's own when absent. */
  readonly path?: string | undefined
  readonly message: string
}

/**
 * One change of what the project's own files say, in the words of the metadata: where and how that is written, src/project finds
 * out. It is made only where the value is written as it is given here. `field` is a core metadata field, or, of rules about
 * pyproject.toml, a key path.
 */
export type Change =
  /** Another text for a value. */
  | { readonly kind: 'replace'; readonly field: string; readonly value: string; readonly by: string }
  /** Another text for a part of a requirement, wherever it stands in its extras or its marker as a word of its own. */
  | {
      readonly kind: 'requirement'
      readonly value: string
      readonly where: 'extras' | 'marker'
      readonly part: string
      readonly by: string
    }
  /** Another value of whatever kind for a key of pyproject.toml; an item of an array may become several. `was`: as JSON. */
  | {
      readonly kind: 'set'
      readonly key: string
      readonly was: string
      readonly value: string | boolean | readonly string[]
    }
  /** Takes the items of a list that have the value away. */
  | { readonly kind: 'remove'; readonly field: string; readonly value: string }
  /** Leaves the first of several equal items of a list. */
  | { readonly kind: 'once'; readonly field: string; readonly value: string }
  /** Another name for an extra, the label of a URL, a dependency group, or a key of setup.cfg, wherever the project's files use it. */
  | {
      readonly kind: 'rename'
      readonly what: 'extra' | 'url' | 'group' | 'setup.cfg'
      readonly name: string
      readonly by: string
    }
  /** Another name for the last part of a key path of pyproject.toml, or several parts instead. */
  | { readonly kind: 'key'; readonly key: string; readonly by: readonly string[] }
  /** A key that is missing, below the header of its table. */
  | { readonly kind: 'add'; readonly table: string; readonly key: string; readonly value: string }
  /** `license` as an expression, `license-files` for the file it named, and no license classifiers. */
  | {
      readonly kind: 'license'
      readonly expression: string
      /** What the key is now, or names: a text or a file; undefined where there is none. */
      readonly was: string | undefined
      /** Where it named a file: what `license-files` is to list, unless it is there. */
      readonly files: readonly string[]
      /** The license classifiers that say the same. */
      readonly classifiers: readonly string[]
    }

/** Changes that make a finding go away, all of them or none. */
export interface Remedy {
  /** Safe: they mean what was meant, and nothing else changes. */
  readonly safe: boolean
  readonly changes: readonly Change[]
}

/** Another text for a part of a file of the project. All edits of a finding belong together. */
export interface Edit {
  /** Relative to the repository root, with `/`. */
  readonly path: string
  /** The key that is changed, `project.classifiers`; in setup.cfg with its section. */
  readonly key: string
  /** From 1; columns in UTF-16 code units. The end is behind the last character, at most the start of the next line. */
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly replacement: string
  /** False: it may not be what is meant, and waits for `--unsafe`. */
  readonly safe: boolean
}

/** What a rule yields; the conductor adds the rest from the rule. */
export interface Draft {
  /** One or two plain sentences: the value found, the value expected. Text from files is quoted with `quote`. */
  readonly message: string
  readonly at?: Place | undefined
  /** The fix for this case, where it can be said better than the rule's own. */
  readonly help?: Advice | undefined
  /** Differs from the rule's severity only where the rule says why. */
  readonly severity?: Severity | undefined
  /** One case of the rule is strict: shown as if the rule's status were. */
  readonly strict?: boolean | undefined
  readonly enforcedBy?: readonly Enforcer[] | undefined
  /** What breaks in this case, where that is not what the rule says. */
  readonly breaks?: string | undefined
  readonly related?: readonly Related[] | undefined
  /**
   * What the finding is about, free of versions, tags and line numbers: with the rule and the project it identifies the
   * finding from one release to the next. Default: the field and value, or the member.
   */
  readonly subject?: string | undefined
  /** Release rules: the distribution to fix. */
  readonly path?: string | undefined
  /** The line at its place, where the file is not at hand any more. */
  readonly snippet?: string | undefined
  /** What would make it go away. */
  readonly remedy?: Remedy | undefined
  /** In this case, where the rule does not say it. */
  readonly inCode?: boolean | undefined
  readonly explains?: readonly string[] | undefined
  readonly follows?: readonly string[] | undefined
}

export interface SourceLocation {
  /** Relative to the repository root, with `/`. */
  readonly path: string
  /** Of the key, or of the table that does not have it. For the file as a whole, the line that stands for it. */
  readonly line: number
  /** Absent when the file as a whole is meant. */
  readonly column?: number | undefined
  readonly endColumn?: number | undefined
  /** The key that names the file, when that is not the build file: ignore comments on its line speak of what is found there. */
  readonly key?: { readonly path: string; readonly line: number } | undefined
}

/** A finding as the reports have it: plain data, see schemas/report-1.schema.json. */
export interface Finding {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly help: string
  readonly enforcedBy: readonly Enforcer[]
  /** Of errors: what breaks for users though nobody refuses the file. */
  readonly breaks?: string | undefined
  readonly location: Place & { readonly path: string; readonly source?: SourceLocation | undefined }
  readonly source: string
  readonly url: string
  /** 16 hex digits; the same for the same problem in the next release. */
  readonly fingerprint: string
  /** The text line at `location.line` of the member, or the file name that `location.column` points into. Cut to 400 characters. */
  readonly snippet?: string | undefined
  /** The lines of the member around `location.line`, where they are asked for: `first` is the number of the first one. */
  readonly around?: { readonly first: number; readonly lines: readonly string[] } | undefined
  readonly related?: readonly (Related & { readonly path: string })[] | undefined
  /** What would make it go away in the project's own files; absent where no machine can say, or no project is known. */
  readonly edits?: readonly Edit[] | undefined
}

/** A finding with what would make it go away, before it is known where that is written. */
export interface JudgedFinding extends Finding {
  readonly remedy?: Remedy | undefined
  readonly inCode?: boolean | undefined
  /** What concerns other findings, and what this one is gone with: see src/causes.ts. */
  readonly explains?: readonly string[] | undefined
  readonly follows?: readonly string[] | undefined
}

/** Stands for the id of a rule where none is to blame. */
export const WHOLE_AUDIT = 'audit'

/** A rule that threw: a bug in distaudit, not of the file. */
export interface InternalError {
  /** Its id; `WHOLE_AUDIT` when the audit of the file failed as a whole. */
  readonly rule: string
  readonly path: string
  readonly message: string
  readonly stack?: string | undefined
}
