import { parseArgs } from 'node:util'
import { SEVERITIES } from '../finding.js'
import { PROFILES } from '../selection.js'
import { nearest } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'
import { usageLines } from './commands.js'

/** One row of the option table: parsing, help, completions and docs/cli.md come from it. */
export interface OptionRow {
  readonly name: string
  readonly short?: string
  /** What stands for the value in the help; absent for a switch. */
  readonly value?: string
  /** Values that are allowed, when they can be listed. */
  readonly choices?: readonly string[]
  readonly repeatable?: boolean
  readonly help: string
}

export const FORMATS = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'] as const
export type Format = (typeof FORMATS)[number]

export const OPTIONS: readonly OptionRow[] = [
  {
    name: 'format',
    value: 'FORMAT[=FILE]',
    repeatable: true,
    help: `${FORMATS.join(', ')}; to stdout, or to FILE. May be repeated. Default text.`,
  },
  { name: 'select', value: 'RULE,...', repeatable: true, help: 'Run only these rules or topics.' },
  { name: 'ignore', value: 'RULE,...', repeatable: true, help: 'Leave these rules or topics out.' },
  {
    name: 'severity',
    value: 'LEVEL',
    choices: SEVERITIES,
    help: 'Show findings from this level up, in every format. Default warning; JSON has everything.',
  },
  {
    name: 'fail-on',
    value: 'LEVEL',
    choices: [...SEVERITIES, 'never'],
    help: 'Exit with 1 when a finding has this level or a worse one. Default error.',
  },
  {
    name: 'profile',
    value: 'NAME',
    choices: PROFILES,
    help: 'pypi: only what an upload to PyPI stumbles over. strict: matters of taste too.',
  },
  { name: 'preview', help: 'Run the rules for draft standards too.' },
  { name: 'config', value: 'FILE', help: 'Read this distaudit.toml or pyproject.toml.' },
  { name: 'no-config', help: 'Read no configuration file.' },
  { name: 'no-ignores', help: 'Do not apply the ignores of the configuration and of comments.' },
  {
    name: 'source-root',
    value: 'DIR',
    help: "The project's source tree, for annotations and what git tracks. Default: the project around the working directory.",
  },
  {
    name: 'expect',
    value: 'PATTERN',
    repeatable: true,
    help: 'A file must match it, or with ! before it none may: `--expect "**/LICENSE*" --expect "!**/tests/"`. May be repeated.',
  },
  { name: 'top-level', value: 'NAME,...', repeatable: true, help: 'What wheels have at their top, and nothing else.' },
  { name: 'max-size', value: 'SIZE', help: 'Bytes of a file at most: 50M.' },
  { name: 'max-unpacked-size', value: 'SIZE', help: 'Bytes of what is in a file at most.' },
  { name: 'max-files', value: 'N', help: 'Files in a wheel or sdist at most.' },
  {
    name: 'baseline-release',
    value: 'PATH',
    repeatable: true,
    help: 'Files of an earlier release, or a directory that has them: tell what the new one changes. May be repeated.',
  },
  { name: 'jobs', short: 'j', value: 'N', help: 'Audit with N threads. Default: as many as pay off.' },
  {
    name: 'quiet',
    short: 'q',
    help: 'Text report: only files with findings, and no closing line when there are none.',
  },
  {
    name: 'verbose',
    short: 'v',
    help: 'Text report: everything, notes too, nothing folded. With --version: the dates of the data tables.',
  },
  {
    name: 'color',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    help: 'Colors in the text report. Default auto.',
  },
  { name: 'version', short: 'V', help: 'Print the version.' },
  { name: 'help', short: 'h', help: 'Print this help.' },
]

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
}

/** Reads the command line against the table. */
export function parseArguments(args: readonly string[], table: readonly OptionRow[] = OPTIONS): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(
        table.map(({ name, short, value, repeatable }) => [
          name,
          {
            type: value === undefined ? ('boolean' as const) : ('string' as const),
            multiple: repeatable ?? false,
            ...(short && { short }),
          },
        ]),
      ),
    })
    checkChoices(values, table)
    return { values, positionals }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(usageMessage(error, args, table))
  }
}

function checkChoices(values: Readonly<Record<string, unknown>>, table: readonly OptionRow[]): void {
  for (const { name, choices } of table) {
    const value = values[name]
    if (!choices || typeof value !== 'string' || choices.includes(value)) continue
    const near = nearest(value, choices)
    throw new UsageError(
      `--${name} takes ${choices.join(', ')}, not '${value}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`,
    )
  }
}

function usageMessage(error: unknown, args: readonly string[], table: readonly OptionRow[]): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const known = new Set(table.flatMap(row => [`--${row.name}`, ...(row.short ? [`-${row.short}`] : [])]))
    const unknown = args
      .map(arg => arg.split('=', 1)[0] ?? '')
      .find(arg => arg.startsWith('-') && arg !== '--' && !known.has(arg))
    const near = unknown && nearest(unknown, [...known])
    return `There is no option '${unknown ?? '?'}'.${near ? ` Did you mean '${near}'?` : ''}`
  }
  const message = error instanceof Error ? error.message : String(error)
  const option = /'(?:-\w, )?(--[\w-]+)/.exec(message)?.[1]
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && option)
    return /does not take/.test(message) ? `${option} takes no value.` : `${option} needs a value.`
  return message
}

/** The rows of an option table, as help shows them. */
export function optionLines(table: readonly OptionRow[]): string {
  const left = (row: OptionRow) =>
    `  ${row.short ? `-${row.short}, ` : '    '}--${row.name}${row.value === undefined ? '' : ` ${row.choices?.join('|') ?? row.value}`}`
  const rows = table.map(row => {
    const head = left(row)
    return head.length > 38 ? `${head}\n${' '.repeat(40)}${row.help}` : `${head.padEnd(40)}${row.help}`
  })
  return rows.join('\n')
}

/** The help text. */
export function helpText(): string {
  return `Audits Python wheels and sdists before they are uploaded.

Usage:
${usageLines()
  .map(line => `  ${line.replace('\n', '\n  ')}`)
  .join('\n')}

Options:
${optionLines(OPTIONS)}

Exit status: 0 nothing at or above --fail-on; 1 findings; 2 wrong usage, nothing to audit, or an internal error.
`
}
