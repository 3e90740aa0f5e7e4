import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type Installed, installed } from '../../src/views/install-tree.js'
import { plural, thousands } from '../../src/wording.js'
import { isWindowsWheel } from '../shared/paths.js'
import { buildOutputOf } from './_build-output.js'
import { differInLineEnds, sourcesOf } from './_sources.js'
import { alike, andOthers, listed } from './_wheels.js'

export default rule({
  id: 'wheel-module-differs-from-sdist',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format; Reproducible Builds, "Definitions"',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'A Python module in a wheel differs from the same file in the sdist.',
  why: 'The wheel and the sdist were built from different sources, or the build changes the file.',
  fix: 'Build the wheels from the sdist, and write generated code to separate files.',
  precision: 'medium',
  absence: 'content',
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
      const modules = installed(wheel).filter(({ path, member }) => /\.(?:py|pth|start)$/.test(path) && member.intact)
      const pairs = modules.flatMap(file => {
        const original = file.member.actualSize > 0 && !isBuildOutput(file.path) ? sources.at(file.path) : undefined
        return original?.sha256 ? [{ file, original }] : []
      })
      const differing = pairs.filter(({ file }) => !sources.hashes.has(file.member.sha256))
      // On Windows, some of the files may have different line endings; elsewhere, all of them or none.
      const compared = isWindowsWheel(wheel) ? differing : pairs
      return differInLineEnds(compared.map(({ file, original }) => [file.member, original]))
        ? []
        : differing.map(({ file }) => file)
    }
    for (const { wheels, items } of alike(release.wheels, changed, ({ path }) => path)) {
      const [wheel] = wheels
      const [first] = items
      if (!wheel || !first) continue
      const original = sources.at(first.path)
      const sizes = original
        ? ` (${plural(original.actualSize, 'byte')} there, ${thousands(first.member.actualSize)} here)`
        : ''
      const more =
        items.length === 1
          ? ''
          : ` ${plural(items.length - 1, 'other module')} also ${items.length === 2 ? 'differs' : 'differ'}.`
      yield finding(
        { member: first.member.path, field: 'files' },
        `${quote(first.path)} differs from the same file in the sdist${sizes}${andOthers(wheels)}.${more}`,
        {
          path: wheel.path,
          subject: first.path,
          related: [
            ...sources.sdists
              .slice(0, 1)
              .map(({ path }) => ({ path, member: original?.path, message: 'file in the sdist' })),
            ...listed(items.slice(1), ({ member }) => ({
              path: wheel.path,
              member: member.path,
              message: 'also differs',
            })),
          ],
        },
      )
    }
  },
})
