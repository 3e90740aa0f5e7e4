import type { AnyRule } from '../rule.js'
import { everyRule } from '../rule-set.js'
import { type Choice, chooseRules } from '../selection.js'
import { nearest } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'
import { wantsColor } from './color.js'
import { COMMANDS, type CommandName, isCommand, usageOf } from './commands.js'
import { completionScript, SHELLS } from './completions.js'
import type { Terminal } from './main.js'
import { COMMAND_OPTIONS, parseArguments } from './options.js'
import { checkChoice, noRule } from './rules.js'
import { choiceOf } from './values.js'
import { variantsJson } from './variants-json.js'
import { widthOf } from './width.js'

/** Runs a command other than the audit; gives the exit status. @throws UsageError */
export async function subcommand(
  name: Exclude<CommandName, 'check' | 'index'>,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const parsed = parseArguments(args, COMMAND_OPTIONS[name])
  const { values, positionals } = parsed
  const look: Look = {
    color: wantsColor(values.color as string | undefined, terminal.env, terminal.stdout.isTTY === true),
    width: widthOf(terminal.stdout, terminal.env),
  }
  const write = (text: string) => terminal.stdout.write(text)
  const format = (values.format as string | undefined) ?? 'text'
  if (values.help) write((await import('./help.js')).commandHelp(name, look))
  else if (name === 'fix') return (await import('./fix.js')).fix(parsed, terminal)
  else if (name === 'show') return (await import('./show.js')).show(parsed, look, terminal)
  else if (name === 'diff') return (await import('./diff.js')).diff(parsed, look, terminal)
  else if (name === 'variants-json') return generateVariants(positionals, terminal)
  else if (name === 'completions') write(await completions(positionals))
  else if (name === 'help') write(await helpOn(positionals, look))
  else if (name === 'rules') write(await listRules(positionals, choiceOf(values), format, look))
  else write(await explain(positionals, format, look))
  return 0
}

export interface Look {
  readonly color: boolean
  readonly width: number | undefined
}

/** `distaudit help`, `help explain`, `help license-missing` */
async function helpOn(words: readonly string[], look: Look): Promise<string> {
  const { helpText, commandHelp } = await import('./help.js')
  const [word, ...others] = words
  if (word === undefined) return helpText(look)
  if (isCommand(word) && others.length === 0) return word === 'check' ? helpText(look) : commandHelp(word, look)
  const near =
    others.length === 0 &&
    nearest(
      word,
      COMMANDS.map(({ name }) => name),
    )
  if (near) throw new UsageError(`There is no command '${word}'. Did you mean '${near}'?`)
  return explain(words, 'text', look)
}

async function generateVariants(paths: readonly string[], terminal: Terminal): Promise<number> {
  if (paths.length === 0) throw new UsageError(`Name a directory with variant wheels: \`${usageOf('variants-json')}\`.`)
  return variantsJson(paths, terminal)
}

async function completions(positionals: readonly string[]): Promise<string> {
  const shell = SHELLS.find(one => one === positionals[0])
  if (!shell || positionals.length > 1) throw new UsageError(`Name one shell: \`${usageOf('completions')}\`.`)
  return completionScript(shell, await everyRule())
}

/** Those that are named, and of these the ones that a choice runs, where there is one. */
async function listRules(
  words: readonly string[],
  choice: Choice,
  format: string,
  { color, width }: Look,
): Promise<string> {
  const { rulesText, rulesJson, rulesMarkdown } = await import('../report/rules-list.js')
  await checkChoice(choice)
  const every = await everyRule()
  const named = words.length === 0 ? every : [...new Set(words.flatMap(word => rulesNamed(word, every)))]
  const chosen = isChoice(choice) ? chooseRules(every, choice).rules : every
  const rules = named.filter(rule => chosen.includes(rule))
  if (format === 'json') return rulesJson(rules)
  return format === 'markdown' ? rulesMarkdown(rules) : rulesText(rules, { color, width })
}

const isChoice = ({ profile, preview, select, ignore }: Choice) =>
  profile !== undefined || preview === true || select !== undefined || (ignore ?? []).length > 0

async function explain(words: readonly string[], format: string, { color, width }: Look): Promise<string> {
  if (words.length === 0)
    throw new UsageError(`Name a rule: \`${usageOf('explain')}\`. \`distaudit rules\` lists them.`)
  const every = await everyRule()
  const rules = words.flatMap(word => rulesNamed(word, every))
  const { explainText, explainJson, explainMarkdown } = await import('../report/explain.js')
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
  throw new UsageError(noRule(word, rules))
}
