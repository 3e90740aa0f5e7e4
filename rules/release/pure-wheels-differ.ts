import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type Installed, installed } from '../../src/views/install-tree.js'
import { list, plural } from '../../src/wording.js'
import { listed } from './_wheels.js'

export default rule({
  id: 'pure-wheels-differ',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Platform Tag"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/#platform-tag',
  summary: 'Pure wheels of the same release contain different Python modules.',
  why: 'Which code is installed depends on the version of Python, or on a build number, and tests of one wheel say little about the other.',
  fix: 'Build one wheel for all versions, and check the version at run time where needed.',
  absence: 'content',
  bad: [
    {
      release: [
        { wheel: { filename: 'demo-1.0-py310-none-any.whl', files: { 'demo/core.py': 'x = 1\n' } } },
        { wheel: { filename: 'demo-1.0-py311-none-any.whl', files: { 'demo/core.py': 'x = 2\n' } } },
      ],
    },
    {
      release: [
        { wheel: { filename: 'demo-1.0-py310-none-any.whl', files: { 'demo/core.py': 'x = 1\n' } } },
        { wheel: { filename: 'demo-1.0-py311-none-any.whl' } },
      ],
    },
    {
      release: [
        {
          wheel: {
            filename: 'demo-1.0-py2-none-any.whl',
            metadata: { 'Requires-Python': '>=2.7' },
            files: { 'demo/core.py': 'print "x"\n' },
          },
        },
        {
          wheel: {
            filename: 'demo-1.0-py3-none-any.whl',
            metadata: { 'Requires-Python': '>=2.7' },
            files: { 'demo/core.py': 'print("x")\n' },
          },
        },
      ],
    },
  ],
  good: {
    release: [
      { wheel: { filename: 'demo-1.0-py310-none-any.whl', files: { 'demo/core.py': 'x = 1\n' } } },
      { wheel: { filename: 'demo-1.0-py311-none-any.whl', files: { 'demo/core.py': 'x = 1\n' } } },
    ],
  },
  *check({ wheels }) {
    const pure = wheels.filter(isPure)
    const [first, ...others] = pure
    if (!first) return
    for (const wheel of others) {
      const { changed, only } = compare(first, wheel)
      const parts = [
        changed.length > 0 ? `${plural(changed.length, 'module')} with different contents` : '',
        only.length > 0 ? `${plural(only.length, 'module')} in only one of them` : '',
      ].filter(part => part !== '')
      const [example] = [...changed, ...only]
      if (!example) continue
      yield finding(
        { member: example.wheel === wheel ? example.file.member.path : undefined, field: 'files' },
        `The pure wheels ${quote(first.filename)} and ${quote(wheel.filename)} differ: ${list(parts)}, such as ${quote(example.file.path)}.`,
        {
          path: wheel.path,
          subject: example.file.path,
          // One of the wheels may be translated from or to Python 2.
          severity: majors(first) === majors(wheel) ? undefined : 'info',
          related: listed([...changed, ...only], ({ wheel: of, file }) => ({
            path: of.path,
            member: file.member.path,
            message: only.some(one => one.file === file) ? 'only in this wheel' : 'differs',
          })),
        },
      )
    }
  },
})

/** For every platform and no ABI: their files are the same wherever they are built. */
const isPure = ({ name, members }: Wheel): boolean =>
  name !== undefined &&
  name.variant === undefined &&
  name.platform.every(platform => platform === 'any') &&
  name.abi.every(abi => abi === 'none') &&
  members.files.length > 0

const majors = ({ name }: Wheel): string =>
  [...new Set(name?.python.map(python => /^[a-z]+([0-9])/.exec(python)?.[1] ?? python))].sort().join('.')

interface One {
  readonly wheel: Wheel
  readonly file: Installed
}

function compare(a: Wheel, b: Wheel): { readonly changed: readonly One[]; readonly only: readonly One[] } {
  const [inA, inB] = [modules(a), modules(b)]
  const changed: One[] = []
  const only: One[] = []
  for (const [path, file] of inB) {
    const other = inA.get(path)
    if (!other) only.push({ wheel: b, file })
    else if (other.member.sha256 !== file.member.sha256) changed.push({ wheel: b, file })
  }
  for (const [path, file] of inA) if (!inB.has(path)) only.push({ wheel: a, file })
  return { changed, only }
}

const modules = (wheel: Wheel): ReadonlyMap<string, Installed> =>
  new Map(
    installed(wheel)
      .filter(({ path, member }) => path.endsWith('.py') && member.intact)
      .map(file => [file.path, file]),
  )
