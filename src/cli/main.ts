import { stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { EMPTY_CONFIG } from '../config/config.js'
import { type FoundConfig, findConfig, readBaseline } from '../config/file.js'
import { renderOnNode } from '../description/render-node.js'
import { type InternalError, isAtLeast, type Severity, WHOLE_AUDIT } from '../finding.js'
import { builtBeside, type Expanded, expandPaths, givenTargets } from '../inputs.js'
import { loadProject } from '../project/load.js'
import { noSourceContext } from '../project/source-context.js'
import { escapeTerminal } from '../report/escape.js'
import { allFindings } from '../report/report.js'
import { withRulesFor } from '../rule-set.js'
import { run } from '../run.js'
import { UsageError } from '../usage-error.js'
import { plural, thousands } from '../wording.js'
import { isCommand, usageOf } from './commands.js'
import { askedPaths, auditedFiles } from './inputs.js'
import { type LazyNetwork, withNetwork } from './network.js'
import { note } from './note.js'
import { type Arguments, COMMAND_OPTIONS, parseArguments } from './options.js'
import { pool } from './pool.js'
import { progressOn, SILENT } from './progress.js'
import { checkChoice } from './rules.js'
import { subcommand } from './subcommands.js'
import { choiceOf, demandsOf, jobsOf, outputsOf } from './values.js'
import { versionText } from './version-text.js'
import { above, writeReports } from './write.js'

/** Streams and environment of the command: injected so that tests can run it in the process. */
export interface Terminal {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly stdin: NodeJS.ReadStream
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
    for (const line of message.split('\n')) note(terminal, line)
    if (isUsage) terminal.stderr.write(`Try \`distaudit ${withOwnHelp(args[0])}--help\`.\n`)
    else {
      terminal.stderr.write(
        'This is a bug in distaudit; please report it. DISTAUDIT_DEBUG=1 shows where it happened.\n',
      )
      if (terminal.env.DISTAUDIT_DEBUG && error instanceof Error) terminal.stderr.write(`${error.stack}\n`)
    }
    return 2
  }
}

/** A command that has a help page of its own. */
const withOwnHelp = (word: string | undefined): string =>
  isCommand(word) && word !== 'check' && word !== 'help' ? `${word} ` : ''

async function command(args: readonly string[], terminal: Terminal): Promise<number> {
  const [first, ...rest] = args
  if (first === 'check' || first === 'help') await tellOfPath(first, terminal)
  if (first === 'index') return indexCommand(rest, terminal)
  if (isCommand(first) && first !== 'check' && first !== 'index') return subcommand(first, rest, terminal)
  const parsed = parseCommand(first === 'check' ? rest : args)
  if (parsed.values.help) return subcommand('help', [], terminal)
  if (parsed.values.version) {
    terminal.stdout.write(await versionText(parsed.values.verbose === true))
    return 0
  }
  return auditCommand(parsed, terminal)
}

/** Of a command behind options, its own options are not known. */
function parseCommand(args: readonly string[]): Arguments {
  try {
    return parseArguments(args)
  } catch (error) {
    const word = args.find(one => !one.startsWith('-'))
    if (!(error instanceof UsageError) || args[0] === word || !isCommand(word)) throw error
    throw new UsageError(`Write the command before its options: \`distaudit ${word} …\`.`)
  }
}

/** `distaudit index`: the audit of files that an index has. */
async function indexCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const parsed = parseArguments(args, COMMAND_OPTIONS.index)
  const { values, positionals } = parsed
  if (values.help) return subcommand('help', ['index'], terminal)
  const [requirement, ...others] = positionals
  if (requirement === undefined || others.length > 0) throw new UsageError(`Name one project: \`${usageOf('index')}\`.`)
  return auditCommand(parsed, terminal, requirement)
}

/** `requirement`: what is audited is on an index. */
async function auditCommand(parsed: Arguments, terminal: Terminal, requirement?: string): Promise<number> {
  const indexUrl = parsed.values['index-url'] as string | undefined
  return withNetwork(terminal, network => auditWith(parsed, terminal, network, requirement), indexUrl)
}

