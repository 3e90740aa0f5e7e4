/**
 * Header facts of one binary: what the loader of its system reads, and little more. `problems` says in plain words what
 * in the headers is impossible; then the other fields hold what could be read.
 */
interface Common {
  readonly path: string
  /** Bytes of the member. */
  readonly size: number
  readonly problems: readonly string[]
  /** Bytes of debug data (DWARF sections). */
  readonly debugSize: number
}

/** A stretch of memory that is both writable and executable, by the name or number the headers give it. */
type Writable = string

/** Names of C symbols that rules ask about: Python's, module entry points, and those policies forbid. */
interface Symbols {
  /** Taken from elsewhere. */
  readonly imports: ReadonlySet<string>
  /** Those of `imports` that may stay unresolved. */
  readonly weak: ReadonlySet<string>
  readonly exports: ReadonlySet<string>
}

export interface VersionNeed {
  /** NEEDED name the versions are asked of. */
  readonly library: string
  readonly versions: readonly string[]
}

export interface ElfSegment {
  /** 1 execute, 2 write, 4 read. */
  readonly flags: number
  readonly align: number
  readonly offset: number
  readonly address: number
}

export interface ElfFile extends Common, Symbols {
  readonly format: 'elf'
  readonly bits: 32 | 64
  readonly little: boolean
  /** 1 relocatable, 2 executable, 3 shared. */
  readonly type: number
  readonly machine: number
  readonly osAbi: number
  readonly flags: number
  /** Architecture as platform tags of Linux spell it; undefined for one that no tag names. */
  readonly arch: string | undefined
  readonly interpreter: string | undefined
  readonly dynamic: boolean
  readonly needed: readonly string[]
  readonly soname: string | undefined
  /** DT_RPATH and DT_RUNPATH as written. */
  readonly rpath: string | undefined
  readonly runpath: string | undefined
  readonly textRelocations: boolean
  readonly bindNow: boolean
  readonly relro: boolean
  readonly pie: boolean
  readonly loads: readonly ElfSegment[]
  /** Flags of PT_GNU_STACK; undefined when there is none. */
  readonly stack: number | undefined
  readonly versionNeeds: readonly VersionNeed[]
  /** GNU_PROPERTY_X86_ISA_1_NEEDED bits: 1 baseline, 2 v2, 4 v3, 8 v4. */
  readonly isaNeeded: number
  /** API level of the Android note. */
  readonly androidApi: number | undefined
  /** `.ARM.attributes`: Tag_CPU_arch, and Tag_ABI_VFP_args (1 is hard float). */
  readonly armCpu: number | undefined
  readonly armVfp: number | undefined
  /** Number of section headers. */
  readonly sections: number
  readonly packed: boolean
}

export interface MachoVersion {
  /** LC_BUILD_VERSION platform: 1 macOS, 2 iOS, 7 iOS simulator … */
  readonly platform: number
  /** X<<16 | Y<<8 | Z. */
  readonly minimum: number
  readonly sdk: number
}

export interface MachoDylib {
  readonly name: string
  readonly weak: boolean
}

export type MachoSignature =
  | { readonly state: 'absent' | 'valid' }
  /** Not looked at: the member was too large to be kept whole. */
  | { readonly state: 'unchecked' }
  | { readonly state: 'invalid'; readonly reason: string }

export interface MachoSlice extends Symbols {
  readonly cpu: number
  readonly subtype: number
  /** As platform tags of macOS spell it; undefined for one that no tag names. */
  readonly arch: string | undefined
  /** 1 object, 2 executable, 6 dylib, 8 bundle, 10 debug symbols (dSYM). */
  readonly type: number
  readonly versions: readonly MachoVersion[]
  readonly id: string | undefined
  readonly dylibs: readonly MachoDylib[]
  readonly rpaths: readonly string[]
  readonly writable: readonly Writable[]
  readonly signature: MachoSignature
}

export interface MachoFile extends Common {
  readonly format: 'macho'
  readonly fat: boolean
  readonly slices: readonly MachoSlice[]
}

export interface PeImport {
  readonly dll: string
  readonly delayed: boolean
}

export interface PeFile extends Common, Symbols {
  readonly format: 'pe'
  readonly machine: number
  /** `x86`, `amd64`, `arm64`, `arm32`, `ia64`; ARM64EC code says `amd64` and `hybrid`. */
  readonly arch: string | undefined
  readonly plus: boolean
  readonly dll: boolean
  /** What runs it: 1 is the kernel of Windows, as with drivers. */
  readonly subsystem: number
  readonly dllCharacteristics: number
  readonly imports64: boolean
  readonly dlls: readonly PeImport[]
  readonly writable: readonly Writable[]
  /** Code that runs on any machine: .NET without native parts. */
  readonly managed: boolean
  readonly hybrid: boolean
  readonly pdb: string | undefined
  readonly linker: number
}

export interface WasmFile extends Common, Symbols {
  readonly format: 'wasm'
  readonly version: number
  /** Name of the first section when it is a custom one. */
  readonly first: string | undefined
  readonly dylink: boolean
  readonly needed: readonly string[]
  readonly runtimePaths: readonly string[]
  readonly shared: boolean
  readonly memory64: boolean
}

export interface ArFile extends Common {
  readonly format: 'ar'
  readonly thin: boolean
  readonly count: number
}

export type NativeFile = ElfFile | MachoFile | PeFile | WasmFile | ArFile
