import { realpath, stat, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { type Baseline, baselineFor, baselineText } from '../config/baseline.js'
import { type Config, configOf } from '../config/config.js'
import { type FoundConfig, readBaseline } from '../config/file.js'
import { ignoresToAdd, withIgnores } from '../config/write-ignores.js'
import { allFindings, countBySeverity, countsText, type Report } from '../report/report.js'
import { readText } from '../source/file.js'
import { UsageError } from '../usage-error.js'
import { plural, reasonOf } from '../wording.js'
import { notOverwritten } from './not-overwritten.js'

// What lets an old project adopt the command: its findings of today are written down, so that only new ones are told.

/** Writes the findings of a report into a baseline; gives what was done, in a sentence. */
export async function writeBaseline(file: string, report: Report, ran: ReadonlySet<string>): Promise<string> {
  notOverwritten(file)
  const exists = await stat(file).then(
    () => true,
    () => false,
  )
  const earlier = exists ? await readBaseline(file) : []
  const next = baselineFor(report, earlier, ran)
  await save(file, baselineText(next))
  // What is shown is less: it has no notes.
  const findings = [...allFindings(report)]
  const kinds = countsText(countBySeverity(findings))
  const isAll = countOf(next) === findings.length && findings.length > 0
  return `Wrote ${plural(countOf(next), 'known finding')}${isAll ? ` (${kinds})` : ''} to ${file}${exists ? `, which had ${countOf(earlier)}` : ''}. Name the file with --baseline, or with the key \`baseline\` of the configuration.`
}

/** Findings, of which one entry may stand for several. */
const countOf = (baseline: Baseline) => baseline.reduce((sum, { count = 1 }) => sum + count, 0)

/** Adds `ignore-finding` tables for the findings of a report to the configuration; gives what was done, in a sentence. */
export async function addIgnores(
  report: Report,
  reason: string,
  { config, file }: Pick<FoundConfig, 'config' | 'file'>,
  cwd: string,
): Promise<string> {
  if (reason.trim() === '') throw new UsageError('--add-ignores needs a reason: --add-ignores "known since 2.0".')
  const path = file ?? (await ownConfig(cwd))
  const text = await readText(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw new UsageError(`The configuration '${path}' cannot be read: ${reasonOf(error)}.`)
  })
  const wanted = ignoresToAdd(report, config)
  if (wanted.length === 0) return 'There are no findings to ignore.'
  const next = withIgnores(text, wanted, reason.trim(), path.endsWith('pyproject.toml'))
  const added = readAgain(path, next)
  if ((added?.ignores.length ?? 0) !== (file === undefined ? 0 : config.ignores.length) + wanted.length)
    throw new UsageError(
      `The ignores cannot be added to '${path}': write \`ignore-finding\` and \`distaudit\` there as tables, not inline.`,
    )
  if (!(await isInside(path, cwd)))
    throw new UsageError(`'${path}' is a link to a file outside of its folder, which is not changed.`)
  await save(path, next)
  return `Added ${plural(wanted.length, 'ignore')} to ${path}.`
}

/** Is the file, behind any link, in the folder that names it, or below the working directory? */
async function isInside(path: string, cwd: string): Promise<boolean> {
  const [real, ...folders] = await Promise.all(
    [path, dirname(path), cwd].map(one => realpath(one).catch(() => undefined)),
  )
  return real === undefined || folders.some(folder => folder !== undefined && real.startsWith(join(folder, sep)))
}

function readAgain(path: string, text: string): Config | undefined {
  try {
    return configOf(path, text)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

/** pyproject.toml where there is one. */
async function ownConfig(cwd: string): Promise<string> {
  const pyproject = join(cwd, 'pyproject.toml')
  return stat(pyproject).then(
    () => pyproject,
    () => join(cwd, 'distaudit.toml'),
  )
}

async function save(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw new UsageError(`'${file}' cannot be written: ${reasonOf(error)}.`)
  })
}
