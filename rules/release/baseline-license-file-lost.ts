import type { Release } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { inDistInfo } from '../../src/views/dist-info.js'
import { some } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'
import { belowTop } from './_sources.js'
import { firstOf } from './_wheels.js'

export default rule({
  id: 'baseline-license-file-lost',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'The release is missing a license file that the previous release contained.',
  why: 'Most licenses require that every copy includes their text.',
  fix: project => `Include the file, and list it under ${project.key('License-File')}.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'member',
  bad: {
    baseline: [
      {
        wheel: {
          version: '0.9',
          metadata: { 'License-File': ['LICENSE', 'NOTICE'] },
          files: { '{dist-info}/licenses/NOTICE': 'Thanks.\n' },
        },
      },
    ],
    release: [{ wheel: {} }],
  },
  good: {
    baseline: [{ wheel: { version: '0.9' } }],
    release: [
      {
        wheel: {
          metadata: { 'License-File': 'legal/LICENSE' },
          files: { '{dist-info}/licenses/LICENSE': null, '{dist-info}/licenses/legal/LICENSE': 'MIT\n' },
        },
      },
    ],
  },
  *check(release) {
    const { baseline } = release
    if (!baseline) return
    const kind = release.wheels.length > 0 && baseline.wheels.length > 0 ? 'wheels' : 'sdists'
    if (release[kind].length === 0) return
    const [before, now] = [licenses(baseline, kind), licenses(release, kind)]
    const kept = new Set([...now.values()].flatMap(({ name, sha256 }) => [name.toLowerCase(), sha256]))
    const lost = [...before.values()].filter(({ name, sha256 }) => !kept.has(name.toLowerCase()) && !kept.has(sha256))
    const [first] = lost
    if (!first) return
    yield finding(
      { field: 'License-File', value: first.name },
      `This release is missing the license ${lost.length === 1 ? 'file' : 'files'} ${some(lost.map(({ name }) => quote(name)))}, which version ${baseline.version} contained.`,
      {
        path: (kind === 'wheels' ? release.wheels[0] : firstOf(release))?.path,
        subject: first.name,
        related: [{ path: first.path, member: first.member, message: `license file in version ${baseline.version}` }],
      },
    )
  },
})

interface LicenseFile {
  readonly name: string
  readonly sha256: string
  readonly path: string
  readonly member: string
}

/** Licenses in dist-info, or at the top of the sdist, by name. */
function licenses(release: Release, kind: 'wheels' | 'sdists'): ReadonlyMap<string, LicenseFile> {
  const found = new Map<string, LicenseFile>()
  const files =
    kind === 'wheels'
      ? release.wheels.flatMap(wheel => inDistInfo(wheel).map(({ path, member }) => ({ path, member, file: wheel })))
      : release.sdists.flatMap(sdist =>
          sdist.members.files.map(member => ({ path: belowTop(member.path), member, file: sdist })),
        )
  for (const { path, member, file } of files) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    const isLicense =
      /^(?:licen[cs]e|copying|unlicense|notice)/i.test(name) && !/\.pyc?$/.test(name) && !path.includes('/')
    if ((isLicense || (kind === 'wheels' && path.startsWith('licenses/') && name !== '')) && !found.has(name))
      found.set(name, { name, sha256: member.sha256, path: file.path, member: member.path })
  }
  return found
}
