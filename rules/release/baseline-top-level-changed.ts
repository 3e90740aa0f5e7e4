import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isIdentifier } from '../../src/text/python.js'
import { installed, topName } from '../../src/views/install-tree.js'
import { some } from '../../src/wording.js'

export default rule({
  id: 'baseline-top-level-changed',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/',
  summary: 'The wheels install other top-level modules than those of the release before.',
  why: 'A new name may shadow that of another project, and is often there by accident; imports of a lost one fail.',
  fix: 'Leave the module out of the wheel, or bring the lost one back; name a change that is meant in the release notes.',
  absence: 'member',
  bad: [
    {
      baseline: [{ wheel: { version: '0.9' } }],
      release: [{ wheel: { files: { 'demo_extra/__init__.py': '' } } }],
    },
    {
      baseline: [{ wheel: { version: '0.9', files: { 'demo_old.py': 'x = 1\n' } } }],
      release: [{ wheel: {} }],
    },
  ],
  good: {
    baseline: [{ wheel: { version: '0.9' } }],
    release: [{ wheel: { files: { 'demo/extra.py': 'x = 1\n' } } }],
  },
  *check({ wheels, baseline }) {
    if (!baseline || baseline.wheels.length === 0 || wheels.length === 0) return
    const [before, now] = [topNames(baseline.wheels), topNames(wheels)]
    const added = [...now].filter(([name]) => !before.has(name))
    const lost = [...before].filter(([name]) => !now.has(name))
    const names = (rows: typeof added) =>
      some(
        rows.map(([name]) => quote(name)),
        8,
      )
    const [fresh] = added
    if (fresh)
      yield finding(
        { member: fresh[1].member, field: 'files' },
        `The wheels install ${names(added)} at the top level; those of ${baseline.version} did not.`,
        { path: fresh[1].path, subject: `added ${fresh[0]}` },
      )
    const [gone] = lost
    if (gone)
      yield finding(
        { field: 'files', value: gone[0] },
        `The wheels no longer install ${names(lost)}, as those of ${baseline.version} did.`,
        {
          path: wheels[0]?.path,
          subject: `removed ${gone[0]}`,
          related: [{ path: gone[1].path, member: gone[1].member, message: `the module of ${baseline.version}` }],
        },
      )
  },
})

/** Importable top-level names, each with a file that brings it. Names that compilers make up are left out. */
function topNames(wheels: readonly Wheel[]) {
  const found = new Map<string, { readonly path: string; readonly member: string }>()
  for (const wheel of wheels)
    for (const file of installed(wheel)) {
      const name = topName(file)
      if (name === undefined || found.has(name) || !isIdentifier(name) || name.endsWith('__mypyc')) continue
      // A folder of data is no module.
      if (file.parts.length > 1 && !/\.(?:py|pyi|so|pyd)$/.test(file.path)) continue
      found.set(name, { path: wheel.path, member: file.member.path })
    }
  return found
}
