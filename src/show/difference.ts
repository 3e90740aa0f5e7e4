import type { FileKind, LibraryOrigin, ShownProblem } from './shown.js'

/** One of two files that are compared. */
export interface Side {
  readonly path: string
  readonly filename: string
  readonly kind: 'wheel' | 'sdist'
  readonly project: string | null
  readonly version: string | null
  /** Bytes of the file, of its contents, of debug data in it, and how many files there are. */
  readonly size: number
  readonly unpacked: number
  readonly debug: number
  readonly files: number
  readonly problems: readonly ShownProblem[]
}

/** What a thing was and is. Null: it was not there, or is not any more. */
export interface BeforeAfter<T = string> {
  readonly old: T | null
  readonly new: T | null
}

/** What only the one has, and what only the other. */
export interface Sets<T = string> {
  readonly added: readonly T[]
  readonly removed: readonly T[]
}

export interface FieldChange extends BeforeAfter {
  /** As the metadata has it: `Summary`. */
  readonly field: string
}

export interface ListChange extends Sets {
  readonly field: string
}

export interface RequirementChange extends BeforeAfter<string> {
  /** Normalized name of the project. */
  readonly name: string
  /** The extra that asks for it. */
  readonly extra?: string | undefined
  /** Releases around the limits of both that are admitted now, and that were and are not now. */
  readonly admitted: readonly string[]
  readonly excluded: readonly string[]
}

export interface FileEntry {
  readonly path: string
  readonly size: number
  readonly kind: FileKind
}

/** A folder with several files, all of which only the one has. */
export interface FolderEntry {
  /** Ends with a slash. */
  readonly path: string
  readonly files: number
  readonly size: number
}

export interface FileChange {
  readonly old: FileEntry
  readonly new: FileEntry
  /** Unified diff of the texts, where it was asked for. */
  readonly diff?: string | undefined
}

export interface NamedLibrary {
  readonly name: string
  readonly from: LibraryOrigin
  readonly distribution?: string | undefined
  readonly version?: string | undefined
}

export interface LibraryChange {
  readonly old: NamedLibrary
  readonly new: NamedLibrary
}

/** What differs between two files. Each part is empty where nothing does. */
export interface Difference {
  readonly old: Side
  readonly new: Side
  /** The two files have the same bytes. */
  readonly identical: boolean
  /** Anything that is compared differs. */
  readonly different: boolean
  readonly metadata: {
    readonly fields: readonly FieldChange[]
    readonly lists: readonly ListChange[]
    /** Versions of Python that Requires-Python admits now, and that it did and does not now. */
    readonly python?:
      | (BeforeAfter & { readonly admitted: readonly string[]; readonly excluded: readonly string[] })
      | undefined
    /** Its lines that only the one or the other has are in the text diff. */
    readonly description: boolean
  }
  readonly requirements: Sets<{ readonly text: string; readonly name: string; readonly extra?: string | undefined }> & {
    readonly changed: readonly RequirementChange[]
  }
  readonly tags?: (BeforeAfter & Sets) | undefined
  readonly entryPoints: Sets<{ readonly name: string; readonly target: string }> & {
    readonly changed: readonly (BeforeAfter & { readonly name: string })[]
  }
  readonly modules: Sets
  readonly files: Sets<FileEntry> & {
    readonly changed: readonly FileChange[]
    readonly renamed: readonly FileChange[]
    /** Files with the same content at the same place. */
    readonly same: number
    /** The outermost ones. Their files are in the lists above too. */
    readonly folders: Sets<FolderEntry>
  }
  /** Libraries that binaries load. Names are compared without hashes and versions. */
  readonly libraries: Sets<NamedLibrary> & { readonly changed: readonly LibraryChange[] }
  /** The highest version that is asked for of each kind: `GLIBC`; and of macOS, by architecture. */
  readonly symbols: readonly (BeforeAfter & { readonly name: string })[]
  /** SPDX identifiers of license texts. */
  readonly licenses: Sets
  readonly components: Sets & { readonly changed: readonly (BeforeAfter & { readonly name: string })[] }
}

/** A file of a release that has nothing to be compared with. */
export interface LoneFile {
  readonly path: string
  readonly filename: string
  readonly size: number
}

/** What differs between two files or two folders of files. */
export interface Comparison {
  readonly different: boolean
  readonly pairs: readonly Difference[]
  readonly added: readonly LoneFile[]
  readonly removed: readonly LoneFile[]
  /** Files that could not be compared, because they could not be read. */
  readonly unread: readonly (LoneFile & { readonly message: string })[]
}
