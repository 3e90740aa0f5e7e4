import { inFileName } from '../../src/place.js'
import { quote, rule } from '../../src/rule.js'
import { compareVersions, tryVersion } from '../../src/standards/version.js'
import { someQuoted } from '../../src/wording.js'

export default rule({
  id: 'set-mixed-versions',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'distaudit',
  url: 'https://packaging.python.org/en/latest/tutorials/packaging-projects/',
  summary: 'Several versions of one project are audited together.',
  why: 'Files of an earlier build in the same folder are uploaded again, or by mistake.',
  fix: 'Empty the folder before each build.',
  bad: { release: [{ wheel: {} }, { wheel: { version: '1.1' } }] },
  good: { release: [{ wheel: {} }, { sdist: {} }] },
  *check({ name, version, otherVersions, distributions }) {
    const [first] = distributions
    // Said once, by the newest.
    if (!first || otherVersions.length === 0 || otherVersions.some(other => isNewer(other, version))) return
    yield {
      path: first.path,
      at: inFileName(first, first.name?.version ?? version, undefined, { field: 'files', value: version }),
      message: `Beside version ${quote(version)} of ${name}, there ${otherVersions.length > 1 ? 'are' : 'is'} ${someQuoted(otherVersions)}.`,
      subject: 'versions',
    }
  },
})

function isNewer(other: string, version: string): boolean {
  const [a, b] = [tryVersion(other), tryVersion(version)]
  return a && b ? compareVersions(a, b) > 0 : other > version
}
