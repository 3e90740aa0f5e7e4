import { inFileName } from '../../src/place.js'
import { rule } from '../../src/rule.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'
import { some } from '../../src/wording.js'

export default rule({
  id: 'set-mixed-versions',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'distaudit',
  url: 'https://packaging.python.org/en/latest/tutorials/packaging-projects/',
  summary: 'Several versions of the same project are being audited together.',
  why: 'Files of an earlier build in the same folder may be uploaded by mistake.',
  fix: 'Empty the folder before each build.',
  bad: { release: [{ wheel: {} }, { wheel: { version: '1.1' } }] },
  good: { release: [{ wheel: {} }, { sdist: {} }] },
  *check({ name, version, otherVersions, distributions }) {
    const [first] = distributions
    // Reported once, for the newest version.
    if (!first || otherVersions.length === 0 || otherVersions.some(other => isNewer(other, version))) return
    yield {
      path: first.path,
      at: inFileName(first, first.name?.version ?? version, undefined, { field: 'files', value: version }),
      message: `Several versions of ${name} are being audited: ${some([version, ...otherVersions])}. Is the folder stale?`,
      subject: 'versions',
    }
  },
})

function isNewer(other: string, version: string): boolean {
  const [a, b] = [tryVersion(other), tryVersion(version)]
  return a && b ? compareVersions(a, b) > 0 : other > version
}
