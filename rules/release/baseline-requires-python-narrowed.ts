import type { Release } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { PYTHONS } from '../../src/standards/python-versions.js'
import type { SpecifierSet } from '../../src/standards/specifier.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { some } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'baseline-requires-python-narrowed',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata, "Requires-Python"',
  url: coreMetadata('requires-python'),
  summary: 'Requires-Python excludes versions of Python that the previous release supported.',
  why: 'Users of those versions stay on the older release, and no longer get fixes.',
  fix: 'Allow the version again if it still works, or mention in the release notes that it is no longer supported.',
  bad: {
    baseline: [{ wheel: { version: '0.9', metadata: { 'Requires-Python': '>=3.9' } } }],
    release: [{ wheel: { metadata: { 'Requires-Python': '>=3.11' } } }],
  },
  good: {
    baseline: [{ wheel: { version: '0.9', metadata: { 'Requires-Python': '>=3.10, <4' } } }],
    release: [{ wheel: { metadata: { 'Requires-Python': '>=3.9' } } }],
  },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    const [before, now] = [setsOf(baseline), setsOf(release)]
    if (before.length === 0 || now.length === 0) return
    const lost = versions.filter(version => admitted(before, version) && !admitted(now, version))
    if (lost.length === 0) return
    const gone = new Set(lost)
    const minors = PYTHONS.filter(
      minor =>
        lost.some(version => isOf(version, minor)) &&
        !versions.some(version => isOf(version, minor) && admitted(now, version)),
    )
    const patches = lost.filter(version => gone.has(version) && !minors.some(minor => isOf(version, minor)))
    const source = release.distributions.find(({ metadata }) => metadata?.first('Requires-Python'))
    const field = source?.metadata?.first('Requires-Python')
    const old = baseline.distributions.find(({ metadata }) => metadata?.first('Requires-Python'))
    const oldField = old?.metadata?.first('Requires-Python')
    const said = oldField
      ? `was ${quote(oldField.value)} in version ${baseline.version}`
      : `was not set in version ${baseline.version}`
    yield finding(
      field,
      `Requires-Python ${said} and is now ${quote(field?.value ?? '')}: Python ${some([...minors, ...patches], 8)} ${minors.length + patches.length === 1 ? 'is' : 'are'} no longer supported.`,
      {
        path: source?.path,
        subject: 'Requires-Python',
        related: old
          ? [{ ...oldField, path: old.path, message: `Requires-Python in version ${baseline.version}` }]
          : [],
      },
    )
  },
})

/** What each file allows; `null` allows all. A file whose metadata or specifiers cannot be read is skipped. */
function setsOf({ distributions }: Release): readonly (SpecifierSet | null)[] {
  return distributions.flatMap(({ metadata }) => {
    if (!metadata) return []
    const field = metadata.first('Requires-Python')
    if (field === undefined || field.value.trim() === '') return [null]
    return specifiersOf(field) ?? []
  })
}

const admitted = (sets: readonly (SpecifierSet | null)[], version: string): boolean =>
  sets.some(set => set === null || set.contains(version))

const isOf = (version: string, minor: string) => version.startsWith(`${minor}.`)

/** Patch releases that are tested: no minor version has had more. */
const PATCHES = 30
const versions = PYTHONS.flatMap(minor => Array.from({ length: PATCHES }, (_, patch) => `${minor}.${patch}`))
