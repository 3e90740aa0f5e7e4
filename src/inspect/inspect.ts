import type { Inflater } from '../archive/inflater.js'
import { DEFAULT_LIMITS, type Limits } from '../archive/limits.js'
import { JUDGING, read, withAtLeast } from '../audit.js'
import type { Render } from '../description/render.js'
import type { Distribution } from '../distribution/distribution.js'
import type { Metadata } from '../distribution/metadata.js'
import type { Need } from '../distribution/read.js'
import { renderEarly, withRendering } from '../distribution/with-rendering.js'
import { judge } from '../judge.js'
import { everyRule } from '../rule-set.js'
import type { Given } from '../run.js'
import { hashNamed } from '../runtime.js'
import { chooseRules } from '../selection.js'
import { shownOf } from '../show/show.js'
import type { Shown, ShownProblem } from '../show/shown.js'
import { digestOf } from '../source/digest.js'
import type { ByteSource } from '../source/source.js'
import { type Time, timeUntil } from '../time.js'

export interface InspectOptions {
  readonly limits?: Partial<Limits> | undefined
  /** Renders the description, to say whether PyPI does. Absent: it is not rendered. */
  readonly render?: Render | undefined
  /** Also the MD5 of the file. */
  readonly md5?: boolean | undefined
  /** Inflates wheels while their other members are read. */
  readonly inflater?: Inflater | undefined
  /** A clock in milliseconds, for the time limit of one file. */
  readonly now?: (() => number) | undefined
}

/** Reads one file, and says what is in it. A damaged file says what can be read of it, and what is wrong. */
export async function inspect(file: Pick<Given, 'open' | 'now'>, options: InspectOptions = {}): Promise<Shown> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const now = options.now ?? file.now ?? (() => performance.now())
  const time = timeUntil(now() + limits.seconds * 1000, now)
  const { render } = options
  const needs = new Set<Need>(['native', 'license-texts', ...(render ? (['rendering'] as const) : [])])
  let md5: string | undefined
  const found = await read(
    await file.open(),
    {
      limits,
      needs,
      now,
      time,
      inflater: options.inflater,
      onMetadata: render && ((metadata: Metadata) => renderEarly(metadata, render, time)),
    },
    options.md5
      ? async source => {
          md5 = await md5Of(source, time)
        }
      : undefined,
  )
  const fact = render ? await withRendering(found, needs, render, time) : found
  return shownOf(fact, { problems: await problemsIn(fact, limits, withAtLeast(JUDGING, time, now)), md5 })
}

/** Nothing of the file can be shown. */
export const isUnread = (shown: Shown): boolean =>
  shown.kind === 'unknown' || (shown.files.length === 0 && shown.problems.length > 0)

/** Undefined where there is not the time, or the machine does not have it. */
async function md5Of(source: ByteSource, time: Time): Promise<string | undefined> {
  const hash = hashNamed('md5')
  return hash && digestOf(hash, source, time)
}

/** What the rules about archives say of a file that a reader did not accept; they load only then. */
async function problemsIn(fact: Distribution, limits: Limits, time: Time): Promise<readonly ShownProblem[]> {
  if (fact.kind !== 'wheel' && fact.kind !== 'sdist') return []
  const missing = missingMetadata(fact)
  if (fact.problems.length === 0 && fact.members.files.every(({ intact }) => intact)) return missing
  const selection = chooseRules(await everyRule(), { select: ['archive'] })
  const { findings } = judge(fact, selection, { preview: false, limits }, time)
  const told = findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ message, location: { member } }) => ({ message, ...(member !== undefined && { member }) }))
  return [...told, ...missing]
}

/** Without it most sections have nothing to say. */
function missingMetadata(fact: Distribution): readonly ShownProblem[] {
  if (fact.kind === 'wheel' && !fact.metadata) return [{ message: 'There is no METADATA in a .dist-info directory.' }]
  if (fact.kind === 'sdist' && !fact.metadata) return [{ message: 'There is no PKG-INFO in the top directory.' }]
  return []
}
