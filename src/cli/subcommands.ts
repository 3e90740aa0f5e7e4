import type { AnyRule } from '../rule.js'
import { nearest } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'
import { wantsColor } from './color.js'
import { type CommandName, usageOf } from './commands.js'
import { completionScript, SHELLS } from './completions.js'
import type { Terminal } from './main.js'
import { type OptionRow, optionLines, parseArguments } from './options.js'
import { everyRule } from './rules.js'
import { variantsJson } from './variants-json.js'

const HELP: OptionRow = { name: 'help', short: 'h', help: 'Print this help.' }
const COLOR: OptionRow = {
  name: 'color',
  value: 'WHEN',
  choices: ['auto', 'always', 'never'],
  help: 'Colors. Default auto.',
}
const FORMAT: OptionRow = {
  name: 'format',
  value: 'FORMAT',
  choices: ['text', 'json', 'markdown'],
  help: 'Default text.',
}

/** Runs a command other than the audit. @throws UsageError */
export async function subcommand(name: CommandName, args: readonly string[], terminal: Terminal): Promise<number> {
  if (name === 'fix') return fixCommand(args, terminal)
  const { values, positionals } = parseArguments(args, name === 'variants-json' ? [HELP] : [FORMAT, COLOR, HELP])
  const color = wantsColor(values.color as string | undefined, terminal.env, terminal.stdout.isTTY === true)
  const format = (values.format as string | undefined) ?? 'text'
  if (values.help) terminal.stdout.write(`Usage: ${usageOf(name)}\n`)
  else if (name === 'variants-json') return generateVariants(positionals, terminal)
  else if (name === 'completions') terminal.stdout.write(await completions(positionals))
  else if (name === 'rules') terminal.stdout.write(await listRules(format, color))
  else terminal.stdout.write(await explain(positionals, format, color, terminal.stdout))
  return 0
}

async function fixCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const { fix, FIX_OPTIONS } = await import('./fix.js')
  const parsed = parseArguments(args, FIX_OPTIONS)
  if (!parsed.values.help) return fix(parsed, terminal)
  terminal.stdout.write(`Usage: ${usageOf('fix')}\n\n${optionLines(FIX_OPTIONS)}\n`)
  return 0
}

async function generateVariants(paths: readonly string[], terminal: Terminal): Promise<number> {
  if (paths.length === 0) throw new UsageError(`Name a directory with variant wheels: ${usageOf('variants-json')}.`)
  return variantsJson(paths, terminal)
}

async function completions(positionals: readonly string[]): Promise<string> {
  const shell = SHELLS.find(one => one === positionals[0])
  if (!shell || positionals.length > 1) throw new UsageError(`Name one shell: ${usageOf('completions')}.`)
  return completionScript(shell, (await everyRule()).rules)
}

async function listRules(format: string, color: boolean): Promise<string> {
  const { rulesText, rulesJson, rulesMarkdown } = await import('../report/rules-list.js')
  const { rules } = await everyRule()
  if (format === 'json') return rulesJson(rules)
  return format === 'markdown' ? rulesMarkdown(rules) : rulesText(rules, { color })
}

async function explain(
  words: readonly string[],
  format: string,
  color: boolean,
  stream: NodeJS.WriteStream,
): Promise<string> {
  if (words.length === 0) throw new UsageError(`Name a rule: ${usageOf('explain')}. \`distaudit rules\` lists them.`)
  const { rules: every } = await everyRule()
  const rules = words.flatMap(word => rulesNamed(word, every))
  const { explainText, explainJson, explainMarkdown } = await import('../report/explain.js')
  const width = stream.isTTY ? stream.columns : undefined
  const page = (rule: AnyRule) => {
    if (format === 'json') return explainJson(rule)
    return format === 'markdown' ? explainMarkdown(rule) : explainText(rule, { color, width })
  }
  return rules.map(page).join('\n')
}

/** The rules in whose PyPI message the words stand: what someone has copied from a refused upload. */
function saying(words: string, rules: readonly AnyRule[]): readonly AnyRule[] {
  const wanted = words.trim().toLowerCase()
  if (!/\s/.test(wanted)) return []
  return rules.filter(({ pypiMessage, why }) => `${pypiMessage ?? ''}\n${why}`.toLowerCase().includes(wanted))
}

/** The rule of an id or former id, or the rules of a topic. */
function rulesNamed(word: string, rules: readonly AnyRule[]): readonly AnyRule[] {
  const found = rules.filter(rule => rule.id === word || rule.formerly?.includes(word))
  if (found.length > 0) return found
  const topic = rules.filter(rule => rule.topic === word)
  if (topic.length > 0) return topic
  const said = saying(word, rules)
  if (said.length > 0) return said
  const near = nearest(
    word,
    rules.flatMap(rule => [rule.id, rule.topic]),
  )
  throw new UsageError(`There is no rule or topic '${word}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`)
}
