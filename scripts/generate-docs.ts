/** The pages that are made from the code: docs/rules/, docs/cli.md, docs/configuration.md, schemas/config-1.schema.json. */
import { readFileSync } from 'node:fs'
import { RULES } from '../rules/registry/index.js'
import { usages } from '../src/cli/commands.js'
import { COMMAND_OPTIONS, OPTION_TOPICS, OPTIONS, type OptionRow } from '../src/cli/options.js'
import { CONFIG_KEYS, type Key, type KeyType } from '../src/config/keys.js'
import { explainMarkdown } from '../src/report/explain.js'
import { HOME_URL } from '../src/report/links.js'
import { rulesMarkdown } from '../src/report/rules-list.js'
import { ruleOutput } from './rule-output.js'

/** Written by `npm run corpus -- DIR --counts scripts/corpus-counts.json`. */
const CORPUS: { readonly of: number; readonly rules: Readonly<Record<string, number>> } = JSON.parse(
  readFileSync('scripts/corpus-counts.json', 'utf8'),
)

/** Rules whose examples are audited at the same time: while one waits for zlib, another works. */
const AT_ONCE = 16

/** Path → text of every generated page. */
export async function docPages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([
    ['docs/rules/README.md', rulesMarkdown(RULES)],
    ['docs/cli.md', cliPage()],
    ['docs/configuration.md', configPage()],
    ['schemas/config-1.schema.json', `${JSON.stringify(configSchema(), null, 2)}\n`],
  ])
  // The renderer works in a thread of its own: those that need it begin first.
  const outputs = new Map(
    RULES.filter(rule => rule.needs?.includes('rendering')).map(rule => [rule, ruleOutput(rule)] as const),
  )
  for (const [i, rule] of RULES.entries()) {
    for (const next of RULES.slice(i, i + AT_ONCE)) if (!outputs.has(next)) outputs.set(next, ruleOutput(next))
    const output = await outputs.get(rule)!
    outputs.delete(rule)
    const page = explainMarkdown(rule, { output, seenIn: seenIn(rule.id) })
    pages.set(`docs/rules/${rule.id}.md`, page)
  }
  return pages
}

/** How many files of the corpus run in docs/corpus.md a rule flags; undefined when it did not run there. */
function seenIn(id: string): { readonly files: number; readonly of: number } | undefined {
  const files = CORPUS.rules[id]
  return files === undefined ? undefined : { files, of: CORPUS.of }
}

const cell = (text: string) => text.replaceAll('|', '\\|')

