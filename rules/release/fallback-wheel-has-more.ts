import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type Installed, installed } from '../../src/views/install-tree.js'
import { plural } from '../../src/wording.js'
import { alike, andOthers, listed } from './_wheels.js'

export default rule({
  id: 'fallback-wheel-has-more',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Platform Tag"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/#platform-tag',
  summary: 'A wheel for one platform is missing Python modules that the platform-independent wheel contains.',
  why: 'An import that works on most platforms fails on this one.',
  fix: 'Include the module in every wheel, unless it replaces an extension module.',
  precision: 'medium',
  absence: 'content',
  bad: {
    release: [
      { wheel: { files: { 'demo/core.py': 'x = 1\n' } } },
      { wheel: { filename: 'demo-1.0-py3-none-win_amd64.whl', files: { 'demo/tool.exe': 'MZ' } } },
    ],
  },
  good: {
    release: [
      { wheel: { files: { 'demo/core.py': 'x = 1\n' } } },
      {
        wheel: {
          filename: 'demo-1.0-py3-none-win_amd64.whl',
          files: { 'demo/core.py': 'x = 1\n', 'demo/windows.py': 'x = 2\n' },
        },
      },
    ],
  },
  *check({ wheels }) {
    const isAny = ({ name }: Wheel) => name?.platform.every(platform => platform === 'any') === true
    const fallback = wheels.find(wheel => isAny(wheel) && wheel.name?.variant === undefined)
    if (!fallback) return
    const modules = installed(fallback).filter(({ path, member }) => path.endsWith('.py') && member.intact)
    const lacking = (wheel: Wheel): readonly Installed[] => {
      const files = installed(wheel)
      if (isAny(wheel) || files.length === 0 || !samePython(fallback, wheel)) return []
      const stems = new Set(files.map(({ path }) => stem(path)))
      return modules.filter(({ path }) => !stems.has(stem(path)))
    }
    for (const { wheels: same, items } of alike(wheels, lacking, ({ path }) => path)) {
      const [wheel] = same
      const [first] = items
      if (!wheel || !first) continue
      const more = items.length === 1 ? '' : ` and ${plural(items.length - 1, 'other module')}`
      yield finding(
        { field: 'files', value: first.path },
        `The wheel is missing ${quote(first.path)}${more}, which ${quote(fallback.filename)} contains${andOthers(same)}.`,
        {
          path: wheel.path,
          subject: first.path,
          related: listed(items, ({ member }) => ({
            path: fallback.path,
            member: member.path,
            message: 'only in this wheel',
          })),
        },
      )
    }
  },
})

/** A module by its path: extension modules and compiled ones have more suffixes. */
const stem = (path: string) => path.replace(/(\/|^)([^/.]+)\.[^/]*$/, '$1$2')

/** Wheels for Python 2 and 3 differ for good reasons. */
const samePython = (a: Wheel, b: Wheel): boolean =>
  a.name?.python.some(python => b.name?.python.some(other => major(python) === major(other))) === true

const major = (python: string) => /^[a-z]+([0-9])/.exec(python)?.[1]
