import type { DifferentialOptions } from './index.js'
import { metadataCase } from './metadata-cases.js'
import { compare, type PythonMetadata, type UvMetadata } from './metadata-compare.js'
import { runTexts } from './text-readers.js'

/** Made METADATA, read by email.parser for pip, by packaging, and by the crate that uv uses. Options as for entry-points. */
export const run = (options: DifferentialOptions): Promise<number> =>
  runTexts<PythonMetadata, UvMetadata>('m', metadataCase, compare, options)
