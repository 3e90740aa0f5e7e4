import { finding, rule } from '../../src/rule.js'
import { sizeText } from '../../src/wording.js'

const MOST = { packed: 50_000_000, unpacked: 75_000_000 }

export default rule({
  id: 'large-distribution',
  topic: 'contents',
  severity: 'info',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'pydistcheck, "distro-too-large-compressed" and "distro-too-large-uncompressed"',
  url: 'https://pydistcheck.readthedocs.io/en/latest/check-reference.html',
  summary: 'The file is larger than 50 MB, or holds more than 75 MB.',
  why: 'Every install downloads and unpacks it, and PyPI bounds the size of a project.',
  fix: 'Leave out what users do not need: debug data, samples, copies of the same file.',
  status: 'strict',
  bad: { sdist: { make: 'gzip-over-100-mib' }, alsoGives: ['file-too-large'] },
  good: { sdist: {} },
  *check({ size, members }) {
    const unpacked = members.files.reduce((sum, { actualSize }) => sum + actualSize, 0)
    if (size > MOST.packed)
      yield finding(undefined, `The file has ${sizeText(size)}, more than ${sizeText(MOST.packed)}.`)
    else if (unpacked > MOST.unpacked)
      yield finding(undefined, `The files in it have ${sizeText(unpacked)}, more than ${sizeText(MOST.unpacked)}.`)
  },
})
