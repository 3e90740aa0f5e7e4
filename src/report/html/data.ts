import type { Severity } from '../../finding.js'

// What the page of the HTML report is given: plain data, all text of it safe to be seen.

/** What a member is, for the colors of the map. */
export const KINDS = ['python', 'native', 'bundled', 'data', 'metadata', 'license', 'test'] as const

/** The members of an archive, as columns: member n has `paths[n]`, `sizes[n]` and so on. */
export interface Members {
  readonly paths: readonly string[]
  /** Bytes, and those in the archive; of tar members both are the same. */
  readonly sizes: readonly number[]
  readonly packed: readonly number[]
  /** Index into KINDS. */
  readonly kinds: readonly number[]
  /** Bytes of debug data, by the index of the member. */
  readonly debug: readonly (readonly [member: number, bytes: number])[]
  /** What is too much to be listed: the smallest files. */
  readonly more?: { readonly count: number; readonly size: number; readonly packed: number } | undefined
}

/** Where a library comes from; `unknown`: nothing that is known brings it. */
export type Origin = 'unknown' | 'distribution' | 'wheel' | 'system' | 'interpreter' | 'driver'

export interface Library {
  readonly name: string
  readonly from: Origin
  /** The member, where the wheel has it. */
  readonly path?: string | undefined
  /** The distribution that is expected to provide it, and whether only an extra requires that. */
  readonly distribution?: string | undefined
  readonly extra?: boolean | undefined
  readonly version?: string | undefined
  readonly symbols?: readonly string[] | undefined
  readonly optional?: boolean | undefined
}

export interface Native {
  readonly path: string
  readonly role: 'extension' | 'library' | 'program' | 'other'
  readonly about: string
  readonly debug: number
  readonly libraries: readonly Library[]
}

/** Texts with a label: a field of the metadata, a part of a tag. */
export type Row = readonly [label: string, text: string]

export interface Description {
  /** As `Description-Content-Type` says. */
  readonly type: string | null
  readonly text: string
}

/** What is in a wheel or an sdist. */
export interface Contents {
  readonly members: Members
  /** Bytes of all members, and their number. */
  readonly unpacked: number
  readonly count: number
  readonly natives: readonly Native[]
  /** What the tags mean, in one sentence, and each of them. */
  readonly tags?: { readonly meaning: string; readonly each: readonly Row[] } | undefined
  /** Versions of Python that are admitted: `3.9 and later`. */
  readonly pythons?: string | undefined
  /** The fields of the metadata in their order, without the description. */
  readonly metadata: readonly Row[]
  readonly entryPoints: readonly Row[]
  /** License files, and what is recognized in them. */
  readonly licenses: readonly Row[]
  readonly components: readonly Row[]
  readonly description?: Description | undefined
}

export interface PageLine {
  readonly number: number
  readonly text: string
  /** Present in the line that is meant: what stands before the marked part, and that part. */
  readonly marked?: readonly [before: string, marked: string, after: string] | undefined
}

export interface PageFinding {
  readonly rule: string
  readonly severity: Severity
  readonly message: string
  readonly help: string
  /** Who acts on it, and what breaks. */
  readonly who?: string | undefined
  readonly breaks?: string | undefined
  /** Index of the file; of findings about a release that of the file to fix. */
  readonly file: number
  /** Of findings about a release: its index. */
  readonly release?: number | undefined
  readonly place: string
  readonly member?: string | undefined
  /** The place in the project's own files. */
  readonly from?: string | undefined
  readonly lines: readonly PageLine[]
  readonly related: readonly Row[]
}

export interface PageRule {
  readonly summary: string
  readonly why: string
  readonly page: string
  /** The specification, and its address. */
  readonly source: string
  readonly url: string
}

export interface PageFile {
  readonly path: string
  readonly filename: string
  readonly kind: string
  readonly project: string
  readonly size: number
  readonly sha256: string
  readonly rejected: boolean
  /** Errors, warnings, notes. */
  readonly counts: readonly [number, number, number]
  /** True where there is a block of contents, `contents-N`. */
  readonly opened: boolean
  /** What is compared side by side: a label with its values. */
  readonly compared: readonly (readonly [label: string, values: readonly string[]])[]
}

export interface PageData {
  readonly tool: string
  readonly verdict: string
  readonly summary: string
  readonly state: 'rejected' | 'accepted' | 'checked'
  readonly home: string
  readonly files: readonly PageFile[]
  readonly releases: readonly { readonly title: string; readonly files: readonly number[] }[]
  readonly findings: readonly PageFinding[]
  readonly rules: Readonly<Record<string, PageRule>>
  readonly notes: readonly string[]
}

/** The contents of one file as the page has them: a description that several files share is there once. */
export interface PageContents extends Omit<Contents, 'description'> {
  /** Index of the block `description-N`. */
  readonly description?: number | undefined
}

export interface PageDescription {
  /** What PyPI's renderer makes of it, before it is cleaned; absent where it cannot be rendered. */
  readonly html?: string | undefined
  /** The text as it is written; of a page empty where there is HTML. */
  readonly text: string
  /** Why there is no HTML. */
  readonly reason?: string | undefined
}
