import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type Installed, installed } from '../shared/install-tree.js'
import { isWindowsWheel } from '../shared/paths.js'
import { buildOutputOf } from '../shared/release/build-output.js'
import { differInLineEnds, mayBeCrlf, sourcesOf } from '../shared/release/sources.js'
import { alike, andOthers, counted, listed } from '../shared/release/wheels.js'

export default rule({
  id: 'wheel-module-differs-from-sdist',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format; Reproducible Builds, "Definitions"',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'A Python module of a wheel has another content than the file of that path in the sdist.',
  why: 'The wheel and the sdist were made from different sources, or the build changes the file.',
  fix: 'Build the wheels from the sdist, and let the build write generated text into files of their own.',
  precision: 'medium',
  bad: {
    release: [
      { sdist: { files: { '{top}/src/demo/core.py': 'x = 1\n' } } },
      { wheel: { files: { 'demo/core.py': 'x = 2\n' } } },
    ],
  },
  good: {
    release: [
      { sdist: { files: { '{top}/src/demo/core.py': 'x = 1\n', '{top}/src/demo/_version.py': 'v = 0\n' } } },
      { wheel: { files: { 'demo/core.py': 'x = 1\n', 'demo/_version.py': "v = '1.0'\n" } } },
    ],
  },
  *check(release) {
    const sources = sourcesOf(release)
    if (!sources) return
    const changed = (wheel: Wheel): readonly Installed[] => {
      const isBuildOutput = buildOutputOf(sources, wheel)
      const isWindows = isWindowsWheel(wheel)
      const modules = installed(wheel).filter(({ path, member }) => /\.(?:py|pth|start)$/.test(path) && member.intact)
      const pairs = modules.flatMap(({ path, member }) => {
        const original = member.actualSize > 0 && !isBuildOutput(path) ? sources.at(path) : undefined
        return original ? [[member, original] as const] : []
      })
      if (differInLineEnds(pairs)) return []
      return modules.filter(({ path, member }) => {
        if (sources.hashes.has(member.sha256)) return false
        const original = sources.at(path)
        if (!original?.sha256 || isBuildOutput(path)) return false
        return !(isWindows && mayBeCrlf(member, original))
      })
    }
    for (const { wheels, items } of alike(release.wheels, changed, ({ path }) => path)) {
      const [wheel] = wheels
      const [first] = items
      if (!wheel || !first) continue
      const original = sources.at(first.path)
      const sizes = original ? ` (${counted(original.actualSize, 'byte')} there, ${first.member.actualSize} here)` : ''
      const more = items.length === 1 ? '' : ` So are ${counted(items.length - 1, 'other module')}.`
      yield finding(
        { member: first.member.path, field: 'files' },
        `${quote(first.path)} is not the file of the sdist at that path${sizes}${andOthers(wheels)}.${more}`,
        {
          path: wheel.path,
          subject: first.path,
          related: [
            ...sources.sdists
              .slice(0, 1)
              .map(({ path }) => ({ path, member: original?.path, message: 'the file of the sdist' })),
            ...listed(items.slice(1), ({ member }) => ({
              path: wheel.path,
              member: member.path,
              message: 'differs too',
            })),
          ],
        },
      )
    }
  },
})
