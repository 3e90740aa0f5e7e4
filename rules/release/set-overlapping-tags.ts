import type { Wheel } from '../../src/distribution/distribution.js'
import type { WheelName } from '../../src/distribution/filename.js'
import { rule } from '../../src/rule.js'
import { MAX_TAGS } from '../../src/standards/tags.js'
import { tagPlace } from '../../src/views/tags.js'

export default rule({
  id: 'set-overlapping-tags',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File name convention"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-name-convention',
  summary: 'Two wheels match the same interpreter and platform equally well.',
  why: 'Which of them is installed depends on the installer and on the order in which the index lists them.',
  fix: 'Remove the shared tag from one of them, or give the better one a higher build tag.',
  bad: {
    release: [
      { wheel: { filename: 'demo-1.0-py2.py3-none-any.whl' } },
      { wheel: { filename: 'demo-1.0-py3-none-any.whl' } },
    ],
  },
  good: {
    release: [
      { wheel: { filename: 'demo-1.0-py3-none-any.whl' } },
      { wheel: { filename: 'demo-1.0-1-py3-none-any.whl', wheel: { Build: '1' } } },
    ],
  },
  *check({ wheels }) {
    const owners = new Map<string, Wheel>()
    const reported = new Set<string>()
    for (const wheel of wheels) {
      if (!wheel.name) continue
      for (const triple of triples(wheel.name)) {
        const key = `${triple} ${buildKey(wheel.name.build)} ${wheel.name.variant ?? ''}`
        const owner = owners.get(key)
        if (!owner) owners.set(key, wheel)
        const same = owner?.filename === wheel.filename && owner.sha256 === wheel.sha256
        const pair = `${owner?.path}\0${wheel.path}`
        if (!owner || owner === wheel || same || reported.has(pair)) continue
        reported.add(pair)
        yield {
          path: wheel.path,
          at: { ...tagPlace(wheel, 'tag'), value: triple },
          message: `${wheel.filename} and ${owner.filename} both match ${triple} with the same build tag; an installer may choose either.`,
          related: [
            {
              path: owner.path,
              ...tagPlace(owner, 'tag'),
              value: triple,
              message: `${owner.filename} also matches ${triple}.`,
            },
          ],
          subject: `tags ${triple}`,
        }
      }
    }
  },
})

function* triples({ python, abi, platform }: WheelName): Iterable<string> {
  if (python.length * abi.length * platform.length > MAX_TAGS) return
  for (const p of python) for (const a of abi) for (const f of platform) yield `${p}-${a}-${f}`
}

/** A build tag sorts by its number, then by the rest. */
function buildKey(build: string | undefined): string {
  const [, number, rest = ''] = /^([0-9]+)(.*)$/s.exec(build ?? '') ?? []
  return number === undefined ? '' : `${number.replace(/^0+(?=[0-9])/, '')}${rest}`
}
