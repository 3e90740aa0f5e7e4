/** The pages that are made from the code: docs/rules/, docs/cli.md, docs/configuration.md, schemas/config-1.schema.json. */
import { readFileSync } from 'node:fs'
import { RULES } from '../rules/registry/index.js'
import { usages } from '../src/cli/commands.js'
import { OPTION_TOPICS, OPTIONS } from '../src/cli/options.js'
import { CONFIG_KEYS, type Key, type KeyType } from '../src/config/keys.js'
import { explainMarkdown } from '../src/report/explain.js'
import { HOME_URL } from '../src/report/links.js'
import { rulesMarkdown } from '../src/report/rules-list.js'
import { ruleOutput } from './rule-output.js'

/** Written by `npm run corpus -- DIR --counts scripts/corpus-counts.json`. */
const CORPUS: { readonly of: number; readonly rules: Readonly<Record<string, number>> } = JSON.parse(
  readFileSync('scripts/corpus-counts.json', 'utf8'),
)

/** Path → text of every generated page. */
export async function docPages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([
    ['docs/rules/README.md', rulesMarkdown(RULES)],
    ['docs/cli.md', cliPage()],
    ['docs/configuration.md', configPage()],
    ['schemas/config-1.schema.json', `${JSON.stringify(configSchema(), null, 2)}\n`],
  ])
  // The renderer works in a thread of its own: those that need it begin first.
  const early = new Map(
    RULES.filter(rule => rule.needs?.includes('rendering')).map(rule => [rule, ruleOutput(rule)] as const),
  )
  for (const rule of RULES) {
    const output = await (early.get(rule) ?? ruleOutput(rule))
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
  const rows = (topic: string) =>
    OPTIONS.filter(row => row.topic === topic).map(({ name, short, value, choices, help }) => {
      const option = `--${name}${value === undefined ? '' : ` ${choices?.join('|') ?? value}`}`
      return `| \`${cell(option)}\`${short ? `, \`-${short}\`` : ''} | ${cell(help)} |`
    })
  const tables = OPTION_TOPICS.map(topic => `## ${topic}\n\n| option | meaning |\n|---|---|\n${rows(topic).join('\n')}`)
  const calls = usages().map(([usage, help]) => `| \`${cell(usage)}\` | ${cell(help)} |`)
  return `# The command

Made from the tables in \`src/cli/commands.ts\` and \`src/cli/options.ts\`.

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

## Commands

The first word is a command where it is the name of one. \`./check\` is the file or directory of that name, and so is \`check\`
after \`--\`.

## What is written

\`--format concise\` writes a line for each finding: \`path:line:column: error[rule] message\`. The path is that of the project's
own file where the finding comes from a line of it, once for all distributions. Otherwise it is the distribution, at 1:1, and the
place inside is in parentheses at the end. \`rdjson\` is for reviewdog: \`distaudit --format rdjson | reviewdog -f=rdjson\`.

\`--statistics\` counts the findings that are shown, by rule and severity. The formats other than text, concise and json do
not change.

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

function configPage(): string {
  return `# Configuration

Made from the key table in \`src/config/keys.ts\`.

distaudit reads the nearest \`distaudit.toml\`, or \`pyproject.toml\` with \`[tool.distaudit]\`, from the working directory
upward; \`--config FILE\` names one, \`--no-config\` reads none. Options of the command win. An unknown key is an error.

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

A comment in the project's own pyproject.toml leaves out what is found about the key on its line, or on the next line when
it stands alone: \`# distaudit: ignore[requirement-exact-pin] the reason\`. For a key that is missing, it belongs on the header
of the table that lacks it; for the text of the README, on the key that names the file. It always names rules or topics.
Ignores that match nothing are reported on standard error; \`--no-ignores\` turns all of them off.
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

function tableSchema(keys: readonly Key[]): object {
  const required = keys.filter(key => key.required).map(key => key.name)
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      keys.map(({ name, type, help }) => [name, { ...schemaOf(type), description: help }]),
    ),
    ...(required.length > 0 && { required }),
  }
}

function configSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `${HOME_URL.replace('github.com', 'raw.githubusercontent.com')}/main/schemas/config-1.schema.json`,
    title: 'Configuration of distaudit: [tool.distaudit] in pyproject.toml, or distaudit.toml',
    ...tableSchema(CONFIG_KEYS),
  }
}
