import { compareGiven } from '../inspect/compare.js'
import { UsageError } from '../usage-error.js'
import { usageOf } from './commands.js'
import type { Terminal } from './main.js'
import { withNetwork } from './network.js'
import type { Arguments } from './options.js'
import { filesOf } from './show.js'
import type { Look } from './subcommands.js'

/**
 * `distaudit diff`: what differs between two files or two folders. Status 2 where a file could not be compared; 1 where they differ,
 * if that is asked for. @throws UsageError
 */
export async function diff({ values, positionals }: Arguments, look: Look, terminal: Terminal): Promise<number> {
  const [old, now, ...more] = positionals
  if (old === undefined || now === undefined || more.length > 0)
    throw new UsageError(
      `Name two files, or two directories: \`${usageOf('diff')}\`.${more.length > 0 && values.text !== undefined ? ' A pattern follows --text after an equals sign: --text=GLOB.' : ''}`,
    )
  const text = values.text as readonly string[] | undefined
  const comparison = await withNetwork(terminal, async network =>
    compareGiven(await filesOf([old], 'diff', network), await filesOf([now], 'diff', network), { text }),
  )
  const { differenceText, differenceJson, differenceMarkdown, differenceHtml } = await import('../report/difference.js')
  const format = (values.format as string | undefined) ?? 'text'
  const output =
    format === 'json'
      ? differenceJson(comparison)
      : format === 'markdown'
        ? differenceMarkdown(comparison)
        : format === 'html'
          ? differenceHtml(comparison)
          : differenceText(comparison, { ...look, verbose: values.verbose === true })
  terminal.stdout.write(output)
  if (comparison.unread.length > 0) return 2
  return comparison.different && values['exit-code'] === true ? 1 : 0
}
