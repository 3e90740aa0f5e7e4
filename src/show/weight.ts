import { groupBy } from '../group-by.js'
import { compareCodeUnits } from '../wording.js'
import type { ShownFile, ShownNative, ShownWeight, Weighing } from './shown.js'

/** Files that are listed as the largest, and of each part. */
const MOST = 10
/** Groups of equal files that are listed. */
const MOST_GROUPS = 50
const MOST_PATHS = 20

type Sized = Weighing['files'][number]

/** The largest first. */
const bySize = (a: Sized, b: Sized): number => b.size - a.size || compareCodeUnits(a.path, b.path)

function weighing(files: readonly Sized[], most = MOST): Weighing {
  const heavy = files.filter(({ size }) => size > 0)
  return {
    size: heavy.reduce((sum, { size }) => sum + size, 0),
    files: heavy
      .map(({ path, size }) => ({ path, size }))
      .sort(bySize)
      .slice(0, most),
  }
}

/** What makes an archive large. */
export function weightOf(all: readonly ShownFile[], natives: readonly ShownNative[], bundled: ReadonlySet<string>) {
  const files = all.filter(({ type }) => type === 'file')
  const equal = [...groupBy(files, ({ sha256, size }) => (size > 0 ? sha256 : undefined))].flatMap(([sha256, group]) =>
    sha256 !== undefined && group.length > 1
      ? [{ size: group[0].size * (group.length - 1), paths: group.map(({ path }) => path) }]
      : [],
  )
  const total = files.reduce((sum, { size }) => sum + size, 0)
  return {
    total,
    files: files.length,
    largest: { ...weighing(files), size: total },
    debug: weighing(natives.map(({ path, debugSize }) => ({ path, size: debugSize }))),
    tests: weighing(files.filter(({ kind }) => kind === 'test')),
    bundled: weighing(files.filter(({ path }) => bundled.has(path))),
    duplicates: {
      size: equal.reduce((sum, { size }) => sum + size, 0),
      groups: equal
        .sort((a, b) => b.size - a.size)
        .slice(0, MOST_GROUPS)
        .map(({ size, paths }) => ({ size, paths: paths.slice(0, MOST_PATHS) })),
    },
  } satisfies ShownWeight
}
