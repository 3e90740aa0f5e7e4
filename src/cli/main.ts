import { join, resolve } from 'node:path'
import type { Limits } from '../archive/limits.js'
import type { Part } from '../audit.js'
import { assemble, summarize } from '../audit.js'
import type { Config } from '../config/config.js'
import { applyIgnores } from '../config/ignores.js'
import type { Severity } from '../finding.js'
import { isAtLeast, WHOLE_AUDIT } from '../finding.js'
import { escapeTerminal } from '../report/escape.js'
import { allFindings, type Report } from '../report/report.js'
import type { AnyRule } from '../rule.js'
import { type Choice, unknownWords } from '../selection.js'
import { nearest } from '../text/nearest.js'
import { plural } from '../wording.js'
import { findConfig } from './config-file.js'
import { expandPaths, type Target } from './files.js'
import { type Arguments, FORMATS, type Format, helpText, parseArguments, UsageError } from './options.js'
import { auditTargets } from './pool.js'
import { progressOn } from './progress.js'
import { allRules, namesRules, rulesFor } from './rules.js'
import { loadSource } from './source.js'
import { subcommand } from './subcommands.js'
import { versionText } from './version-text.js'
import { writeReports } from './write.js'

/** Streams and environment of the command: injected so that tests can run it in the process. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
}

/** Runs the command; gives the exit status. Never rejects. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal)
  } catch (error) {
    const isUsage = error instanceof UsageError
    const message = error instanceof Error ? error.message : String(error)
    for (const line of message.split('\n')) terminal.stderr.write(`distaudit: ${escapeTerminal(line)}\n`)
    if (isUsage) terminal.stderr.write('Try `distaudit --help`.\n')
    else {
      terminal.stderr.write(
        'This is a fault of distaudit; please report it. DISTAUDIT_DEBUG=1 shows where it happened.\n',
      )
      if (terminal.env.DISTAUDIT_DEBUG && error instanceof Error) terminal.stderr.write(`${error.stack}\n`)
    }
    return 2
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = args
  if (first === 'explain' || first === 'rules' || first === 'completions' || first === 'variants-json') {
    return subcommand(first, rest, terminal)
  }
  const parsed = parseArguments(args)
  if (parsed.values.help) {
    terminal.stdout.write(helpText())
    return 0
  }
  if (parsed.values.version) {
    terminal.stdout.write(await versionText(parsed.values.verbose === true))
    return 0
  }
  return auditCommand(parsed, terminal)
}

async function auditCommand({ values, positionals }: Arguments, terminal: Terminal): Promise<number> {
  const formats = readFormats(values.format)
  if (values['no-config'] && values.config) throw new UsageError('--config and --no-config exclude each other.')
  const found = values['no-config'] ? undefined : await findConfig(values.config as string | undefined, terminal.cwd)
  const config = found?.config
  const jobs = jobsOf(values.jobs as string | undefined)
  const choice = choiceOf(values, config)
  const named = namesRules(choice) || (config?.ignores.length ?? 0) > 0
  if (named) checkWords(choice, config, (await allRules()).rules, terminal)
  const paths =
    positionals.length > 0 ? positionals : (config?.paths ?? []).map(path => join(found?.folder ?? '', path))
  if (paths.length === 0) throw new UsageError('Name the wheels and sdists to audit, or a directory that has them.')

  const { targets, passedOver } = await expandPaths(paths)
  const earlier = values['baseline-release'] as string[] | undefined
  const baseline = earlier && (await expandPaths(earlier)).targets
  const source = await loadSource((values['source-root'] as string | undefined) ?? fromFolder(found), terminal.cwd)
  const progress = progressOn(terminal.stderr, terminal.env, escapeTerminal)
  const tracked = await source.tracked()
  const needsAll = named || tracked !== undefined || formats.some(({ format }) => format === 'junit')
  const set = await rulesFor(targets, { all: needsAll || baseline !== undefined })
  const { parts, rules } = await auditTargets(targets, {
    choice,
    set,
    limits: limitsOf(config),
    jobs,
    baseline,
    tracked,
    onFile: (done, target) => progress.step(done, targets.length, target.filename),
  })
  progress.end()

  const located = source.locate(withTargets(parts, targets), rules)
  const cleaned = values['no-ignores']
    ? { report: located, ignored: 0, unused: [] }
    : ignore(located, config, source.comments, rules)
  const report = counted(cleaned.report, cleaned.ignored)
  const failOn = (values['fail-on'] as Severity | 'never' | undefined) ?? config?.failOn ?? 'error'
  for (const text of baselineNotes(parts)) note(terminal, text)
  for (const unused of cleaned.unused) note(terminal, `${unused} matched nothing.`)
  await writeReports(report, {
    formats,
    severity: (values.severity as Severity | undefined) ?? 'info',
    failOn,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    color: values.color as string | undefined,
    source,
    rules,
    terminal,
  })
  if (passedOver > 0 && !values.quiet)
    note(
      terminal,
      `${plural(passedOver, 'other file')} in the directories left alone: no wheels or sdists by their names.`,
    )
  for (const error of report.internalErrors ?? []) {
    note(
      terminal,
      `${error.rule === WHOLE_AUDIT ? 'the audit' : `the rule ${error.rule}`} failed on ${error.path}: ${error.message}. This is a fault of distaudit; please report it.`,
    )
    if (terminal.env.DISTAUDIT_DEBUG) terminal.stderr.write(`${error.stack}\n`)
  }
  if (report.internalErrors) return 2
  return failOn !== 'never' && [...allFindings(report)].some(finding => isAtLeast(finding.severity, failOn)) ? 1 : 0
}

function note(terminal: Terminal, text: string): void {
  terminal.stderr.write(`distaudit: ${escapeTerminal(text)}\n`)
}

/** What the comparison with an earlier release could not do. */
function baselineNotes(parts: readonly Part[]): readonly string[] {
  return [
    ...parts
      .flatMap(part => part.unreadBaselines)
      .map(path => `'${path}' of --baseline-release cannot be read; it was left out of the comparison.`),
    ...new Set(
      parts
        .flatMap(part => part.withoutBaseline)
        .map(name => `--baseline-release has no file of the project '${name}'.`),
    ),
  ]
}

