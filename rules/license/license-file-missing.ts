import { finding, quote, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { licensePath } from '../../src/views/licenses.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'license-file-missing',
  topic: 'license',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'PEP 639, "Add License-File field"',
  url: coreMetadata('license-file'),
  summary: 'A license file named in the metadata is missing from the archive.',
  why: 'PyPI rejects the file, and its users do not get the license text.',
  fix: project => `Add the file to the archive, or correct ${project.key('License-File')}.`,
  byHand: 'No current backend names a file that it does not pack.',
  pypiMessage:
    'License-File LICENSE does not exist in distribution file demo-1.0-py3-none-any.whl at demo-1.0.dist-info/licenses/LICENSE',
  absence: 'member',
  bad: { wheel: { files: { '{dist-info}/licenses/LICENSE': null } } },
  good: { wheel: {} },
  *check(subject) {
    const { metadata, members } = subject
    if (!metadata) return
    let places: ReadonlyMap<string, string> | undefined
    for (const field of uploaded(metadata, 'License-File')) {
      const path = licensePath(subject, field.value)
      // In a tar archive, PyPI accepts a member of any kind, regardless of trailing slashes.
      if (path === undefined || members.has(path) || (subject.kind === 'sdist' && members.has(`${path}/`))) continue
      places ??= new Map(members.files.map(member => [basename(member.path), member.path]))
      const elsewhere = places.get(basename(field.value))
      const hint = elsewhere === undefined ? '' : ` The archive contains ${quote(elsewhere)}.`
      yield finding(
        field,
        `License-File ${quote(field.value)} is missing from the archive: expected at ${quote(path)}.${hint}`,
      )
    }
  },
})

const basename = (path: string) => path.slice(path.lastIndexOf('/') + 1)
