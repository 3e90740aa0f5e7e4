import { dirname, join, resolve } from 'node:path'
import { findConfig } from '../config/file.js'
import type { Demands } from '../demands.js'
import { renderOnNode } from '../description/render-node.js'
import { isAtLeast, type Severity, WHOLE_AUDIT } from '../finding.js'
import { builtBeside, expandPaths, givenTargets } from '../inputs.js'
import { loadProject } from '../project/load.js'
import { noSourceContext } from '../project/source-context.js'
import { escapeTerminal } from '../report/escape.js'
import { allFindings } from '../report/report.js'
import { run } from '../run.js'
import type { Choice } from '../selection.js'
import { nearest } from '../text/nearest.js'
import { UsageError } from '../usage-error.js'
import { plural, thousands } from '../wording.js'
import { isCommand } from './commands.js'
import { type Arguments, FORMATS, type Format, helpText, parseArguments } from './options.js'
import { pool } from './pool.js'
import { progressOn } from './progress.js'
import { everyRule, type RuleSet, rulesFor } from './rules.js'
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
    return await command(args, terminal)
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

async function command(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = args
  if (isCommand(first)) return subcommand(first, rest, terminal)
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
  const paths =
    positionals.length > 0 ? positionals : (config?.paths ?? []).map(path => join(found?.folder ?? '', path))
  if (paths.length === 0) throw new UsageError('Name the wheels and sdists to audit, or a directory that has them.')

  const { targets, passedOver } = await expandPaths(paths, { preview: values.preview === true || config?.preview })
  const earlier = values['baseline-release'] as string[] | undefined
  const baseline = earlier && givenTargets((await expandPaths(earlier)).targets)
  const tree = targets.find(target => target.tree)
  const project = await loadProject(
    (values['source-root'] as string | undefined) ?? fromFolder(found),
    tree ? dirname(resolve(terminal.cwd, tree.path)) : terminal.cwd,
  )
  const progress = progressOn(terminal.stderr, terminal.env, escapeTerminal)
  const choice = choiceOf(values)
  const demands = demandsOf(values)
  const engine = pool({ jobs, onFile: (done, target) => progress.step(done, targets.length, target.filename) })
  const audit = ({ rules }: RuleSet) =>
    run(givenTargets(targets), {
      rules,
      render: renderOnNode,
      choice,
      demands,
      config,
      ignores: !values['no-ignores'],
      baseline,
      project,
      engine,
    }).finally(() => progress.end())
  let set = await rulesFor(targets, { choice, config, project, compared: baseline !== undefined })
  let outcome = await audit(set)
  if (set.partial && outcome.binaries) {
    // Binaries, against their names: their rules are wanted after all.
    set = await everyRule()
    outcome = await audit(set)
  }
  const { report, notes } = outcome

  const failOn = (values['fail-on'] as Severity | 'never' | undefined) ?? config?.failOn ?? 'error'
  for (const text of notes) note(terminal, text)
  await writeReports(report, {
    formats,
    severity: values.severity as Severity | undefined,
    failOn,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    color: values.color as string | undefined,
    source: project?.context ?? noSourceContext,
    rules: set.rules,
    terminal,
  })
  if (passedOver > 0 && !values.quiet)
    note(
      terminal,
      `${plural(passedOver, 'other file')} in the directories left alone: no wheels or sdists by their names.`,
    )
  if (tree && !values.quiet)
    for (const [folder, count] of await builtBeside(targets)) {
      const files = count === 1 ? '1 wheel or sdist' : `${thousands(count)} wheels and sdists`
      note(terminal, `${folder} has ${files}: audit what you upload with \`distaudit ${folder}\`.`)
    }
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

const fromFolder = (found: Awaited<ReturnType<typeof findConfig>> | undefined) =>
  found?.config.sourceRoot === undefined ? undefined : resolve(found.folder, found.config.sourceRoot)

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

function choiceOf(values: Arguments['values']): Choice {
  return {
    profile: values.profile as Choice['profile'],
    preview: values.preview === true,
    select: values.select === undefined ? undefined : words(values.select),
    ignore: words(values.ignore),
  }
}

/** Only what was named: it wins over the configuration. */
function demandsOf(values: Arguments['values']): Demands {
  const { expect } = values
  const patterns = expect as string[] | undefined
  const bounds = {
    size: sizeOf(values, 'max-size'),
    unpackedSize: sizeOf(values, 'max-unpacked-size'),
    files: sizeOf(values, 'max-files'),
  }
  return {
    ...(patterns && { expected: { wheel: patterns, sdist: patterns } }),
    ...(values['top-level'] !== undefined && { topLevel: words(values['top-level']) }),
    ...(Object.values(bounds).some(bound => bound !== undefined) && { atMost: bounds }),
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 }

/** `50M`, `50000000`: a number above 0, with the unit in decimal steps. */
function sizeOf(values: Arguments['values'], option: string): number | undefined {
  const text = values[option]
  if (text === undefined) return undefined
  const [, number = '', unit = ''] = /^([0-9]{1,15})([kmg]?)b?$/i.exec(String(text)) ?? []
  const size = Number(number) * (UNITS[unit.toLowerCase()] ?? 1)
  if (size < 1) throw new UsageError(`--${option} takes a number above 0, as in 50M, not '${text}'.`)
  return size
}

function jobsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const jobs = Number(text)
  if (!Number.isInteger(jobs) || jobs < 1) throw new UsageError(`--jobs takes a number from 1 up, not '${text}'.`)
  return jobs
}