const fromFolder = (found: Awaited<ReturnType<typeof findConfig>> | undefined) =>
  found?.config.sourceRoot === undefined ? undefined : resolve(found.folder, found.config.sourceRoot)

const withTargets = (parts: readonly Part[], targets: readonly Target[]): Report =>
  assemble(
    parts,
    targets.map(target => target.path),
  )

function ignore(
  report: Report,
  config: Config | undefined,
  comments: Parameters<typeof applyIgnores>[1]['comments'],
  rules: readonly AnyRule[],
) {
  const today = new Date().toISOString().slice(0, 10)
  return applyIgnores(report, { rules: config?.ignores ?? [], comments, today }, rules)
}

/** What PyPI refuses stays counted when the user does not want to hear of it. */
function counted(report: Report, ignored: number): Report {
  const summary = { ...summarize(report), rejectedByPyPI: report.summary.rejectedByPyPI }
  return { ...report, summary: { ...summary, ...(ignored > 0 && { ignored }) } }
}

/** A `--format` value: its name, and the file it goes to. */
export interface Output {
  readonly format: Format
  readonly file: string | undefined
}

function readFormats(values: unknown): readonly Output[] {
  const outputs = ((values as string[] | undefined) ?? ['text']).map((value): Output => {
    const equals = value.indexOf('=')
    const name = equals < 0 ? value : value.slice(0, equals)
    const format = FORMATS.find(one => one === name)
    if (!format) {
      const near = nearest(name, FORMATS)
      throw new UsageError(
        `--format takes ${FORMATS.join(', ')}, not '${name}'.${near ? ` Did you mean '${near}'?` : ''}`,
      )
    }
    const file = equals < 0 ? undefined : value.slice(equals + 1)
    if (file === '') throw new UsageError(`--format ${name}= needs a file name after the '='.`)
    return { format, file }
  })
  if (outputs.filter(output => output.file === undefined).length > 1)
    throw new UsageError(
      'Only one --format can go to standard output; give the others a file: --format sarif=distaudit.sarif.',
    )
  return outputs
}

const words = (values: unknown): readonly string[] =>
  ((values as string[] | undefined) ?? [])
    .flatMap(value => value.split(','))
    .map(word => word.trim())
    .filter(word => word !== '')

function choiceOf(values: Arguments['values'], config: Config | undefined): Choice {
  const select = values.select === undefined ? config?.select : words(values.select)
  const extend = config?.extendSelect ?? []
  return {
    profile: (values.profile as Choice['profile']) ?? config?.profile,
    preview: values.preview === true || config?.preview === true,
    select: select === undefined ? undefined : [...select, ...extend],
    also: extend,
    ignore: [...words(values.ignore), ...(config?.ignore ?? [])],
    severity: config?.severity,
  }
}

/** An unknown word in `select` is an error; elsewhere a note, so that one configuration serves several versions. */
function checkWords(choice: Choice, config: Config | undefined, rules: readonly AnyRule[], terminal: Terminal): void {
  const ids = rules.flatMap(rule => [rule.id, rule.topic])
  const hint = (word: string) => {
    const near = nearest(word, ids)
    return `There is no rule or topic '${word}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`
  }
  const [unknown] = unknownWords(choice.select ?? [], rules)
  if (unknown !== undefined) throw new UsageError(hint(unknown))
  const others = [
    ...(choice.ignore ?? []),
    ...(choice.also ?? []),
    ...Object.keys(choice.severity ?? {}),
    ...(config?.ignores ?? []).flatMap(one => one.words),
  ]
  for (const word of new Set(unknownWords(others, rules))) note(terminal, hint(word))
}

function limitsOf(config: Config | undefined): Partial<Limits> {
  return config?.limits ?? {}
}

function jobsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const jobs = Number(text)
  if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError(`--jobs takes a number from 1 up, not '${text}'.`)
  return jobs
}
