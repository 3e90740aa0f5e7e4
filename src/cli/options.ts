import { parseArgs } from 'node:util'
import { SEVERITIES } from '../finding.js'
import { SECTIONS } from '../report/show-sections.js'
import { PROFILES } from '../selection.js'
import { didYouMean } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'

/** The topics of the options, in the order of the help. */
export const OPTION_TOPICS = [
  'What to audit',
  'Which rules run',
  'What the project requires of its files',
  'What is reported, and where',
  'Known findings',
  'Configuration',
  'General',
] as const

/** One row of the option table: parsing, help, completions and docs/cli.md come from it. */
export interface OptionRow {
  readonly name: string
  readonly short?: string
  /** Its former name, which still works. */
  readonly formerly?: string
  /** What stands for the value in the help; absent for a switch. */
  readonly value?: string
  /** What the option means without a value; then a value follows an equals sign. */
  readonly bare?: string
  /** Values that are allowed, when they can be listed. */
  readonly choices?: readonly string[]
  /** What a shell completes for the value where `choices` does not say it: rules and topics, the words of a list, or paths. */
  readonly completes?: 'rules' | 'formats'
  readonly repeatable?: boolean
  /** The key of the configuration that the option overrides or adds to: `at-most.size`. */
  readonly key?: string
  readonly help: string
}

/** An option of the audit. */
export interface AuditOption extends OptionRow {
  readonly topic: (typeof OPTION_TOPICS)[number]
}

export const FORMATS = ['text', 'concise', 'json', 'sarif', 'github', 'gitlab', 'junit', 'rdjson', 'html'] as const
export type Format = (typeof FORMATS)[number]

const WHEN = ['auto', 'always', 'never']
const COLOR: OptionRow = { name: 'color', value: 'WHEN', choices: WHEN, help: 'Whether to use colors. Default auto.' }
const HELP: OptionRow = { name: 'help', short: 'h', help: 'Print this help.' }
const SELECT: OptionRow = {
  name: 'select',
  value: 'RULE,...',
  completes: 'rules',
  repeatable: true,
  key: 'select',
  help: 'Run only these rules or topics.',
}
const IGNORE: OptionRow = {
  name: 'ignore',
  value: 'RULE,...',
  completes: 'rules',
  repeatable: true,
  key: 'ignore',
  help: 'Do not run these rules or topics.',
}
const PROFILE: OptionRow = {
  name: 'profile',
  value: 'NAME',
  choices: PROFILES,
  key: 'profile',
  help: 'pypi: only what PyPI rejects. strict: also style and hardening. Default: default.',
}
const PREVIEW: OptionRow = { name: 'preview', key: 'preview', help: 'Also run the rules for draft standards.' }

