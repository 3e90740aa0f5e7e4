import type { Demands } from './demands.js'

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
  /** What an index says of the file. `{sha256}` stands for its digest, `{metadata}` for the text of its METADATA or PKG-INFO. */
  readonly listed?: {
    readonly sha256?: string
    readonly size?: number
    readonly requiresPython?: string
    /** The separate metadata file, and its digest where that is stated otherwise. */
    readonly metadata?: { readonly text?: string; readonly stated?: string; readonly fault?: string }
    /** The subjects of its provenance. */
    readonly provenance?: { readonly name?: string; readonly sha256?: string; readonly fault?: string }
  }
}

/** As names of files have it. */
export const escapeName = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '_')

/** `demo-1.0`, as the names of the files that an example is built into begin. */
export const stemOf = ({ name = 'demo', version = '1.0' }: ExampleFile): string => `${escapeName(name)}-${version}`

/** The dist-info directory of an example of a wheel: it goes by the file name, where readers look. */
export const distInfoOf = (file: ExampleFile): string =>
  `${/^([^-]+-[^-]+)-/.exec(file.filename ?? '')?.[1] ?? stemOf(file)}.dist-info`

/** The top directory of an example of an sdist. */
export const topOf = (file: ExampleFile): string =>
  file.filename?.replace(/\.(?:tar\.(?:gz|bz2|xz|Z)|tgz|zip|tar)$/, '') ?? stemOf(file)

/** A path or a text of an example, as it is in the file that is built. */
export const placed = (file: ExampleFile, text: string): string =>
  text
    .replace('{dist-info}', distInfoOf(file))
    .replace('{data}', distInfoOf(file).replace(/dist-info$/, 'data'))
    .replace('{top}', topOf(file))

export interface Example {
  readonly wheel?: ExampleFile
  readonly sdist?: ExampleFile
  /** A source tree that has no build yet; its `files` are named as they lie in the project's folder. */
  readonly tree?: Pick<ExampleFile, 'pyproject' | 'files'>
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
    | { readonly unknown: { readonly filename: string; readonly text: string } }
    | { readonly variantsJson: { readonly filename: string; readonly text: string } }
  )[]
  /** Files of the release before, as `--compare-with` gives them. */
  readonly baseline?: readonly ({ readonly wheel: ExampleFile } | { readonly sdist: ExampleFile })[]
  /** Paths that git tracks in the project's folder, as `--source-root` finds them. */
  readonly tracked?: readonly string[]
  /** What the configuration asks of the files. */
  readonly demands?: Demands
  /** Other rules that this example gives at level error, because they see the same problem. */
  readonly alsoGives?: readonly string[]
}
