import type { Example } from '../example.js'
import { fixText, type Rule, type Topic } from '../rule.js'
import { thousands } from '../wording.js'
import { cells } from './cells.js'
import { escapeSnippet, escapeTerminal, markdownOwn, safeJson } from './escape.js'
import { type ExamplePart, exampleList, exampleParts } from './example.js'
import { hanging } from './hanging.js'
import { ruleUrl } from './links.js'
import { paintOf } from './paint.js'
import { enforcerNames, SUBJECT_NAMES } from './wording.js'

export interface ExplainOptions {
  readonly color?: boolean | undefined
  /** Columns of the terminal; undefined: no wrapping. */
  readonly width?: number | undefined
}

export interface MarkdownOptions {
  /** Whether the page begins with a heading; default true. */
  readonly title?: boolean | undefined
  /** What distaudit prints for each bad example, for the page. */
  readonly output?: readonly string[] | undefined
  /** How many files of the corpus have findings of the rule, for the page. */
  readonly seenIn?: { readonly files: number; readonly of: number } | undefined
}

const INDENT = 14

/** Severity, topic, subjects, and status where it is not stable. */
function traits(rule: Rule): string {
  const applies = rule.applies.map(subject => SUBJECT_NAMES[subject]).join(', ')
  const status = rule.status === undefined || rule.status === 'stable' ? [] : [rule.status]
  return [rule.severity, rule.topic, applies, ...status].join(' · ')
}

const sourceLine = ({ source, force }: Rule) => (force === 'none' ? source : `${source} (${force})`)

/** `warning (it works, but causes problems)` */
function severityText({ severity, enforcedBy, status }: Rule): string {
  if (severity === 'error') return `error (${enforcedBy.length > 0 ? 'the file is rejected' : 'it breaks for users'})`
  if (severity === 'warning') return 'warning (it works, but causes problems)'
  return `info (${status === 'strict' ? 'style and hardening' : 'best practice'})`
}

/** Topics whose findings are about fields that a line of the project's files gives. */
const OF_PROJECT: ReadonlySet<Topic> = new Set([
  'metadata',
  'license',
  'dependencies',
  'description',
  'entry-points',
  'pyproject',
])
/** What no line gives: the form of METADATA, and what lies in the files. */
const OF_NO_LINE =
  /^(?:metadata-(?:version|field-unknown|header|lone|mime|not|external)|sdist-metadata|script-(?!name)|licenses-dir|license-bundled|version-attribute|import-|index-|pkg-resources)/

/** About what is written in setup.py or setup.cfg. */
const OF_SETUP = /^setup-/
const setupFile = (id: string): string =>
  id.startsWith('setup-cfg-') ? 'setup.cfg' : id === 'setup-keyword-ignored' ? 'setup.py or setup.cfg' : 'setup.py'

/** How findings of a rule are ignored: by a comment where they have a line in the project's own files, else by the configuration. */
export function ignoreForm({ id, topic, applies, inCode }: Pick<Rule, 'id' | 'topic' | 'applies' | 'inCode'>): {
  readonly text: string
  readonly markdown: string
} {
  const inTable = (key: string) => ({
    text: `${key}  (below [tool.distaudit])`,
    markdown: `\`${key}\` below \`[tool.distaudit]\``,
  })
  const inAnyFile = `ignore-finding = [{ rule = "${id}", reason = "…" }]`
  // Its line is not one of the build files.
  if (applies.includes('source-tree') && (inCode || id === 'sdist-no-pyproject')) return inTable(inAnyFile)
  if (applies.includes('source-tree') || (OF_PROJECT.has(topic) && !OF_NO_LINE.test(id))) {
    const comment = `# distaudit: ignore[${id}] reason`
    // In setup.cfg, what follows a value on its line is a part of it.
    const where = OF_SETUP.test(id) ? `above the line in ${setupFile(id)}` : 'on the line in pyproject.toml'
    return { text: `${comment}  (${where})`, markdown: `\`${comment}\` ${where}` }
  }
  // A finding about a release is one of several files.
  const isOfFiles = applies.some(one => one === 'wheel' || one === 'sdist')
  if (!isOfFiles) return inTable(inAnyFile)
  const pattern = !applies.includes('sdist') ? '*.whl' : applies.includes('wheel') ? '*' : '*.tar.gz'
  return inTable(`per-file-ignores."${pattern}" = ["${id}"]`)
}

/** How far a finding can be trusted; undefined for most rules, which read it from the file. */
function precisionText({ precision = 'very-high' }: Rule): string | undefined {
  if (precision === 'very-high') return undefined
  return precision === 'high' ? 'almost every finding is right' : 'the rule guesses, and some findings are wrong'
}

/** `Enforced by: PyPI, twine` */
const enforcementText = ({ enforcedBy }: Rule): string =>
  enforcedBy.length > 0 ? `Enforced by: ${enforcerNames(enforcedBy)}` : 'Not enforced today'

