import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { given } from '../shared/as-uploaded.js'
import { inDistInfo } from '../shared/dist-info.js'
import { licensePath } from '../shared/licenses.js'
import { belowTop, sourcesOf } from '../shared/release/sources.js'
import { alike, andOthers, some } from '../shared/release/wheels.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-file-lost-in-wheel',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'A wheel lacks a licence file that the sdist has.',
  why: 'Most licences demand that their text goes along with every copy, and people install the wheel.',
  fix: 'List the file in `license-files` of `[project]`, and build the wheel again.',
  bad: [
    {
      release: [
        { sdist: { metadata: { 'License-File': ['LICENSE', 'NOTICE'] }, files: { '{top}/NOTICE': 'Thanks.\n' } } },
        { wheel: {} },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: null,
            metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null },
          },
        },
        {
          wheel: {
            metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, 'License-File': null },
            files: { '{dist-info}/licenses/LICENSE': null },
          },
        },
      ],
    },
  ],
  good: [
    { release: [{ sdist: {} }, { wheel: {} }] },
    {
      release: [
        {
          sdist: {
            metadata: { 'License-File': ['LICENSE', 'vendor/COPYING'] },
            files: { '{top}/vendor/COPYING': 'Free.\n' },
          },
        },
        { wheel: { files: { 'demo/_vendor/COPYING': 'Free.\n' } } },
      ],
    },
  ],
  *check(release) {
    const sources = sourcesOf(release)
    if (!sources) return
    const wanted = sources.sdists.flatMap(licenseFiles)
    const lost = (wheel: Wheel): readonly LicenseFile[] => {
      const found = wheel.members.files
      if (found.length === 0 || wheel.metadata?.cut) return []
      const hashes = new Set(found.map(({ sha256 }) => sha256))
      // Repair tools and backends add to a text, or rename it.
      const names = new Set(found.map(({ path }) => basename(path)))
      const hasAny = inDistInfo(wheel).some(({ path }) => isLicenseName(basename(path)) || path.startsWith('licenses/'))
      return wanted.filter(
        ({ path, sha256, isListed }) => (isListed || !hasAny) && !hashes.has(sha256) && !names.has(basename(path)),
      )
    }
    for (const { wheels, items } of alike(release.wheels, lost, ({ path }) => path)) {
      const [wheel] = wheels
      const [first] = items
      if (!wheel || !first) continue
      // An sdist in two formats lists them twice.
      const names = [...new Set(items.map(({ path }) => path))]
      yield finding(
        { field: 'License-File', value: first.path },
        `The sdist has the licence ${names.length === 1 ? 'file' : 'files'} ${some(names.map(quote))}, the wheel has not${andOthers(wheels)}.`,
        {
          path: wheel.path,
          subject: first.path,
          related: [{ path: first.sdist.path, member: first.member, message: 'the licence file of the sdist' }],
        },
      )
    }
  },
})

interface LicenseFile {
  readonly sdist: Sdist
  readonly member: string
  /** Below the top directory. */
  readonly path: string
  readonly sha256: string
  /** Named by License-File. */
  readonly isListed: boolean
}

/** What PKG-INFO lists; where it lists nothing, the files at the top that are licences by their name. */
function licenseFiles(sdist: Sdist): readonly LicenseFile[] {
  const { members, metadata } = sdist
  const listed = (metadata ? given(metadata, 'License-File') : []).flatMap(({ value }) => {
    const member = members.get(licensePath(sdist, value) ?? '')
    return member && member.sha256 !== '' && member.actualSize > 0 ? [{ member, isListed: true }] : []
  })
  const named = members.files
    .filter(member => member.sha256 !== '' && member.actualSize > 0 && isLicenseName(belowTop(member.path)))
    .map(member => ({ member, isListed: false }))
  return (listed.length > 0 ? listed : named).map(({ member, isListed }) => ({
    sdist,
    member: member.path,
    path: belowTop(member.path),
    sha256: member.sha256,
    isListed,
  }))
}

const isLicenseName = (path: string) =>
  /^(?:licen[cs]e|copying|unlicense|notice)(?:[._-][^/]*)?$/i.test(path) && !/\.(?:py|pyc|in|tmpl|header)$/i.test(path)

const basename = (path: string) => path.slice(path.lastIndexOf('/') + 1)
