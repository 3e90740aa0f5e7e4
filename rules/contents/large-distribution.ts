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
  summary: 'The file is larger than 50 MB, or larger than 75 MB when unpacked.',
  why: 'Every installation downloads and unpacks it, and PyPI limits the size of a project.',
  breaks: 'The file exceeds the limit that the project configured.',
  fix: 'Exclude what users do not need, such as debug data, samples and copies of the same file.',
  status: 'strict',
  bad: [
    { sdist: { make: 'gzip-bomb' } },
    { sdist: {}, demands: { atMost: { size: 1000 } } },
    { sdist: {}, demands: { atMost: { unpackedSize: 500 } } },
  ],
  good: [{ sdist: {} }, { sdist: {}, demands: { atMost: { size: 50_000, unpackedSize: 10_000 } } }],
  *check({ size, members }, { demands }) {
    const { atMost } = demands ?? {}
    const isSet = atMost?.size !== undefined || atMost?.unpackedSize !== undefined
    const most = isSet ? { packed: atMost.size ?? Infinity, unpacked: atMost.unpackedSize ?? Infinity } : MOST
    const more = { severity: isSet ? ('error' as const) : undefined }
    const bound = (bytes: number) => (isSet ? `the ${sizeText(bytes)} that the configuration allows` : sizeText(bytes))
    const unpacked = members.files.reduce((sum, { actualSize }) => sum + actualSize, 0)
    if (size > most.packed)
      yield finding(undefined, `The size of the file is ${sizeText(size)}, more than ${bound(most.packed)}.`, more)
    else if (unpacked > most.unpacked)
      yield finding(undefined, `The unpacked size is ${sizeText(unpacked)}, more than ${bound(most.unpacked)}.`, more)
  },
})