export const OPTIONS: readonly AuditOption[] = [
  {
    topic: 'What to audit',
    name: 'stdin-filename',
    value: 'NAME',
    help: 'The file name of what `-` reads from standard input.',
  },
  {
    topic: 'What to audit',
    name: 'compare-with',
    formerly: 'baseline-release',
    value: 'PATH',
    repeatable: true,
    help: 'A file of an earlier release, or a directory with its files: report what the new release changes. May be repeated.',
  },
  {
    topic: 'What to audit',
    name: 'source-root',
    value: 'DIR',
    key: 'source-root',
    help: "The project's source tree: findings point to its lines. Default: the project around the working directory.",
  },
  {
    topic: 'What to audit',
    name: 'whole',
    help: 'Read all of a remote file, even if a part is enough for the selected rules.',
  },
  { topic: 'Which rules run', ...SELECT },
  { topic: 'Which rules run', ...IGNORE },
  { topic: 'Which rules run', ...PROFILE },
  { topic: 'Which rules run', ...PREVIEW },
  {
    topic: 'What the project requires of its files',
    name: 'expect',
    value: 'PATTERN',
    repeatable: true,
    key: 'expected',
    help: 'A pattern that a file must match, or with a leading ! that no file may match: `--expect "**/LICENSE*" --expect "!**/tests/"`. May be repeated.',
  },
  {
    topic: 'What the project requires of its files',
    name: 'top-level',
    value: 'NAME,...',
    repeatable: true,
    key: 'top-level',
    help: 'The top-level names that wheels must contain, and no others.',
  },
  {
    topic: 'What the project requires of its files',
    name: 'max-size',
    value: 'SIZE',
    key: 'at-most.size',
    help: 'The largest size that a wheel or an sdist may have, such as 50M.',
  },
  {
    topic: 'What the project requires of its files',
    name: 'max-unpacked-size',
    value: 'SIZE',
    key: 'at-most.unpacked-size',
    help: 'The largest total size that the files in it may have.',
  },
  {
    topic: 'What the project requires of its files',
    name: 'max-files',
    value: 'N',
    key: 'at-most.files',
    help: 'The most files that a wheel or an sdist may contain.',
  },
  {
    topic: 'What is reported, and where',
    name: 'format',
    value: 'FORMAT[=FILE]',
    completes: 'formats',
    repeatable: true,
    help: `${FORMATS.join(', ')}; to standard output, or to FILE. May be repeated. Default text.`,
  },
  {
    topic: 'What is reported, and where',
    name: 'output-file',
    short: 'o',
    value: 'FILE',
    help: 'Write to FILE instead of standard output.',
  },
  {
    topic: 'What is reported, and where',
    name: 'severity',
    value: 'LEVEL',
    choices: SEVERITIES,
    help: 'Show findings at this level or above, in every format. Default warning; JSON and HTML contain everything.',
  },
  {
    topic: 'What is reported, and where',
    name: 'fail-on',
    value: 'LEVEL',
    choices: [...SEVERITIES, 'never'],
    key: 'fail-on',
    help: 'Exit with 1 if there is a finding at this level or above. Default error.',
  },
  {
    topic: 'What is reported, and where',
    name: 'statistics',
    help: 'Count the findings of each rule, the most frequent first. text and concise: instead of the findings; json: in the key `statistics`.',
  },
  {
    topic: 'What is reported, and where',
    name: 'quiet',
    short: 'q',
    help: 'Print findings and errors only: no lines for files without findings, no summary, no hints.',
  },
  {
    topic: 'What is reported, and where',
    name: 'verbose',
    short: 'v',
    help: 'Text report: show everything, info too, with nothing folded. With --version: the dates of the data tables.',
  },
  { topic: 'What is reported, and where', ...COLOR },
  {
    topic: 'Known findings',
    name: 'baseline',
    value: 'FILE',
    key: 'baseline',
    help: 'Count the findings that FILE lists, but do not show them.',
  },
  {
    topic: 'Known findings',
    name: 'write-baseline',
    value: 'FILE',
    help: 'Write every finding to FILE, for --baseline, and exit with 0.',
  },
  {
    topic: 'Known findings',
    name: 'add-ignores',
    value: 'REASON',
    help: 'Add an `ignore-finding` table to the configuration for each finding that is shown, and exit with 0.',
  },
  {
    topic: 'Configuration',
    name: 'config',
    value: 'FILE',
    help: 'Read this distaudit.toml or pyproject.toml instead of the nearest one.',
  },
  { topic: 'Configuration', name: 'no-config', help: 'Do not read a configuration file.' },
  {
    topic: 'Configuration',
    name: 'no-ignores',
    help: 'Do not apply the ignores in the configuration and in comments.',
  },
  {
    topic: 'Configuration',
    name: 'show-settings',
    help: 'Print the settings that apply here and where each one comes from, without auditing anything.',
  },
  {
    topic: 'General',
    name: 'jobs',
    short: 'j',
    value: 'N',
    help: 'Audit with N threads. Default: as many as are useful.',
  },
  { topic: 'General', name: 'version', short: 'V', help: 'Print the version.' },
  { topic: 'General', ...HELP },
]

const LIST_FORMAT: OptionRow = {
  name: 'format',
  value: 'FORMAT',
  choices: ['text', 'json', 'markdown'],
  help: 'The output format. Default text.',
}

