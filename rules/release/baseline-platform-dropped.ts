import { type Environment, EVERYWHERE, environmentsOf, servedBy } from '../../src/contract/environments.js'
import type { Release } from '../../src/distribution/distribution.js'
import type { Draft, Related } from '../../src/finding.js'
import { finding, rule } from '../../src/rule.js'
import { admits } from '../../src/standards/python-versions.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { plural, some } from '../../src/wording.js'
import { firstOf } from './_wheels.js'

const BASELINE = { metadata: { 'Requires-Python': '>=3.9' } }

export default rule({
  id: 'baseline-platform-dropped',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'There is no longer a wheel for a platform or interpreter that the previous release supported.',
  why: 'On those systems, installers build the sdist, which may fail, or keep the older release.',
  fix: 'Build the missing wheels, or mention in the release notes that they are no longer available.',
  absence: 'file',
  bad: [
    {
      baseline: [
        { wheel: { version: '0.9', filename: 'demo-0.9-py3-none-win_amd64.whl', ...BASELINE } },
        { wheel: { version: '0.9', filename: 'demo-0.9-py3-none-win32.whl', ...BASELINE } },
      ],
      release: [{ wheel: { filename: 'demo-1.0-py3-none-win_amd64.whl' } }],
    },
    { baseline: [{ wheel: { version: '0.9' } }, { sdist: { version: '0.9' } }], release: [{ wheel: {} }] },
    {
      baseline: [
        { wheel: { version: '0.9', filename: 'demo-0.9-cp39-cp39-win_amd64.whl' } },
        { wheel: { version: '0.9', filename: 'demo-0.9-cp310-cp310-win_amd64.whl' } },
      ],
      release: [
        { wheel: { filename: 'demo-1.0-cp310-cp310-win_amd64.whl', metadata: { 'Requires-Python': '>=3.10' } } },
      ],
    },
  ],
  good: {
    baseline: [{ wheel: { version: '0.9', filename: 'demo-0.9-py3-none-win_amd64.whl', ...BASELINE } }],
    release: [{ wheel: {} }],
  },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    yield* droppedKinds(release, baseline)
    if (release.wheels.length > 0 && baseline.wheels.length > 0) yield* droppedEnvironments(release, baseline)
  },
})

/** No longer any wheels, or an sdist. */
function* droppedKinds(release: Release, baseline: Release): Generator<Draft> {
  const path = firstOf(release)?.path
  const [wheel] = baseline.wheels
  const [sdist] = baseline.sdists
  if (wheel && release.wheels.length === 0)
    yield finding(
      { field: 'tags' },
      `The release does not contain a wheel; version ${baseline.version} contained ${plural(baseline.wheels.length, 'wheel')}.`,
      { path, subject: 'wheels', related: [{ path: wheel.path, message: `wheel of version ${baseline.version}` }] },
    )
  if (sdist && release.sdists.length === 0)
    yield finding({ field: 'tags' }, `The release does not contain an sdist; version ${baseline.version} did.`, {
      path,
      subject: 'sdist',
      related: [{ path: sdist.path, message: `sdist of version ${baseline.version}` }],
    })
}

function* droppedEnvironments(release: Release, baseline: Release): Generator<Draft> {
  const [before, now] = [environmentsOf(baseline.wheels), environmentsOf(release.wheels)]
  const all = [...before.values()]
  const lost = all.filter(one => !servedBy(one, now))
  const path = firstOf(release)?.path
  const given = (subject: string, from: readonly Environment[], severity?: 'info') => ({
    path,
    subject,
    severity,
    related: relatedTo(from, baseline),
  })

  const platforms = whole('platform', all, lost)
  const named = [...platforms.keys()].filter(platform => platform !== EVERYWHERE).sort()
  if (platforms.has(EVERYWHERE))
    yield finding(
      { field: 'tags' },
      `There is no longer a wheel for all platforms (tag 'any'); version ${baseline.version} had one.`,
      given(EVERYWHERE, platforms.get(EVERYWHERE) ?? []),
    )
  if (named.length > 0)
    yield finding(
      { field: 'tags' },
      `There is no longer a wheel for ${some(named, 8)}; version ${baseline.version} had one.`,
      given(
        named.join(),
        named.flatMap(platform => platforms.get(platform) ?? []),
      ),
    )
  const rest = lost.filter(({ platform }) => !platforms.has(platform))
  const interpreters = whole(
    'interpreter',
    all.filter(({ platform }) => !platforms.has(platform)),
    rest,
  )
  const required = specifiersOf(release.wheels[0]?.metadata?.first('Requires-Python'))
  const isOnPurpose = ([, [one]]: readonly [string, readonly Environment[]]) =>
    required !== undefined && one?.python !== undefined && !admits(required, one.python)
  const rows = [...interpreters]
    // If the tags are as general as before, the change of Requires-Python explains it.
    .filter(row => !(isOnPurpose(row) && row[1].every(({ isGeneric }) => isGeneric)))
    .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
  const groups = [
    { names: rows.filter(row => !isOnPurpose(row)), severity: undefined, why: '' },
    { names: rows.filter(isOnPurpose), severity: 'info', why: ', in line with Requires-Python' },
  ] as const
  for (const { names, severity, why } of groups)
    if (names.length > 0)
      yield finding(
        { field: 'tags' },
        `There is no longer a wheel for ${some(
          names.map(([name]) => name),
          8,
        )}${why}; version ${baseline.version} had one.`,
        given(
          names.map(([name]) => name).join(),
          names.flatMap(([, from]) => from),
          severity,
        ),
      )
  const pairs = rest.filter(({ interpreter }) => !interpreters.has(interpreter))
  if (pairs.length > 0)
    yield finding(
      { field: 'tags' },
      `Wheels that version ${baseline.version} had are missing: ${some(
        pairs.map(({ interpreter, platform }) => `${interpreter} on ${platform}`),
        8,
      )}.`,
      given(pairs.map(({ interpreter, platform }) => `${interpreter}|${platform}`).join(), pairs),
    )
}

/** Values of a key of which all environments are lost, with those. */
function whole(key: 'platform' | 'interpreter', all: readonly Environment[], lost: readonly Environment[]) {
  const kept = new Set(all.filter(one => !lost.includes(one)).map(one => one[key]))
  const gone = new Map<string, Environment[]>()
  for (const one of lost) if (!kept.has(one[key])) gone.set(one[key], [...(gone.get(one[key]) ?? []), one])
  return gone
}

function relatedTo(from: readonly Environment[], { version }: Release): readonly Related[] {
  const paths = [...new Set(from.map(({ wheel }) => wheel.path))]
  return paths.slice(0, 5).map(path => ({ path, message: `wheel of version ${version}` }))
}
