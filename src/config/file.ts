import { dirname, join, resolve } from 'node:path'
import { readText } from '../source/file.js'
import { UsageError } from '../usage-error.js'
import { reasonOf } from '../wording.js'
import { type Baseline, parseBaseline } from './baseline.js'
import { type Config, configOf, EMPTY_CONFIG } from './config.js'

export interface FoundConfig {
  readonly config: Config
  /** Path of the file; undefined when there is none. */
  readonly file: string | undefined
  /** Folder that relative paths in it start from. */
  readonly folder: string
}

/** Larger files are no configuration. */
const LARGEST = 4 * 1024 * 1024

/**
 * The configuration of a run: the named file, or the nearest distaudit.toml or pyproject.toml with `[tool.distaudit]`,
 * upward from the working directory.
 * @throws UsageError when a named file cannot be read, or a file has a problem.
 */
export async function findConfig(named: string | undefined, from: string): Promise<FoundConfig> {
  if (named !== undefined) {
    const text = await readText(named, LARGEST).catch((error: Error) => {
      throw new UsageError(`The configuration '${named}' cannot be read: ${reasonOf(error)}.`)
    })
    return { config: configOf(named, text) ?? EMPTY_CONFIG, file: named, folder: dirname(resolve(named)) }
  }
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    for (const name of ['distaudit.toml', 'pyproject.toml']) {
      const file = join(folder, name)
      const text = await readText(file, LARGEST).catch(() => undefined)
      // Somebody else's pyproject.toml need not be valid for this command to run.
      if (text === undefined || (name === 'pyproject.toml' && !text.includes('distaudit'))) continue
      const config = configOf(file, text)
      if (config) return { config, file, folder }
    }
    if (folder === dirname(folder)) return { config: EMPTY_CONFIG, file: undefined, folder: resolve(from) }
  }
}

/**
 * The known findings in a file.
 * @throws UsageError when it cannot be read or is not a baseline.
 */
export async function readBaseline(file: string): Promise<Baseline> {
  const text = await readText(file).catch((error: Error) => {
    throw new UsageError(`The baseline '${file}' cannot be read: ${reasonOf(error)}.`)
  })
  return parseBaseline(file, text)
}
