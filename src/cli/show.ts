import { renderOnNode } from '../description/render-node.js'
import { companionName } from '../distribution/companion.js'
import { expandPaths, givenTargets } from '../inputs.js'
import { inspect, isUnread } from '../inspect/inspect.js'
import { SECTIONS, type Section } from '../report/show-sections.js'
import type { Given } from '../run.js'
import { didYouMean } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'
import { usageOf } from './commands.js'
import type { Terminal } from './main.js'
import { type LazyNetwork, withNetwork } from './network.js'
import type { Arguments } from './options.js'
import type { Look } from './subcommands.js'
import { words } from './values.js'

/** `distaudit show`: what is in the files, one after the other. Status 1 where one could not be read. @throws UsageError */
export async function show({ values, positionals }: Arguments, look: Look, terminal: Terminal): Promise<number> {
  const sections = sectionsOf(values.section)
  return withNetwork(terminal, async network =>
    showFiles(await filesOf(positionals, 'show', network), { values, positionals }, sections, look, terminal),
  )
}

async function showFiles(
  given: readonly Given[],
  { values }: Arguments,
  sections: readonly Section[] | undefined,
  look: Look,
  terminal: Terminal,
): Promise<number> {
  const isJson = values.format === 'json'
  const { renderShow, showJson, SHOW_JSON_START, SHOW_JSON_END } = await import('../report/show.js')
  const write = (text: string) => terminal.stdout.write(text)
  if (isJson) write(SHOW_JSON_START)
  let status = 0
  for (const [index, file] of given.entries()) {
    const shown = await inspect(file, isJson ? { md5: true, render: renderOnNode } : {})
    if (isUnread(shown)) status = 1
    if (isJson) write(showJson(shown, index === 0))
    else write((index > 0 ? '\n' : '') + renderShow(shown, { ...look, sections, verbose: values.verbose === true }))
  }
  if (isJson) write(SHOW_JSON_END)
  return status
}

/** The wheels and sdists that paths mean: of a directory without their signatures. @throws UsageError for what is not built. */
export async function filesOf(
  paths: readonly string[],
  command: 'show' | 'diff',
  network: LazyNetwork,
): Promise<readonly Given[]> {
  if (paths.length === 0) throw new UsageError(`Name a wheel or an sdist: \`${usageOf(command)}\`.`)
  if (paths.includes('-'))
    throw new UsageError(`\`distaudit ${command}\` does not read standard input. Write it to a file and name that.`)
  const { targets } = await expandPaths(paths, {
    purpose: command === 'diff' ? 'compare' : command,
    remote: network.target,
  })
  const files = targets.filter(
    ({ path, filename, tree, open }) =>
      !tree && (open !== undefined || paths.includes(path) || companionName(filename) === undefined),
  )
  const tree = targets.find(target => target.tree)
  if (files.length === 0 && tree)
    throw new UsageError(
      `'${paths[0]}' ${paths[0]?.endsWith('.toml') ? 'belongs to' : 'is'} a source tree, and \`distaudit ${command}\` reads built files only. Build it first, for example with \`python -m build\`.`,
    )
  if (files.length === 0)
    throw new UsageError(
      `There is no wheel or sdist in '${paths[0]}'. \`distaudit ${command}\` reads built files only.`,
    )
  return givenTargets(files)
}

function sectionsOf(values: unknown): readonly Section[] | undefined {
  if (values === undefined) return undefined
  return words(values).map(word => {
    const found = SECTIONS.find(name => name === word)
    if (found) return found
    throw new UsageError(`--section takes ${SECTIONS.join(', ')}, not '${word}'.${didYouMean(word, SECTIONS)}`)
  })
}
