import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FoundConfig } from '../config/file.js'
import { type Expanded, expandPaths, projectDist } from '../inputs.js'
import { nearest } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'
import { COMMANDS, isCommand } from './commands.js'
import type { Terminal } from './main.js'
import type { LazyNetwork } from './network.js'
import { type Arguments, OPTIONS } from './options.js'

/** What is audited, and who says so. */
export interface Asked {
  readonly paths: readonly string[]
  readonly by: 'arguments' | 'configuration' | 'project'
}

/**
 * What the arguments name; without any, what the configuration names, and else `dist/` of the project around the working directory.
 * @throws UsageError when there is no such project.
 */
export async function askedPaths(
  positionals: readonly string[],
  found: FoundConfig | undefined,
  cwd: string,
): Promise<Asked> {
  if (positionals.length > 0) return { paths: positionals, by: 'arguments' }
  const configured = found?.config.paths ?? []
  if (configured.length > 0)
    return { paths: configured.map(path => join(found?.folder ?? '', path)), by: 'configuration' }
  const dist = await projectDist(cwd)
  if (dist === undefined)
    throw new UsageError('Name the wheels and sdists to audit, or a directory that contains them.')
  return { paths: [dist], by: 'project' }
}

/** The files to audit. @throws UsageError when a path does not exist, or nothing is left to audit. */
export async function auditedFiles(
  { paths, by }: Asked,
  { values, positionals }: Arguments,
  preview: boolean,
  terminal: Terminal,
  remote: LazyNetwork['target'],
): Promise<Expanded> {
  const name = values['stdin-filename'] as string | undefined
  if (name !== undefined && !positionals.includes('-'))
    throw new UsageError(
      "--stdin-filename is the name of what '-' reads from standard input: distaudit - --stdin-filename NAME.",
    )
  if (by === 'project' && !(await stat(paths[0] ?? '').catch(() => undefined))?.isDirectory())
    throw new UsageError(
      `There is nothing to audit: the directory '${paths[0]}' does not exist. Build the distributions first, for example with \`python -m build\`, or audit the source tree with \`distaudit ${dirname(paths[0] ?? '')}\`.`,
    )
  const stdin = async () => (await import('./stdin.js')).stdinTarget(name, terminal.stdin)
  return expandPaths(paths, { preview, meant: meantCommand, ...(by === 'arguments' && { stdin, remote }) })
}

/** A word that is, or nearly is, a command, or an option without its dashes. */
function meantCommand(word: string): string | undefined {
  if (isCommand(word)) return ` The command comes first: distaudit ${word} ….`
  if (OPTIONS.some(({ name }) => name === word)) return ` Did you mean the option '--${word}'?`
  const near = /^[a-z-]+$/i.test(word)
    ? nearest(
        word,
        COMMANDS.map(({ name }) => name),
      )
    : undefined
  return near === undefined ? undefined : ` Did you mean the command '${near}'?`
}
