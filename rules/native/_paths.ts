import type { NativeFile } from '../../src/native/index.js'
import { someQuoted } from '../../src/wording.js'

/** The files in which one build did the same, and what they do: `'a.so' needs`, `'a.so' and 'b.so' need`. */
export const filesThat = (files: readonly NativeFile[], does: string, many: string): string =>
  `${someQuoted(
    files.map(file => file.path),
    3,
  )} ${files.length === 1 ? does : many}`
