import type { Sdist } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { missing } from '../shared/missing.js'
import { coreMetadata } from '../shared/specifications.js'
import { demanding, isLicenseFile, namesLicenseFiles, withoutText } from './_demanding.js'

export default rule({
  id: 'license-file-none',
  topic: 'license',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'The metadata does not name a license file.',
  why: 'Most licenses require that every copy includes their text.',
  fix: project =>
    project.home('License-File')?.isNew
      ? 'Add a LICENSE file next to pyproject.toml: the backend finds it there.'
      : `Add a LICENSE file, and name it under ${project.key('License-File')} if the backend does not find it.`,
  byHand: 'Only a person can choose the license, and its text.',
  follows: [missing.licenseFile],
  needs: ['python-imports'],
  bad: [
    { wheel: { metadata: { 'License-File': null }, files: { '{dist-info}/licenses/LICENSE': null } } },
    {
      wheel: {
        metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, License: 'MIT', 'License-File': null },
        files: { '{dist-info}/licenses/LICENSE': null },
      },
    },
  ],
  good: [
    { wheel: { metadata: { 'License-File': 'LICENSE' } } },
    {
      wheel: {
        metadata: { 'Metadata-Version': '2.1', 'License-Expression': null, License: 'MIT', 'License-File': null },
        files: { '{dist-info}/licenses/LICENSE': null, '{dist-info}/COPYING': 'MIT License\n' },
      },
    },
  ],
  misses: ['License-File'],
  *check(dist) {
    const { metadata } = dist
    if (!metadata || metadata.first('License-File')) return
    // Other rules tell why there is none.
    if (dist.kind === 'sdist' && (namesLicenseFiles(dist) || withoutText(dist))) return
    const at = { member: metadata.member, line: 1, field: 'License-File' }
    if (metadata.atLeast('2.4')) {
      // licenses-dir-unlisted tells it.
      if (dist.kind === 'wheel' && dist.members.files.some(({ path }) => path.startsWith(`${dist.distInfo}/licenses/`)))
        return
      const own = dist.kind === 'sdist' ? topLicense(dist) : undefined
      yield finding(at, `${metadata.member} does not name a license file (License-File).`, {
        help:
          own &&
          (project =>
            `List ${quote(own)} under ${project.key('License-File')}${project.home('License-File')?.isNew ? ', in a new table' : ''}.`),
      })
    } else if (dist.kind === 'wheel') {
      // Before the field, only the files themselves told.
      const license = demanding(dist)
      if (license && !dist.members.files.some(({ path, size }) => isLicenseFile(`/${path}`, size)))
        yield finding(
          license,
          `The license is ${quote(license.value)}, but no file in the wheel is named like a license.`,
        )
    }
  },
})

/** A file next to pyproject.toml that is named like a license. */
const topLicense = ({ members }: Sdist): string | undefined =>
  members.files.flatMap(({ path }) => /^[^/]+\/([^/]+)$/.exec(path)?.[1] ?? []).find(name => isLicenseFile(`/${name}`))
