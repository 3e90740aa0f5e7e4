import type { PlatformReport } from '../platform/platform.js'

/** What wheel-inspect says of a wheel, with the same keys. Of an sdist it is what its PKG-INFO and entry points say. */
export interface Inspected {
  /** Is the wheel well-formed, with a RECORD that is true? Absent for an sdist. */
  readonly valid?: boolean | undefined
  readonly validation_error?: { readonly type: string; readonly str: string } | undefined
  readonly dist_info: {
    readonly record?: readonly RecordedFile[] | undefined
    readonly metadata?: Readonly<Record<string, unknown>> | undefined
    readonly wheel?: Readonly<Record<string, unknown>> | undefined
    readonly dependency_links?: readonly string[] | undefined
    readonly entry_points?:
      | Readonly<
          Record<string, Readonly<Record<string, { module: string; attr: string | null; extras: readonly string[] }>>>
        >
      | undefined
    readonly namespace_packages?: readonly string[] | undefined
    readonly top_level?: readonly string[] | undefined
    readonly zip_safe?: boolean | undefined
  }
  readonly derived: {
    /** Null where there is no description, or it was not rendered. */
    readonly readme_renders: boolean | null
    readonly description_in_body: boolean
    readonly description_in_headers: boolean
    readonly keywords: readonly string[]
    readonly keyword_separator: ' ' | ',' | null
    readonly dependencies: readonly string[]
    readonly modules: readonly string[]
  }
}

export interface RecordedFile {
  readonly path: string
  readonly digests: Readonly<Record<string, string>>
  readonly size: number | null
}

/** What could not be read, or is not what it says. */
export interface ShownProblem {
  readonly message: string
  readonly member?: string | undefined
}

/** A tag, or a part of one, and what it means. */
export interface ShownTag {
  readonly tag: string
  readonly meaning: string
}

export interface ShownTags {
  /** All of them in one sentence: `CPython 3.9 and later, Linux with glibc 2.17 or later on x86-64`. */
  readonly meaning: string
  readonly python: readonly ShownTag[]
  readonly abi: readonly ShownTag[]
  readonly platform: readonly ShownTag[]
}

/** The directories that installers know; `prefix` is all else below the prefix. */
export type InstallRoot = 'site' | 'scripts' | 'headers' | 'stdlib' | 'prefix'

/** Where an installer puts a file. */
export interface ShownPlace {
  readonly root: InstallRoot
  readonly path: string
  /** The systems that it goes there on, where they are not all. */
  readonly only?: 'posix' | 'windows' | undefined
}

export type FileKind = 'python' | 'native' | 'metadata' | 'test' | 'license' | 'data'

export interface ShownFile {
  readonly path: string
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'device' | 'fifo' | 'unknown'
  readonly kind: FileKind
  /** Bytes, and those that it takes in the archive. */
  readonly size: number
  readonly compressedSize: number
  /** Hex; absent for what has no content, or could not be read. */
  readonly sha256?: string | undefined
  readonly link?: string | undefined
  /** False for a file whose content is damaged. */
  readonly intact?: false | undefined
  /** Absent for an sdist, and for what no installer takes. */
  readonly installs?: ShownPlace | undefined
}

/** Files that weigh, and what they weigh together. */
export interface Weighing {
  readonly size: number
  readonly files: readonly { readonly path: string; readonly size: number }[]
}

export interface ShownWeight {
  /** Bytes of all contents. */
  readonly total: number
  readonly files: number
  readonly largest: Weighing
  /** Debug data in binaries: the part of each file that it is. */
  readonly debug: Weighing
  readonly tests: Weighing
  /** Libraries that a repair tool or the build has put next to the extension modules. */
  readonly bundled: Weighing
  /** Contents that are there more than once: `size` is what the copies take beyond the first. */
  readonly duplicates: {
    readonly size: number
    readonly groups: readonly { readonly size: number; readonly paths: readonly string[] }[]
  }
}

/** Where a library comes from. `driver`: with the driver of a device. `unknown`: nothing that is known brings it. */
export type LibraryOrigin = 'wheel' | 'system' | 'interpreter' | 'distribution' | 'driver' | 'unknown'

