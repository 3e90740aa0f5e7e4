import type { Release, Sdist, Wheel } from '../../src/distribution/distribution.js'
import type { EntryPoint } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { some, thousands } from '../../src/wording.js'
import { firstOf } from './_wheels.js'

export default rule({
  id: 'baseline-entry-points-changed',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The entry points differ from those of the previous release.',
  why: 'Users of a command or plugin that was removed break; a new entry point makes new code run.',
  fix: 'Keep the old entry point in addition to the new one for a while, or mention the change in the release notes.',
  absence: 'content',
  bad: [
    {
      baseline: [{ wheel: { version: '0.9', entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } }],
      release: [{ wheel: {} }],
    },
    {
      baseline: [{ wheel: { version: '0.9', entryPoints: '[demo.plugins]\na = demo:a\n' } }],
      release: [{ wheel: { entryPoints: '[demo.plugins]\na = demo:b\n' } }],
    },
    {
      baseline: [{ wheel: { version: '0.9' } }],
      release: [{ wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } }],
    },
  ],
  good: {
    baseline: [{ wheel: { version: '0.9', entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } }],
    release: [{ wheel: { entryPoints: '[console_scripts]\ndemo=demo.cli:main\n' } }],
  },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    const isWheels = release.wheels.length > 0 && baseline.wheels.length > 0
    const filesOf = ({ wheels, sdists }: Release) => (isWheels ? wheels : sdists)
    // Only setuptools writes entry points into an sdist.
    if (!isWheels && ![release, baseline].every(one => one.sdists.some(({ entryPoints }) => entryPoints))) return
    const [before, now] = [entriesOf(filesOf(baseline)), entriesOf(filesOf(release))]
    const removed = [...before].filter(([key]) => !now.has(key))
    const added = [...now].filter(([key]) => !before.has(key))
    const changed = [...now].filter(([key, { target }]) => before.has(key) && before.get(key)?.target !== target)
    const path = filesOf(release)[0]?.path ?? firstOf(release)?.path
    const written = filesOf(release)[0]?.entryPoints
    const names = (rows: typeof removed) =>
      some(
        rows.map(([key]) => quote(key)),
        8,
      )
    const [gone] = removed
    if (gone)
      yield finding(
        { member: written?.member, line: written && 1, field: 'entry-points', value: gone[0] },
        `Entry points of version ${baseline.version} were removed: ${names(removed)}.`,
        { path, subject: `removed ${gone[0]}`, related: [relatedTo(gone[1], baseline)] },
      )
    const [other] = changed
    if (other) {
      const old = before.get(other[0])
      yield finding(
        other[1].entry.targetPlace,
        `${quote(other[0])} is ${quote(other[1].target)}; in version ${baseline.version} it was ${quote(old?.target ?? '')}.${changed.length > 1 ? ` ${thousands(changed.length - 1)} more changed.` : ''}`,
        {
          path: other[1].path,
          subject: `changed ${other[0]}`,
          severity: 'info',
          related: old ? [relatedTo(old, baseline)] : [],
        },
      )
    }
    const [fresh] = added
    if (fresh)
      yield finding(fresh[1].entry, `Entry points that version ${baseline.version} did not have: ${names(added)}.`, {
        path: fresh[1].path,
        subject: `added ${fresh[0]}`,
        severity: 'info',
      })
  },
})

interface Entry {
  readonly entry: EntryPoint
  readonly path: string
  /** Without whitespace. */
  readonly target: string
}

/** Entry points of all files, by `group.name`. */
function entriesOf(files: readonly (Wheel | Sdist)[]): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>()
  for (const { path, entryPoints } of files)
    for (const entry of entryPoints?.entries ?? [])
      if (!found.has(entry.value)) found.set(entry.value, { entry, path, target: entry.target.replace(/\s+/g, '') })
  return found
}

const relatedTo = ({ entry, path }: Entry, { version }: Release) => ({
  path,
  member: entry.member,
  line: entry.line,
  column: entry.column,
  mark: entry.mark,
  message: `entry point in version ${version}`,
})