/** What `distaudit explain RULE` prints. */
export function explainText(rule: Rule, options: ExplainOptions = {}): string {
  const paint = paintOf(options.color)
  const { width } = options
  const head = `${rule.id}  ${traits(rule)}`
  const lines = [
    ...(width === undefined || cells(head) <= width
      ? [`${paint(rule.id, 'bold')}  ${paint(traits(rule), 'dim')}`]
      : [paint(rule.id, 'bold'), ...hanging(traits(rule), width, 0).map(line => paint(line, 'dim'))]),
    ...hanging(rule.summary, width, 0),
    '',
  ]
  const add = (label: string, texts: readonly string[]) => {
    const name = paint(label.padEnd(INDENT), 'cyan')
    lines.push(...texts.map((text, index) => `${index === 0 ? name : ' '.repeat(INDENT)}${text}`))
  }
  const addText = (label: string, text: string) => add(label, fold(escapeTerminal(text), width))
  addText('Why', rule.why)
  if (rule.breaks !== undefined) addText('What breaks', rule.breaks)
  if (rule.pypiMessage !== undefined) addText('PyPI says', rule.pypiMessage)
  addText('Fix', fixText(rule))
  for (const example of exampleList(rule.bad)) add('Finds', exampleText(example))
  for (const example of exampleList(rule.good)) add('Accepts', exampleText(example))
  addText('Severity', severityText(rule))
  addText('Enforced by', rule.enforcedBy.length > 0 ? enforcerNames(rule.enforcedBy) : 'nobody today')
  const precision = precisionText(rule)
  if (precision !== undefined) addText('Precision', precision)
  addText('To ignore it', ignoreForm(rule).text)
  if (rule.formerly?.length) addText('Former name', rule.formerly.join(', '))
  addText('Source', sourceLine(rule))
  add('', [rule.url])
  add('Page', [ruleUrl(rule.id)])
  return `${lines.join('\n')}\n`
}

const fold = (text: string, width: number | undefined): string[] => hanging(text, width, INDENT)

/** The lines alone when they are one file's; the label in front where it says more. */
function exampleText(example: Example): string[] {
  return exampleParts(example).flatMap(({ label, lines }) => [
    escapeTerminal(label),
    ...lines.map(line => `  ${escapeSnippet(line)}`),
  ])
}

/** The rule's page for docs/rules/ and for SARIF's help: one source for all. */
export function explainMarkdown(rule: Rule, { title = true, output, seenIn }: MarkdownOptions = {}): string {
  const precision = precisionText(rule)
  const facts: [string, string][] = [
    ['Source', `[${markdownOwn(sourceLine(rule))}](${rule.url})`],
    ['Ignore', ignoreForm(rule).markdown],
  ]
  if (precision !== undefined) facts.push(['Precision', precision])
  if (rule.securitySeverity !== undefined) facts.push(['Security severity', rule.securitySeverity.toFixed(1)])
  if (rule.formerly?.length) facts.push(['Formerly', rule.formerly.map(id => `\`${id}\``).join(', ')])
  if (seenIn) facts.push(['Seen in', `${thousands(seenIn.files)} of ${thousands(seenIn.of)} corpus files`])
  const blocks = [
    ...(title ? [`# ${rule.id}`] : []),
    `**${markdownOwn(rule.summary)}** ${markdownOwn(traits(rule))}`,
    `**Why.** ${markdownOwn(rule.why)}`,
    ...(rule.breaks === undefined ? [] : [`**What breaks.** ${markdownOwn(rule.breaks)}`]),
    ...(rule.pypiMessage === undefined ? [] : [`PyPI says:\n\n${fence([rule.pypiMessage])}`]),
    `**Fix.** ${markdownOwn(fixText(rule))}`,
    ...exampleList(rule.bad).flatMap((example, i) => [exampleMarkdown('Bad', example), ...says(output?.[i])]),
    ...exampleList(rule.good).map(example => exampleMarkdown('Good', example)),
    [`Severity: ${severityText(rule)}`, enforcementText(rule), ...facts.map(([name, value]) => `${name}: ${value}`)]
      .map(line => `- ${line}`)
      .join('\n'),
  ]
  return `${blocks.join('\n\n')}\n`
}

const exampleMarkdown = (title: string, example: Example) =>
  [`**${title}**`, ...exampleParts(example).map(partMarkdown)].join('\n\n')

const says = (output: string | undefined) =>
  output === undefined ? [] : [`distaudit says:\n\n${fence(output.trimEnd().split('\n'))}`]

const partMarkdown = ({ label, lines }: ExamplePart) =>
  lines.length === 0 ? markdownOwn(label) : `${markdownOwn(label)}:\n\n${fence(lines)}`

function fence(lines: readonly string[]): string {
  const safe = lines.map(escapeSnippet)
  const longest = Math.max(2, ...safe.flatMap(line => (line.match(/`+/g) ?? []).map(run => run.length)))
  const ticks = '`'.repeat(longest + 1)
  return [`${ticks}text`, ...safe, ticks].join('\n')
}

/** The rule as data, for programs. */
export function ruleData(rule: Rule) {
  return {
    id: rule.id,
    topic: rule.topic,
    severity: rule.severity,
    status: rule.status ?? 'stable',
    applies: rule.applies,
    enforcedBy: rule.enforcedBy,
    force: rule.force,
    source: rule.source,
    url: rule.url,
    page: ruleUrl(rule.id),
    summary: rule.summary,
    why: rule.why,
    breaks: rule.breaks,
    fix: fixText(rule),
    pypiMessage: rule.pypiMessage,
    precision: rule.precision ?? 'very-high',
    securitySeverity: rule.securitySeverity,
    formerly: rule.formerly ?? [],
    bad: exampleList(rule.bad),
    good: exampleList(rule.good),
  }
}

/** What `distaudit explain --format json RULE` prints. */
export const explainJson = (rule: Rule): string => `${safeJson(JSON.stringify(ruleData(rule), null, 2))}\n`