export interface ShownLibrary {
  readonly name: string
  readonly from: LibraryOrigin
  /** Member of the wheel. */
  readonly path?: string | undefined
  /** The required distribution that is expected to provide it. */
  readonly distribution?: string | undefined
  /** Only an extra requires that distribution. */
  readonly extra?: true | undefined
  /** Version of a library in the wheel, from an SBOM or its own name. */
  readonly version?: string | undefined
  /** Symbol versions that are asked of it: `GLIBC_2.14`. */
  readonly symbols?: readonly string[] | undefined
  /** The file works without it, or loads it when it is first used. */
  readonly optional?: true | undefined
}

export interface ShownNative {
  readonly path: string
  readonly format: 'elf' | 'macho' | 'pe' | 'wasm' | 'ar'
  readonly role: 'extension' | 'library' | 'program' | 'other'
  readonly architectures: readonly string[]
  readonly size: number
  readonly debugSize: number
  /** The name that others load it by: SONAME, or the install name. */
  readonly soname?: string | undefined
  readonly minimumOs?: string | undefined
  readonly searchPaths?: readonly string[] | undefined
  readonly libraries: readonly ShownLibrary[]
  readonly problems?: readonly string[] | undefined
}

export interface ShownEntryPoint {
  readonly group: string
  readonly name: string
  readonly target: string
}

export interface ShownLicenses {
  readonly expression: string | null
  /** The old License field, and the classifiers. */
  readonly license: string | null
  readonly classifiers: readonly string[]
  readonly files: readonly {
    readonly path: string
    /** SPDX identifiers of the texts in it; those of one list have the same text. */
    readonly licenses: readonly (readonly string[])[]
  }[]
  /** What comments of source files say, and in how many. */
  readonly headers: readonly { readonly license: string; readonly files: number; readonly first: string }[]
}

export interface ShownSbom {
  readonly path: string
  /** `CycloneDX 1.6 JSON`. */
  readonly format: string
  readonly components: readonly {
    readonly name: string
    readonly version?: string | undefined
    readonly purl?: string | undefined
  }[]
}

/** A requirement as it is written, by the extra that asks for it. */
export interface ShownRequirement {
  readonly text: string
  readonly name: string
  readonly extra?: string | undefined
}

export interface ShownCommon {
  readonly path: string
  readonly filename: string
  readonly file: { readonly size: number; readonly digests: Readonly<Record<string, string>> }
  readonly problems: readonly ShownProblem[]
}

/** A file that is not a wheel or an sdist, or could not be read at all. */
export interface ShownUnknown extends ShownCommon {
  readonly kind: 'unknown'
  readonly looksLike: string
}

export interface ShownDistribution extends ShownCommon, Inspected {
  readonly kind: 'wheel' | 'sdist'
  /** From the filename, or else from the metadata. */
  readonly project: string | null
  readonly version: string | null
  readonly buildver: string | null
  readonly pyver: readonly string[]
  readonly abi: readonly string[]
  readonly arch: readonly string[]
  /** What the tags mean; absent for an sdist. */
  readonly tags?: ShownTags | undefined
  /** The versions of Python that are admitted, in words: `3.9 and later`. */
  readonly pythons: string | null
  readonly requirements: readonly ShownRequirement[]
  readonly description: { readonly contentType: string | null; readonly text: string } | null
  readonly files: readonly ShownFile[]
  readonly weight: ShownWeight
  readonly natives: readonly ShownNative[]
  /** What the binaries can run on; absent where there are none, or the wheel has no platform tag. */
  readonly platform?: PlatformReport | undefined
  readonly entryPoints: readonly ShownEntryPoint[]
  readonly licenses: ShownLicenses
  readonly sboms: readonly ShownSbom[]
  /** Directory of the archive with the metadata: `demo-1.0.dist-info`, or the top directory of an sdist. */
  readonly metadataFolder: string | null
  /** Build backend and its requirements, as an sdist's pyproject.toml has them. */
  readonly build?: { readonly backend: string | null; readonly requires: readonly string[] } | undefined
}

export type Shown = ShownDistribution | ShownUnknown
