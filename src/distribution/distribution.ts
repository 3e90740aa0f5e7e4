import type { Archive, Member } from '../archive/archive.js'
import type { Problem } from '../archive/problem.js'
import type { Rendering } from '../description/rendering.js'
import type { Finding, SourceLocation } from '../finding.js'
import type { LicenseHeader, LicenseText, TextFault } from '../licenses/evidence.js'
import type { NativeFile } from '../native/index.js'
import type { PythonFile } from '../python/file.js'
import type { Sbom } from '../sbom/sbom.js'
import type { TextFile } from '../text/file.js'
import type { Companion } from './companion.js'
import type { EntryPoints } from './entry-points.js'
import type { SdistName, WheelName } from './filename.js'
import type { Listed } from './listed.js'
import type { Metadata } from './metadata.js'
import type { Pyproject } from './pyproject.js'
import type { RecordFile } from './record.js'
import type { VariantDocument } from './variant.js'
import type { WheelFile } from './wheel-file.js'

/** Members by path, in archive order. If a name appears twice, `get` returns the last one, as zipfile and tarfile do. */
export interface Members extends Iterable<Member> {
  readonly list: readonly Member[]
  /** Files only: no directories, links or devices. */
  readonly files: readonly Member[]
  get(path: string): Member | undefined
  has(path: string): boolean
}

interface Common {
  /** Path as given on the command line. */
  readonly path: string
  readonly filename: string
  /** Bytes of the file. */
  readonly size: number
  /** SHA-256 of the file, hex. Empty where not all of it was read. */
  readonly sha256: string
  /** What the index that it comes from says of it. */
  readonly listed?: Listed | undefined
}

interface Opened extends Common {
  readonly archive: Archive
  readonly members: Members
  readonly problems: readonly Problem[]
  /** Normalized project name and version text: from the metadata, or else from the filename. */
  readonly project: string | undefined
  readonly version: string | undefined
  /** METADATA or PKG-INFO where installers and the index look for it; absent when the member is missing. */
  readonly metadata: Metadata | undefined
  readonly texts: ReadonlyMap<string, TextFile>
  /** The first bytes of members whose name says what they are, by path: whether it is true. See keep.ts. */
  readonly heads: ReadonlyMap<string, Uint8Array>
  /** The description rendered as PyPI does; absent unless a rule needs it, or where there is no description. */
  readonly rendering: Rendering | undefined
  /** Binaries by member path; empty unless a rule needs them. */
  readonly natives: ReadonlyMap<string, NativeFile>
  /** License texts anywhere in the archive; empty unless a rule needs them. */
  readonly licenseTexts: readonly LicenseText[]
  /** Files like these that are not UTF-8 text, by path. */
  readonly licenseFaults: ReadonlyMap<string, TextFault>
  /** What source files say about their license; empty unless a rule needs it. */
  readonly licenseHeaders: readonly LicenseHeader[]
  /** `.py` members with text that PyPI's scanner rejects: member → what was seen. */
  readonly obfuscated: ReadonlyMap<string, 'pyarmor' | 'sourcedefender'>
  /** Data and settings with the markers of a merge that was not finished: member → the line of the first. */
  readonly conflicts: ReadonlyMap<string, number>
  /** The `.py` members, read when they are asked, by member path; empty unless a rule needs them, and without damaged ones. */
  readonly python: ReadonlyMap<string, PythonFile>
}

export interface Wheel extends Opened {
  readonly kind: 'wheel'
  /** The parsed filename; absent if it is not a valid wheel filename. */
  readonly name: WheelName | undefined
  /** The dist-info directory in use, without `/`: the one that matches the filename, or else the only one. */
  readonly distInfo: string | undefined
  /** All top-level directories that end in `.dist-info`. */
  readonly distInfos: readonly string[]
  readonly wheelFile: WheelFile | undefined
  /**
   * The metadata that twine sends, where that is not `metadata`: twine takes the first file, in the order of depth and then of
   * names, whose path contains METADATA and whose text contains Metadata-Version.
   */
  readonly sentMetadata: Metadata | undefined
  readonly record: RecordFile | undefined
  readonly entryPoints: EntryPoints | undefined
  /** The files of `{dist-info}/sboms/` (PEP 770), in archive order. */
  readonly sboms: readonly Sbom[]
  /** variant.json of the dist-info directory. */
  readonly variant: VariantDocument | undefined
}

