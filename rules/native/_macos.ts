import type { Wheel } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { groupBy } from '../../src/group-by.js'
import type { NativeFile } from '../../src/native/index.js'
import { oncePer } from '../../src/once.js'
import { compareVersions } from '../../src/platform/platform-tag.js'
import { PYTHONS, pythonsOf } from '../../src/standards/python-versions.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { versionsOf } from '../../src/views/tags.js'
import { nativeFinding, tagsFor } from '../shared/native.js'
import { filesThat } from './_paths.js'

type MacosVersion = readonly [number, number]

/** The oldest macOS that python.org's installers of a CPython run on, from the newest version down. */
const LOWEST: readonly (readonly [minor: number, macos: MacosVersion])[] = [
  [14, [10, 15]],
  [13, [10, 13]],
  [7, [10, 9]],
]

/**
 * The oldest macOS of any CPython that may install the wheel; undefined when one runs on all, or another interpreter
 * may.
 */
const interpreterFloor = oncePer(({ name, metadata }: Wheel): MacosVersion | undefined => {
  const field = metadata?.first('Requires-Python')
  const set = specifiersOf(field)
  if (field && !set) return undefined
  const admitted = new Set(set ? pythonsOf(set) : PYTHONS)
  let floor: MacosVersion | undefined
  for (const python of name?.python ?? []) {
    const versions = versionsOf(python, name?.abi ?? [], PYTHONS)
    if (!versions) return undefined
    for (const version of versions.filter(one => admitted.has(one))) {
      const [major, minor] = version.split('.').map(Number)
      const own = major === 3 ? LOWEST.find(([from]) => (minor ?? 0) >= from)?.[1] : undefined
      if (!own) return undefined
      if (!floor || compareVersions(own, floor) < 0) floor = own
    }
  }
  return floor
})

/**
 * The oldest macOS that a wheel is installed on, for one architecture, with the tag that says so. On arm64 macOS starts
 * with 11.0, and no tag is older than the interpreters that read it.
 */
export function promisedMacos(
  wheel: Wheel,
  arch: string | undefined,
): { readonly tag: string; readonly version: MacosVersion } | undefined {
  const floor = arch === 'arm64' ? ([11, 0] as const) : interpreterFloor(wheel)
  return tagsFor(wheel, 'macos')
    .filter(tag => arch !== undefined && tag.archs.includes(arch))
    .map(({ tag, version }) => ({ tag, version: floor && compareVersions(version, floor) < 0 ? floor : version }))
    .sort((a, b) => compareVersions(a.version, b.version))[0]
}

/** A file that is built for a system that its tag does not name. */
export interface BuiltFor {
  readonly file: NativeFile
  /** `12.3`. */
  readonly minimum: string
  /** Completes `'a.so' is built`. */
  readonly end: string
}

/** Libraries that were vendored together have the same problem. */
export function* builtFor(found: readonly BuiltFor[]): Generator<Draft> {
  for (const all of groupBy(found, one => one.end).values()) {
    const [{ file, minimum, end }] = all
    const files = all.map(one => one.file)
    yield nativeFinding(file, minimum, `${filesThat(files, 'is built', 'are built')} ${end}.`)
  }
}
