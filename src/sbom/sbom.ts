import type { Place } from '../finding.js'

/** One part that an SBOM lists. Its place is where the component begins. */
export interface SbomComponent extends Place {
  /** `bom-ref` or SPDXID. */
  readonly ref: string | undefined
  readonly name: string
  readonly version: string | undefined
  readonly purl: string | undefined
  /** Has a package URL, a CPE or a download location. */
  readonly identified: boolean
  /** Hex, lower case. */
  readonly sha256: readonly string[]
  /** True for one file, as opposed to a package. */
  readonly isFile: boolean
  /** File names and paths that it is said to be found at. */
  readonly paths: readonly string[]
  /** What the document is about, or a part of it that the document puts inside. */
  readonly primary: boolean
  /** Part of another component that is not primary: its files may be packed in that one. */
  readonly nested: boolean
  /** Reached from the primary component through the relationships. */
  readonly reachable: boolean
}

export interface SbomFault extends Place {
  /** A sentence without its full stop. */
  readonly message: string
}

/** A member of `{dist-info}/sboms/`, recognized by its content. */
export interface Sbom {
  readonly member: string
  /** `other` is a kind that is known but not read: SWID, SPDX as RDF or YAML. Undefined: nothing that is known. */
  readonly format: 'cyclonedx' | 'spdx' | 'other' | undefined
  /** What it is in words, such as `CycloneDX 1.6 JSON`. */
  readonly title: string
  readonly syntax: 'json' | 'xml' | 'tag-value' | 'other'
  /** As written: `1.6`, `2.3`, `3.0.1`. */
  readonly version: string | undefined
  /** Where the version stands. */
  readonly versionPlace?: Place | undefined
  /** False for a version that this program does not know. */
  readonly knownVersion: boolean
  readonly utf8: boolean
  /** Longer than what is kept: nothing but the format is judged. */
  readonly cut: boolean
  /** What the format's own schema, JSON itself or XML itself forbids. */
  readonly faults: readonly SbomFault[]
  /** References to nothing and identifiers given twice. */
  readonly brokenReferences: readonly SbomFault[]
  /** Where it says, or should say, when and by what it was made. */
  readonly head: Place
  readonly created: boolean
  readonly tool: boolean
  readonly components: readonly SbomComponent[]
  /** True when it has relationships at all. */
  readonly related: boolean
}
