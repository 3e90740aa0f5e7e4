import { dirname, join, resolve } from 'node:path'
import { findConfig } from '../config/file.js'
import { renderOnNode } from '../description/render-node.js'
import { type Finding, isAtLeast, type Remedy, type Severity } from '../finding.js'
import { expandPaths, givenTargets, type Target } from '../inputs.js'
import { fixed, type Wish } from '../project/fix.js'
import type { SourceFiles } from '../project/folder.js'
import { loadProject } from '../project/load.js'
import { unifiedDiff } from '../report/diff.js'
import { escapeTerminal } from '../report/escape.js'
import { type Group, groupFindings } from '../report/group.js'
import { hanging } from '../report/hanging.js'
import { countBySeverity, type Report } from '../report/report.js'
import { hiddenText } from '../report/wording.js'
import { everyRule } from '../rule-set.js'
import { type Outcome, run } from '../run.js'
import { UsageError } from '../usage-error.js'
import { plural, thousands } from '../wording.js'
import type { Terminal } from './main.js'
import { note } from './note.js'
import type { Arguments } from './options.js'
import { pool } from './pool.js'
import { checkChoice } from './rules.js'
import { choiceOf } from './values.js'
import { widthOf } from './width.js'
import { checkFiles, writeFiles } from './write-files.js'

/** `distaudit fix`: changes the project's own files so that findings go away. @throws UsageError */
export async function fix({ values, positionals }: Arguments, terminal: Terminal): Promise<number> {
  const choice = choiceOf(values)
  await checkChoice(choice)
  const { targets, root } = await asked(positionals, terminal.cwd)
  const found = values['no-config'] ? undefined : await findConfig(values.config as string | undefined, root ?? '.')
  const config = found?.config
  const sourceRoot =
    (values['source-root'] as string | undefined) ??
    (config?.sourceRoot === undefined ? root : resolve(found?.folder ?? '', config.sourceRoot))
  const project = await loadProject(sourceRoot, terminal.cwd)
  if (!project || project.files.size === 0) throw nothingToFix(sourceRoot)
  const rules = await everyRule()
  const audit = (texts: ReadonlyMap<string, string>) =>
    run(givenTargets(targets.map(target => (target.tree ? { ...target, texts } : target))), {
      rules,
      render: renderOnNode,
      choice,
      config,
      ignores: !values['no-ignores'],
      project: withTexts(project, texts),
      engine: pool({ jobs: undefined, targets, onFile: () => {} }),
      edits: true,
    })
  const mayChange = ({ remedy }: Wish) => remedy.safe || values.unsafe === true
  const outcome = await audit(new Map())
  for (const text of outcome.notes) note(terminal, text)

  const first = faultsOf(outcome)
  const begun = fixed(project, first.flatMap(({ wishes }) => wishes).filter(mayChange))
  const { made } = begun
  let { texts } = begun
  let last = first
  // What a change lets the audit see, or leaves for another one, is changed as well.
  for (let round = 0; round < ROUNDS && texts.size > 0 && targets.some(({ tree }) => tree); round++) {
    last = faultsOf(await audit(texts))
    const wishes = last.filter(isOfTree).flatMap(fault => fault.wishes)
    const next = fixed(withTexts(project, texts), wishes.filter(mayChange)).texts
    if (next.size === 0) break
    texts = new Map([...texts, ...next])
  }
  const files = await checkFiles(project, texts)
  if (!values.diff) await writeFiles(files)

  const remaining = new Set(last.filter(isOfTree).flatMap(identities))
  const done = new Set<Wish>(made)
  const isGone = (fault: Fault) =>
    isOfTree(fault) ? !identities(fault).some(one => remaining.has(one)) : fault.wishes.some(wish => done.has(wish))
  const gone = texts.size === 0 ? [] : first.filter(isGone)
  const left = [...last.filter(isOfTree), ...first.filter(fault => !isOfTree(fault) && !isGone(fault))]
  const isUnsafe = ({ group }: Fault) => group.seen.some(({ finding }) => finding.edits?.some(({ safe }) => !safe))
  const unsafe = values.unsafe === true ? [] : left.filter(isUnsafe)
  const stuck = left.filter(fault => !unsafe.includes(fault))
  const least = (values.severity as Severity | undefined) ?? 'warning'
  const isShown = ({ group }: Fault) => isAtLeast(group.finding.severity, least)
  const isDiff = values.diff === true
  // With --diff nothing is listed, so nothing is hidden either.
  const told = isDiff ? stuck : stuck.filter(isShown)
  const hidden = stuck.filter(fault => !told.includes(fault))
  const result = { gone, unsafe, stuck: told, hidden, files: files.length, isDiff }
  const { stdout, stderr, env } = terminal
  const lines = (text: string, indent: number, stream = stdout) =>
    hanging(text, widthOf(stream, env), indent, 2 * indent)
      .map((line, i) => `${' '.repeat(i === 0 ? indent : 2 * indent)}${line}\n`)
      .join('')
  if (values.diff) {
    for (const { path, before, after } of files) stdout.write(unifiedDiff(path, before, after))
    stderr.write(lines(summary(result), 0, stderr))
    return files.length > 0 ? 1 : 0
  }
  for (const { path } of files) {
    stdout.write(`${escapeTerminal(path)}\n`)
    for (const { group } of gone) if (editsFile(group, path)) stdout.write(lines(oneLine(group.finding), 2))
  }
  const along = gone.filter(({ group }) => !files.some(({ path }) => editsFile(group, path)))
  if (along.length > 0) stdout.write('Other findings that this fixes:\n')
  for (const { group } of along) stdout.write(lines(oneLine(group.finding), 2))
  stdout.write(lines(summary(result), 0))
  for (const [title, faults] of [
    ['With --unsafe:', unsafe],
    ['By hand:', told],
  ] as const) {
    if (faults.length > 0) stdout.write(`\n${title}\n`)
    for (const { group } of faults) stdout.write(lines(oneLine(group.finding), 2))
  }
  const failOn = config?.failOn ?? 'error'
  return failOn !== 'never' && left.some(({ group }) => isAtLeast(group.finding.severity, failOn)) ? 1 : 0
}

