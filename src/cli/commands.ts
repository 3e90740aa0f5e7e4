/** The subcommands: help, completions, dispatch and docs/cli.md come from this table. */
export const COMMANDS = [
  { name: 'check', arguments: '[options] [PATH...]', help: 'the same as without a command' },
  { name: 'explain', arguments: 'RULE|TOPIC...', help: 'what a rule finds, why, and how to fix it' },
  {
    name: 'rules',
    arguments: '[RULE|TOPIC...]',
    help: 'the rules: all, those of a topic, or those that --select, --ignore and --profile choose',
  },
  {
    name: 'index',
    arguments: '[--index-url URL] [--all-files] [options] NAME[==VERSION]',
    help: 'audit a release on an index, downloading no more of it than the rules need',
  },
  {
    name: 'show',
    arguments: '[--section NAME,...] FILE|DIR|URL...',
    help: 'what is in wheels and sdists: metadata, tags, sizes, libraries, licenses',
  },
  {
    name: 'diff',
    arguments: '[--text[=GLOB]] OLD NEW',
    help: 'what differs between two files, two directories of files, or an sdist and its wheel',
  },
  {
    name: 'fix',
    arguments: '[--diff] [--unsafe] [PATH...]',
    help: "correct what findings report in the project's own pyproject.toml or setup.cfg",
  },
  { name: 'completions', arguments: 'bash|zsh|fish', help: 'print a completion script for the shell' },
  {
    name: 'variants-json',
    arguments: 'DIR|WHEEL...',
    help: 'the variants file for an index, from variant wheels',
  },
  { name: 'help', arguments: '[COMMAND|RULE]', help: 'this help, or that of a command or rule' },
] as const

export type CommandName = (typeof COMMANDS)[number]['name']

export const isCommand = (word: string | undefined): word is CommandName => COMMANDS.some(({ name }) => name === word)

/** `distaudit explain RULE|TOPIC...` */
export function usageOf(command: CommandName): string {
  const found = COMMANDS.find(({ name }) => name === command)
  return `distaudit ${command} ${found?.arguments ?? ''}`
}

/** Each way to call distaudit, and what it does. */
export const usages = (): readonly (readonly [usage: string, help: string])[] => [
  ['distaudit [options] [PATH...]', 'audit wheels, sdists, and those in directories. Default: dist/ of the project'],
  ...COMMANDS.map(({ name, help }) => [usageOf(name), help] as const),
]