export interface Sdist extends Opened {
  readonly kind: 'sdist'
  readonly name: SdistName | undefined
  /** The one top directory, without `/`; absent when there is not exactly one. */
  readonly top: string | undefined
  readonly pyproject: Pyproject | undefined
  /** `*.egg-info/entry_points.txt`, where there is one. */
  readonly entryPoints: EntryPoints | undefined
  /** A wheel of the release for every platform is audited with it: installers take that one. */
  readonly hasUniversalWheel?: boolean | undefined
  /** Set for a source tree: the sdist that would be made of it, as far as its files tell. */
  readonly tree?: TreeFacts | undefined
}

/** What is known of a source tree beyond the facts of an sdist. */
export interface TreeFacts {
  /** The project's folder relative to the root of the repository, with `/`; '' when it is the root. */
  readonly folder: string
  /** May the build give a core metadata field that no file states? */
  mayGive(field: string): boolean
  /** Where a finding belongs in the project's files; its paths are relative to the root of the repository. */
  locate(finding: Finding): SourceLocation | undefined
  /** The files that may have ignore comments, by path like the others. */
  readonly files: ReadonlyMap<string, string>
  /** Files of the packages that entry points name, as they will be installed; empty unless a rule needs them. */
  readonly code: readonly { readonly member: string; readonly parts: readonly string[] }[]
  /** False where a program decides most of the metadata. */
  readonly isKnown: boolean
  /** A line of setup.py that no version of Python reads. */
  readonly brokenLine: number | undefined
  /** All files below the project's folder are among the members; a missing one is missing. */
  readonly isWhole: boolean
  /** Does a folder above have the workspace of uv that it takes others from? */
  readonly isInWorkspace: boolean
  /** May the build write modules that are not among the files? */
  readonly mayAddModules: boolean
  /** PKG-INFO lies next to the build file, as in an unpacked sdist. */
  readonly hasPkgInfo: boolean
}

/** A file that was named but is neither a wheel nor an sdist by its name, or could not be read at all. */
export interface UnknownFile extends Common {
  readonly kind: 'unknown'
  /** What its first bytes are: `zip`, `gzip`, `bzip2`, `xz`, `tar`, `text`, `empty`, `other`, or `unreadable`, `directory`. */
  readonly looksLike: string
  /** The system's message if it could not be read. */
  readonly error?: string | undefined
  /** What it says of the distribution it belongs to, where its name is one of such a file. */
  readonly companion?: Companion | undefined
  /** Is that distribution among the given files? Undefined where none is: then there is nothing else to upload. */
  readonly isBeside?: boolean | undefined
}

/** An index-level `{name}-{version}-variants.json`. */
export interface VariantsJson extends Common {
  readonly kind: 'variants-json'
  /** Normalized project name and version text of the file name, as far as it has them. */
  readonly project: string | undefined
  readonly version: string | undefined
  readonly text: TextFile
  readonly variants: VariantDocument
}

export type Distribution = Wheel | Sdist | UnknownFile | VariantsJson

/** Every given distribution of one project (normalized name) and one version (PEP 440 equality). */
export interface Release {
  readonly kind: 'release'
  readonly name: string
  readonly version: string
  readonly distributions: readonly (Wheel | Sdist)[]
  readonly wheels: readonly Wheel[]
  readonly sdists: readonly Sdist[]
  readonly variantsJson: readonly VariantsJson[]
  /** Signatures and attestations of the distributions. */
  readonly companions: readonly UnknownFile[]
  /** Other versions of the project that are audited in the same run. */
  readonly otherVersions: readonly string[]
  /** A file of the project could not be read at all, and may be one of the release. */
  readonly unread?: boolean | undefined
  /** Paths of those that an upload to PyPI would be refused for, by the rules that ran. */
  readonly refused?: ReadonlySet<string> | undefined
  /** The release of the same project that it is compared with, when one was given. */
  readonly baseline?: Release | undefined
}