/** The options of the commands other than the audit. */
export const COMMAND_OPTIONS = {
  explain: [LIST_FORMAT, COLOR, HELP],
  rules: [SELECT, IGNORE, PROFILE, PREVIEW, LIST_FORMAT, COLOR, HELP],
  completions: [HELP],
  fix: [
    { name: 'diff', help: 'Show the changes without writing them. Exit with 1 if there are any.' },
    { name: 'unsafe', help: 'Also make changes that may not be what you want.' },
    SELECT,
    IGNORE,
    PROFILE,
    PREVIEW,
    {
      name: 'severity',
      value: 'LEVEL',
      choices: SEVERITIES,
      help: 'List what has to be fixed by hand at this level or above. Default warning.',
    },
    ...OPTIONS.filter(({ name }) => ['config', 'no-config', 'no-ignores', 'source-root'].includes(name)),
    HELP,
  ],
  show: [
    {
      name: 'section',
      value: 'NAME,...',
      repeatable: true,
      help: `Show only these parts: ${SECTIONS.join(', ')}. Default: all but description.`,
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['text', 'json'],
      help: 'The output format. JSON always contains everything. Default text.',
    },
    { name: 'verbose', short: 'v', help: 'Show every file, library and requirement: nothing is folded.' },
    COLOR,
    HELP,
  ],
  diff: [
    {
      name: 'text',
      value: 'GLOB',
      bare: '**',
      repeatable: true,
      help: 'Also show the differences between texts: of all files, or with --text=GLOB of those that match. May be repeated.',
    },
    {
      name: 'format',
      value: 'FORMAT',
      choices: ['text', 'json', 'markdown', 'html'],
      help: 'The output format. Default text.',
    },
    { name: 'exit-code', help: 'Exit with 1 if anything differs.' },
    { name: 'verbose', short: 'v', help: 'Show every difference: nothing is folded.' },
    COLOR,
    HELP,
  ],
  index: [
    {
      name: 'index-url',
      value: 'URL',
      help: "The index (simple repository API). Default: the one in pip's configuration, else in uv's, else PyPI.",
    },
    { name: 'all-files', help: 'Audit every file of the release, and compare them. Default: one file.' },
    { name: 'pre', help: 'Also consider pre-releases.' },
    ...OPTIONS.filter(({ name }) => name !== 'stdin-filename' && name !== 'version'),
  ],
  'variants-json': [HELP],
  help: [COLOR, HELP],
} as const satisfies Readonly<Record<string, readonly OptionRow[]>>

export interface Arguments {
  readonly values: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>
  readonly positionals: readonly string[]
}

/** Reads the command line against the table. */
export function parseArguments(args: readonly string[], table: readonly OptionRow[] = OPTIONS): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: withBare(args, table),
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(
        table.flatMap(({ name, short, formerly, value, repeatable }) => {
          const type = value === undefined ? ('boolean' as const) : ('string' as const)
          const multiple = repeatable ?? false
          return [
            [name, { type, multiple, ...(short && { short }) }] as const,
            ...(formerly === undefined ? [] : [[formerly, { type, multiple }] as const]),
          ]
        }),
      ),
    })
    checkChoices(values, table)
    return { values: { ...values, ...underNewNames(values, table) }, positionals }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(usageMessage(error, table))
  }
}

/** Options whose value may be left out, with one. */
function withBare(args: readonly string[], table: readonly OptionRow[]): string[] {
  const bare = new Map<string, string>(
    table.flatMap(row => (row.bare === undefined ? [] : [[`--${row.name}`, row.bare] as const])),
  )
  const end = args.includes('--') ? args.indexOf('--') : args.length
  return args.map((arg, index) => (index < end && bare.has(arg) ? `${arg}=${bare.get(arg)}` : arg))
}

/** What was given under a former name. */
const underNewNames = (values: Arguments['values'], table: readonly OptionRow[]): Arguments['values'] =>
  Object.fromEntries(
    table.flatMap(({ name, formerly }) => {
      const old = formerly === undefined ? undefined : values[formerly]
      if (old === undefined) return []
      const given = values[name]
      return [[name, Array.isArray(old) ? [...old, ...(Array.isArray(given) ? given : [])] : (given ?? old)]]
    }),
  )

function checkChoices(values: Readonly<Record<string, unknown>>, table: readonly OptionRow[]): void {
  for (const { name, choices } of table) {
    const value = values[name]
    if (!choices || typeof value !== 'string' || choices.includes(value)) continue
    throw new UsageError(`--${name} takes ${choices.join(', ')}, not '${value}'.${didYouMean(value, choices)}`)
  }
}

function usageMessage(error: unknown, table: readonly OptionRow[]): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const unknown = /'(-[^']*)'/.exec(message)?.[1] ?? '?'
    return `There is no option '${unknown}'.${meant(unknown, table)}`
  }
  const option = /'(?:-\w, )?(--[\w-]+)/.exec(message)?.[1]
  if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && option)
    return /does not take/.test(message) ? `${option} does not take a value.` : `${option} needs a value.`
  return message
}

/** ` Did you mean '--select'?`: a name that is near, or the only one that begins like it. */
function meant(unknown: string, table: readonly OptionRow[]): string {
  const names = table.map(row => `--${row.name}`)
  const begun = unknown.length > 3 ? names.filter(name => name.startsWith(unknown)) : []
  if (begun.length === 1) return ` Did you mean '${begun[0]}'?`
  return didYouMean(
    unknown,
    unknown.startsWith('--') ? names : table.flatMap(row => (row.short ? [`-${row.short}`] : [])),
  )
}