function cliPage(): string {
  const commandTables = (name: 'fix' | 'index' | 'show' | 'diff' | 'rules' | 'explain') => {
    const rows: readonly OptionRow[] = COMMAND_OPTIONS[name]
    const isAudit = name === 'index'
    const own = isAudit ? rows.filter(row => !OPTIONS.some(other => other.name === row.name)) : rows
    const rest = isAudit ? '\n\nThe options of an audit apply as well, except `--stdin-filename` and `--version`.' : ''
    return `## Options of \`distaudit ${name}\`\n\n${table(own)}${rest}`
  }
  const table = (options: readonly OptionRow[]) => {
    const rows = options.map(({ name, short, value, choices, bare, help }) => {
      const word = choices?.join('|') ?? value
      const option = `--${name}${word === undefined ? '' : bare === undefined ? ` ${word}` : `[=${word}]`}`
      return `| \`${cell(option)}\`${short ? `, \`-${short}\`` : ''} | ${cell(help)} |`
    })
    return `| option | meaning |\n|---|---|\n${rows.join('\n')}`
  }
  const tables = [
    ...OPTION_TOPICS.map(topic => `## ${topic}\n\n${table(OPTIONS.filter(row => row.topic === topic))}`),
    ...(['fix', 'index', 'show', 'diff', 'rules', 'explain'] as const).map(commandTables),
  ]
  const calls = usages().map(([usage, help]) => `| \`${cell(usage)}\` | ${cell(help)} |`)
  return `# The command

Generated from the tables in \`src/cli/commands.ts\` and \`src/cli/options.ts\`.

| call | what it does |
|---|---|
${calls.join('\n')}

${tables.join('\n\n')}

## Exit status

| exit status | meaning |
|---|---|
| 0 | nothing at or above \`--fail-on\` |
| 1 | findings at or above \`--fail-on\`; a damaged archive is a finding |
| 2 | wrong usage, a path that does not exist, nothing to audit, or an internal error |

## What a path means

PATH is a wheel, an sdist, a URL (see [remote.md](remote.md)), a project's folder or its pyproject.toml, or another directory.
A project's folder, such as \`.\`, means its source tree. Another directory means the distributions in it and in its subdirectories, with their
signatures and attestations; hidden directories, \`node_modules\`, \`site-packages\` and virtual environments are not searched,
nor are symbolic links to directories. A note says how many files were found in subdirectories. Without PATH, \`paths\` of the
configuration is used, or else \`dist/\` of the project around the working directory.

distaudit expands patterns that the shell did not expand (Windows shells expand none):
\`dist/*.whl\`, \`dist/**/*.whl\`, \`demo-1.[01]*\`. A file whose name is exactly the pattern takes precedence.

\`-\` reads a file from standard input, under the name that \`--stdin-filename\` gives, which says what it is:
\`curl -sL URL | distaudit - --stdin-filename demo-1.0-py3-none-any.whl\`. The bytes go to a temporary file that has no name
once it is open, and that disappears when the command ends.

## Commands

If the first word is the name of a command, it is that command. \`./check\` is the file or directory of that name, and so is \`check\`
after \`--\`.

## What is written

\`--format concise\` writes a line for each finding: \`path:line:column: error[rule] message\`. The path is that of the project's
own file where the finding comes from a line of it, once for all distributions. Otherwise it is the distribution, at 1:1, and the
place inside is in parentheses at the end. \`rdjson\` is for reviewdog: \`distaudit --format rdjson | reviewdog -f=rdjson\`.

\`--statistics\` counts the findings that are shown, by rule and severity. The formats other than text, concise and json do
not change.

\`fix\` changes only the project's own pyproject.toml and setup.cfg, and keeps comments, order and line endings. It makes only changes
whose meaning is certain, unless \`--unsafe\` is given. \`--diff\` prints the changes and writes nothing. Its exit status is 1 with \`--diff\` if
there are changes, and without it if errors remain. \`--severity info\` also lists the notes that have to be fixed by hand.

\`show\` and \`diff\` have pages of their own: [show.md](show.md) and [diff.md](diff.md). Both read files and judge nothing.

\`variants-json\` writes \`{name}-{version}-variants.json\` (PEP 825, PEP 817 or variantlib, as the wheels have it) to standard
output. Wheels that do not go together are named on standard error; the status is then 1, and nothing is written.

Findings go to standard output or to \`--output-file\`; progress and notes to standard error. Text fits the terminal, or
\`COLUMNS\` columns where that is set; without either, only the help is wrapped, at 80. Colors follow \`--color\`, then \`FORCE_COLOR\`,
\`NO_COLOR\`, \`CLICOLOR_FORCE\`, \`CLICOLOR\`, \`TERM\`. With \`--format github\` the job summary is written too, where
\`GITHUB_STEP_SUMMARY\` names its file. \`SOURCE_DATE_EPOCH\` sets the time in the JUnit report. \`DISTAUDIT_DEBUG=1\` shows the
stack of an internal error.
`
}

function typeText(type: KeyType): string {
  switch (type.kind) {
    case 'text':
      return type.choices?.map(choice => `\`"${choice}"\``).join(', ') ?? 'string'
    case 'switch':
      return '`true` or `false`'
    case 'texts':
      return 'list of strings'
    case 'number':
      return 'number'
    case 'date':
      return 'date'
    case 'map':
      return `table of ${typeText(type.values)}`
    case 'table':
      return 'table'
    case 'tables':
      return 'list of tables'
    case 'either':
      return type.types.map(typeText).join(', or ')
  }
}

function keyRows(keys: readonly Key[], prefix = ''): readonly string[] {
  return keys.flatMap(({ name, type, required, help }) => [
    `| \`${prefix}${name}\` | ${cell(typeText(type))} | ${cell(help)}${required ? ' Required.' : ''} |`,
    ...(type.kind === 'table' || type.kind === 'tables' ? keyRows(type.keys, `${prefix}${name}.`) : []),
  ])
}

const SCHEMA_URL = `${HOME_URL.replace('github.com', 'raw.githubusercontent.com')}/main/schemas/config-1.schema.json`

function configPage(): string {
  return `# Configuration

Made from the key table in \`src/config/keys.ts\`.

distaudit reads the nearest \`distaudit.toml\`, or \`pyproject.toml\` with \`[tool.distaudit]\`, from the working directory
upward; \`--config FILE\` names one, \`--no-config\` reads none. Options of the command win. An unknown key is an error.
In distaudit.toml, the same keys are at the top level, without \`tool.distaudit\`.

\`\`\`toml
[tool.distaudit]
profile = "default"
ignore = ["requirement-exact-pin"]
top-level = ["demo"]
expected.wheel = ["demo/py.typed", "*.dist-info/licenses/LICENSE*", "!**/tests/"]
expected.sdist = ["LICENSE*", "tests/"]
at-most = { size = 5_000_000, files = 200 }

[tool.distaudit.per-file-ignores]
"*.whl!demo/tests/**" = ["path-too-long"]

[[tool.distaudit.ignore-finding]]
rule = "requires-python-upper-bound"
reason = "The extension module needs a new build for each Python."
until = 2027-01-31
\`\`\`

| key | type | meaning |
|---|---|---|
${keyRows(CONFIG_KEYS).join('\n')}

A comment in the project's own pyproject.toml ignores findings about the key on its line, or on the next line if the comment
has a line to itself: \`# distaudit: ignore[requirement-exact-pin] the reason\`. For a missing key, put it on the header of the table,
such as \`[project]\`; for the text of the README, on the key that names the file. Comments in setup.py and setup.cfg work as well; in
setup.cfg, they need a line to themselves, because the rest of a line is part of the value. A comment always names rules or topics.
Findings without such a line are ignored here, with \`per-file-ignores\` or \`ignore-finding\`; \`distaudit explain RULE\` shows which
form works for a rule.

A rule or topic that does not exist is an error, wherever it is named: the message has the file and the line, and the exit status
is 2. Ignores that match nothing, and those that have expired, are reported on standard error; \`--no-ignores\` turns all of
them off.

## Known findings

A project that already has findings can adopt distaudit without fixing them all at once:

\`\`\`
distaudit dist/ --write-baseline distaudit-baseline.json
\`\`\`

With \`baseline = "distaudit-baseline.json"\` here, or \`--baseline distaudit-baseline.json\`, the findings in it are counted but
not shown, and do not change the exit status; new ones are reported. The file has one line for each known finding: the project,
the kind of the file, the rule, the member, and what the message quotes. Versions, platform tags and hashes are left out, so that a
new version or another platform changes nothing. distaudit says which entries are fixed; \`--write-baseline\` removes them, and keeps the
entries for files and rules that the run did not check.

Instead, \`distaudit dist/ --add-ignores "known since 2.0"\` adds an \`ignore-finding\` table for each finding that is shown
at the end of the configuration file. It does not change the rest of the file.

## In an editor

The JSON Schema of the configuration is [schemas/config-1.schema.json](../schemas/config-1.schema.json). The npm package has it
as \`distaudit/schemas/config-1.schema.json\`.

- In distaudit.toml, taplo and the extension Even Better TOML of VS Code follow a comment on the first line:
  \`#:schema ${SCHEMA_URL}\`
- For pyproject.toml, associate the schema with the table in \`.taplo.toml\` at the root of the project:

  \`\`\`toml
  [[rule]]
  include = ["pyproject.toml"]
  keys = ["tool.distaudit"]

  [rule.schema]
  url = "${SCHEMA_URL}"
  \`\`\`

- In the settings of VS Code, for every distaudit.toml:

  \`\`\`json
  { "evenBetterToml.schema.associations": { ".*/distaudit\\\\.toml$": "${SCHEMA_URL}" } }
  \`\`\`
`
}

function schemaOf(type: KeyType): object {
  switch (type.kind) {
    case 'text':
      return { type: 'string', ...(type.choices && { enum: type.choices }) }
    case 'switch':
      return { type: 'boolean' }
    case 'texts':
      return { type: 'array', items: { type: 'string' } }
    case 'number':
      return { type: 'number', exclusiveMinimum: 0 }
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' }
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(type.values) }
    case 'table':
      return tableSchema(type.keys)
    case 'tables':
      return { type: 'array', items: tableSchema(type.keys) }
    case 'either':
      return { anyOf: type.types.map(schemaOf) }
  }
}

/** `Fail on` */
const titleOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ')

function tableSchema(keys: readonly Key[]): object {
  const required = keys.filter(key => key.required).map(key => key.name)
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      keys.map(({ name, type, help }) => [name, { title: titleOf(name), description: help, ...schemaOf(type) }]),
    ),
    ...(required.length > 0 && { required }),
  }
}

function configSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: SCHEMA_URL,
    title: 'distaudit',
    description:
      'Configuration of distaudit, which audits Python wheels and sdists: [tool.distaudit] in pyproject.toml, or distaudit.toml.',
    ...tableSchema(CONFIG_KEYS),
  }
}
