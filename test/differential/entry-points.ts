import { entryPointsCase } from './entry-points-cases.js'
import { compare, type PythonEntryPoints, type UvEntryPoints } from './entry-points-compare.js'
import type { DifferentialOptions } from './index.js'
import { runTexts } from './text-readers.js'

/**
 * Made entry_points.txt, read by importlib.metadata, by pip's code for commands, by ConfigParser as PyPI does, and by the crate
 * that uv uses. `python=` one with pip and packaging, `uv=` the program of uv-text/, `case=` one case alone, told in full.
 */
export const run = (options: DifferentialOptions): Promise<number> =>
  runTexts<PythonEntryPoints, UvEntryPoints>('e', entryPointsCase, compare, options)