/** Changes make room for others; more rounds than this are of no use. */
const ROUNDS = 5

const withTexts = <P extends SourceFiles>(project: P, texts: ReadonlyMap<string, string>): P => ({
  ...project,
  files: new Map([...project.files, ...texts]),
})

/** A finding of a source tree goes away when the tree is audited again; one of a distribution needs a build first. */
const isOfTree = ({ group }: Fault): boolean =>
  group.seen.some(({ distribution }) => distribution?.kind === 'source-tree')

/** What a finding is known by. One that is told with the same words of another key, after a change, is not gone. */
const identities = ({ group }: Fault): readonly string[] =>
  group.seen.flatMap(({ finding }) => [finding.fingerprint, `${finding.rule} ${finding.message}`])

const nothingToFix = (root: string | undefined): UsageError =>
  new UsageError(
    `There is no pyproject.toml or setup.cfg to fix${root === undefined ? ': run it in the folder of the project, or name that with --source-root' : ` in '${root}'`}.`,
  )

interface Asked {
  readonly targets: readonly Target[]
  /** The folder of the project that a path names. */
  readonly root: string | undefined
}

/** What the paths mean: distributions, or the folder or a build file of a project; without any, the project around. */
async function asked(paths: readonly string[], cwd: string): Promise<Asked> {
  const around = paths.length > 0 ? undefined : await loadProject(undefined, cwd)
  const { targets } =
    paths.length > 0
      ? await expandPaths(paths)
      : await expandPaths([around ? join(around.root, around.folder) : cwd]).catch(error => {
          throw error instanceof UsageError ? nothingToFix(undefined) : error
        })
  const roots = [...new Set(targets.flatMap(({ tree, path }) => (tree ? [dirname(path)] : [])))]
  if (roots.length > 1)
    throw new UsageError(`Name one project at a time, not ${roots.map(one => `'${one}'`).join(' and ')}.`)
  return { targets, root: roots[0] }
}

/** One problem, however many distributions show it, with what would make it go away in each. */
interface Fault {
  readonly group: Group
  readonly wishes: readonly Wish[]
}

function faultsOf({ report, remedies }: Outcome): readonly Fault[] {
  const names = projectNames(report)
  return groupFindings(report).map(group => ({
    group,
    wishes: group.seen.flatMap(({ finding }) => {
      const remedy: Remedy | undefined = remedies.get(finding)
      return remedy ? [{ remedy, project: names.get(finding) ?? null }] : []
    }),
  }))
}

function projectNames({ distributions, releases }: Report): ReadonlyMap<Finding, string | null> {
  return new Map(
    [...distributions, ...releases].flatMap(({ name, findings }) => findings.map(finding => [finding, name] as const)),
  )
}

const editsFile = ({ seen }: Group, path: string): boolean =>
  seen.some(({ finding }) => finding.edits?.some(edit => edit.path === path))

const oneLine = ({ rule, severity, message }: Finding): string => `${severity}[${rule}] ${escapeTerminal(message)}`

interface Result {
  readonly gone: readonly Fault[]
  readonly unsafe: readonly Fault[]
  /** What a person has to change, and is shown. */
  readonly stuck: readonly Fault[]
  /** The same below `--severity`. */
  readonly hidden: readonly Fault[]
  readonly files: number
  readonly isDiff: boolean
}

function summary({ gone, unsafe, stuck, hidden, files, isDiff }: Result): string {
  const parts: string[] = []
  if (gone.length > 0)
    parts.push(`${isDiff ? 'Would fix' : 'Fixed'} ${plural(gone.length, 'finding')} in ${plural(files, 'file')}.`)
  else if (unsafe.length === 0)
    parts.push(stuck.length + hidden.length === 0 ? 'Nothing to fix.' : 'Nothing can be fixed automatically.')
  if (unsafe.length > 0) {
    const some = gone.length > 0 ? `${thousands(unsafe.length)} more` : plural(unsafe.length, 'finding')
    parts.push(`${some} can be fixed with --unsafe: read those changes first (--unsafe --diff).`)
  }
  if (stuck.length > 0)
    parts.push(`${plural(stuck.length, 'finding')} ${stuck.length === 1 ? 'has' : 'have'} to be fixed by hand.`)
  if (hidden.length > 0) parts.push(hiddenText(countBySeverity(hidden.map(({ group }) => group.finding))))
  const built = gone.some(fault => !isOfTree(fault))
  if (built && !isDiff) parts.push('Rebuild the distributions, and audit them again.')
  return parts.join(' ')
}
