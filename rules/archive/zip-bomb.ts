import { finding, rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'

const LEAST = 64 * 1024 * 1024
const HIGHEST_RATIO = 50

export default rule({
  id: 'zip-bomb',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'PyPI, decompression limits',
  url: 'https://docs.pypi.org/archives/',
  summary: 'The archive unpacks to more than 64 MiB and to more than 50 times its own size.',
  why: 'PyPI treats such a file as a decompression bomb and rejects it.',
  fix: 'Remove data that is mostly zeros or repetitions, or generate it at run time.',
  pypiMessage: 'File exceeds compression ratio of 50',
  securitySeverity: 5,
  bad: { wheel: { make: 'zip-zeros' } },
  good: { wheel: {} },
  *check({ archive, size }) {
    if (archive.format !== 'zip') return
    let total = 0
    for (const member of archive.members) total += member.size
    if (total <= LEAST || total / size <= HIGHEST_RATIO) return
    const ratio = (total / size).toFixed(1)
    yield finding(
      {},
      `The members unpack to ${plural(total, 'byte')}, ${ratio} times the size of the file (${plural(size, 'byte')}). Above 64 MiB, PyPI allows ${HIGHEST_RATIO} times.`,
    )
  },
})