async function auditWith(
  parsed: Arguments,
  terminal: Terminal,
  network: LazyNetwork,
  requirement: string | undefined,
): Promise<number> {
  const { values, positionals } = parsed
  const outputs = outputsOf(values)
  const choice = choiceOf(values)
  const demands = demandsOf(values)
  await checkChoice(choice)
  if (values['no-config'] && values.config) throw new UsageError('--config and --no-config exclude each other.')
  const found = values['no-config'] ? undefined : await findConfig(values.config as string | undefined, terminal.cwd)
  const config = found?.config
  const jobs = jobsOf(values)
  if (values['show-settings']) return showSettings({ values, positionals }, found, terminal)
  const preview = values.preview === true || config?.preview === true
  const files = async (): Promise<Expanded> => {
    if (requirement === undefined)
      return auditedFiles(await askedPaths(positionals, found, terminal.cwd), parsed, preview, terminal, network.target)
    const release = { requirement, allFiles: values['all-files'] === true, prereleases: values.pre === true }
    return { passedOver: 0, ...(await (await network.open()).release(release)) }
  }
  const { targets, passedOver, notes: hints } = await files()
  const earlier = values['compare-with'] as string[] | undefined
  const { 'write-baseline': writeTo, 'add-ignores': ignoreReason } = values as Record<string, string | undefined>
  const baselineFile =
    (values.baseline as string | undefined) ?? (config?.baseline && join(found?.folder ?? '', config.baseline))
  if (writeTo !== undefined && ignoreReason !== undefined)
    throw new UsageError('--write-baseline and --add-ignores exclude each other.')
  const known =
    baselineFile !== undefined && writeTo === undefined
      ? { file: baselineFile, entries: await readBaseline(baselineFile) }
      : undefined
  const baseline = earlier && givenTargets((await expandPaths(earlier, { remote: network.target })).targets)
  const tree = targets.find(target => target.tree)
  const project = await loadProject(
    (values['source-root'] as string | undefined) ?? fromFolder(found),
    tree ? dirname(resolve(terminal.cwd, tree.path)) : terminal.cwd,
    tree?.base,
  )
  const progress = values.quiet ? SILENT : progressOn(terminal.stderr, terminal.env, escapeTerminal)
  const engine = pool({
    jobs,
    targets,
    onFile: (done, target) => progress.step(done, targets.length, target.filename),
  })
  const wishes = { choice, config, project, compared: baseline !== undefined }
  const { rules, outcome } = await withRulesFor(targets, wishes, rules =>
    run(givenTargets(targets), {
      rules,
      render: renderOnNode,
      choice,
      demands,
      config,
      ignores: !values['no-ignores'],
      baseline,
      project,
      known,
      engine,
      whole: values.whole === true,
      contents: outputs.some(({ format }) => format === 'html'),
      edits: outputs.some(({ format }) => format === 'json' || format === 'sarif' || format === 'rdjson'),
    }).finally(() => progress.end()),
  )
  const { report, notes } = outcome

  const failOn = (values['fail-on'] as Severity | 'never' | undefined) ?? config?.failOn ?? 'error'
  for (const text of [...(values.quiet ? [] : hints), ...notes]) note(terminal, text)
  if (writeTo !== undefined || ignoreReason !== undefined) {
    const adopt = await import('./adopt.js')
    const severity = (values.severity as Severity | undefined) ?? 'warning'
    note(
      terminal,
      writeTo !== undefined
        ? await adopt.writeBaseline(writeTo, outcome.found, outcome.ran)
        : await adopt.addIgnores(
            above(outcome.found, severity),
            ignoreReason ?? '',
            found ?? { config: EMPTY_CONFIG, file: undefined },
            terminal.cwd,
          ),
    )
    for (const error of report.internalErrors ?? []) tellOfError(error, terminal)
    return report.internalErrors ? 2 : 0
  }
  await writeReports(report, {
    outputs,
    severity: values.severity as Severity | undefined,
    failOn,
    quiet: values.quiet === true,
    verbose: values.verbose === true,
    statistics: values.statistics === true,
    color: values.color as string | undefined,
    judged: outcome.judged,
    openable: path => (project === undefined ? path : relative(terminal.cwd, join(project.root, path))),
    source: project?.context ?? noSourceContext,
    rules,
    terminal,
  })
  if (passedOver > 0 && !values.quiet)
    note(
      terminal,
      `Skipped ${plural(passedOver, 'file')} that ${passedOver === 1 ? 'is not a wheel or an sdist' : 'are not wheels or sdists'}.`,
    )
  const traffic = values.quiet ? undefined : network.traffic()
  if (traffic !== undefined) note(terminal, traffic)
  if (tree && !values.quiet)
    for (const [folder, count] of await builtBeside(targets)) {
      const files = count === 1 ? '1 wheel or sdist' : `${thousands(count)} wheels and sdists`
      note(terminal, `${folder} has ${files}: audit what you upload with \`distaudit ${folder}\`.`)
    }
  for (const error of report.internalErrors ?? []) tellOfError(error, terminal)
  if (report.internalErrors) return 2
  return failOn !== 'never' && [...allFindings(report)].some(finding => isAtLeast(finding.severity, failOn)) ? 1 : 0
}

function tellOfError({ rule, path, message, stack }: InternalError, terminal: Terminal): void {
  const what = rule === WHOLE_AUDIT ? 'the audit' : `the rule ${rule}`
  note(terminal, `${what} failed on ${path}: ${message}. This is a bug in distaudit; please report it.`)
  if (terminal.env.DISTAUDIT_DEBUG) terminal.stderr.write(`${stack}\n`)
}

async function showSettings({ values, positionals }: Arguments, found: FoundConfig | undefined, terminal: Terminal) {
  const { settingsText } = await import('./settings.js')
  const { cwd, stdout } = terminal
  const project = await loadProject((values['source-root'] as string | undefined) ?? fromFolder(found), cwd)
  const given = await askedPaths(positionals, found, cwd).catch(() => undefined)
  const { shownPath } = await import('../remote/address.js')
  const asked = given && { ...given, paths: given.paths.map(shownPath) }
  stdout.write(await settingsText({ values, found, asked, sourceRoot: project?.root, cwd }))
  return 0
}

/** These words were not always commands. */
async function tellOfPath(word: string, terminal: Terminal): Promise<void> {
  if (await stat(join(terminal.cwd, word)).catch(() => undefined))
    note(terminal, `'${word}' is a command; ./${word} is the file or directory of that name.`)
}

const fromFolder = (found: FoundConfig | undefined) =>
  found?.config.sourceRoot === undefined ? undefined : resolve(found.folder, found.config.sourceRoot)
