import { DEFAULT_LIMITS } from '../archive/limits.js'
import type { Wheel } from '../distribution/distribution.js'
import { parseWheelName } from '../distribution/filename.js'
import { readDistribution } from '../distribution/read.js'
import { releasesOf } from '../distribution/release.js'
import { combineVariants } from '../distribution/variants-index.js'
import type { Finding } from '../finding.js'
import { expandPaths, openTarget } from '../inputs.js'
import { judge } from '../judge.js'
import { escapeTerminal } from '../report/escape.js'
import { everyRule } from '../rule-set.js'
import { chooseRules, type Selection } from '../selection.js'
import { UsageError } from '../usage-error.js'
import { someQuoted } from '../wording.js'
import type { Terminal } from './main.js'

/** Written only where this is true: other rules do not touch what the file says. */
const variantRules = async () =>
  chooseRules(await everyRule(), { select: ['variants'], ignore: ['variant-pypi-unsupported'] })

/**
 * Writes the index-level variants file of the variant wheels at the paths to standard output; gives the exit status.
 * @throws UsageError when there is no variant wheel, or those of several releases.
 */
export async function variantsJson(paths: readonly string[], terminal: Terminal): Promise<number> {
  const selection = await variantRules()
  const wheels = await readWheels(paths, selection)
  const [release, ...others] = releasesOf(wheels)
  if (!release) throw new UsageError(`There is no variant wheel in ${someQuoted(paths)}.`)
  if (others.length > 0) {
    const names = [release, ...others].map(({ name, version }) => `${name} ${version}`)
    throw new UsageError(
      `The variant wheels belong to several releases: ${names.join(', ')}. Name the files of one of them.`,
    )
  }
  const context = { preview: false, limits: DEFAULT_LIMITS }
  const faults = [...wheels, release].flatMap(subject => judge(subject, selection, context).findings).filter(spoils)
  for (const { location, rule, message } of faults)
    terminal.stderr.write(escapeTerminal(`${location.path}: error[${rule}] ${message}`).concat('\n'))
  const unread = wheels.filter(({ variant }) => !variant?.root)
  for (const { path } of unread)
    terminal.stderr.write(escapeTerminal(`${path}: its variant.json cannot be read.`).concat('\n'))
  if (faults.length > 0 || unread.length > 0) {
    terminal.stderr.write('distaudit: the wheels contradict one another, so no variants file was written.\n')
    return 1
  }
  const text = combineVariants(wheels.flatMap(({ variant }) => (variant ? [variant] : [])))
  await new Promise<void>(resolve => {
    terminal.stdout.write(text, () => resolve())
  })
  return 0
}

async function readWheels(paths: readonly string[], { needs }: Selection): Promise<readonly Wheel[]> {
  const { targets } = await expandPaths(paths)
  const wheels: Wheel[] = []
  for (const target of targets) {
    if (parseWheelName(target.filename)?.variant === undefined) continue
    const input = await openTarget(target)
    if (!('source' in input))
      throw new UsageError(`'${target.path}' cannot be read: ${input.error ?? input.looksLike}.`)
    try {
      const reading = { limits: DEFAULT_LIMITS, needs, now: () => performance.now() }
      const read = await readDistribution(input, reading)
      if (read.kind === 'wheel') wheels.push(read)
    } finally {
      await input.source.close?.()
    }
  }
  return wheels
}

/** Also what is a warning elsewhere: no one file can have two formats. */
const spoils = ({ severity, rule }: Finding) => severity === 'error' || rule === 'variant-schema-differs'
