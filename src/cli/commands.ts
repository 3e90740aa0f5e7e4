/** The subcommands: help, completions, dispatch and docs/cli.md come from this table. */
export const COMMANDS = [
  {
    name: 'explain',
    arguments: 'RULE|TOPIC... [--format text|json|markdown]',
    help: 'what a rule finds, why, and how to fix it',
  },
  {
    name: 'fix',
    arguments: '[--diff] [--unsafe] [PATH]...',
    help: "change the project's own pyproject.toml or setup.cfg so that findings go away",
  },
  { name: 'rules', arguments: '[--format text|json|markdown]', help: 'every rule' },
  { name: 'completions', arguments: 'bash|zsh|fish', help: 'a completion script' },
  {
    name: 'variants-json',
    arguments: 'DIR|WHEEL...',
    help: "the index's variants file, from the variant wheels in DIR",
  },
] as const

export type CommandName = (typeof COMMANDS)[number]['name']

export const isCommand = (word: string | undefined): word is CommandName => COMMANDS.some(({ name }) => name === word)

/** `distaudit explain RULE|TOPIC... [--format text|json|markdown]` */
export function usageOf(command: CommandName): string {
  const found = COMMANDS.find(({ name }) => name === command)
  return `distaudit ${command} ${found?.arguments ?? ''}`
}

/** One line for each way to call distaudit, with what it does. */
export function usageLines(): readonly string[] {
  const rows = [
    ['distaudit [options] PATH...', 'PATH: a wheel, an sdist, or a directory (its distributions)'],
    ...COMMANDS.map(({ name, help }) => [usageOf(name), help]),
  ]
  return rows.map(([usage = '', help]) =>
    usage.length > 33 ? `${usage}\n${' '.repeat(34)}${help}` : `${usage.padEnd(34)}${help}`,
  )
}
