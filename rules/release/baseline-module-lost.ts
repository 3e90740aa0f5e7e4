import type { Release, Wheel } from '../../src/distribution/distribution.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseVersion } from '../../src/standards/version.js'
import { installed } from '../../src/views/install-tree.js'
import { plural, someQuoted } from '../../src/wording.js'
import { isAsideModule } from './_lost.js'
import { importsModule, namesInCode } from './_named.js'
import { listed } from './_wheels.js'

export default rule({
  id: 'baseline-module-lost',
  topic: 'release',
  severity: 'warning',
  applies: ['wheel', 'release'],
  enforcedBy: [],
  force: 'none',
  source: 'Recording installed projects',
  url: 'https://packaging.python.org/en/latest/specifications/recording-installed-packages/',
  summary:
    'The wheels no longer contain modules that the previous release contained and that others still import, or that a bugfix release should keep.',
  why: 'When a build no longer includes a module, code that imports it fails for everyone who installs the wheel.',
  fix: 'Include the modules again, or remove the imports; if the change is intended, mention it in the release notes.',
  precision: 'medium',
  absence: 'content',
  needs: ['python-imports'],
  bad: [
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            files: { 'demo/core.py': 'def run():\n    from .words import WORDS\n', 'demo/words.py': 'WORDS = 1\n' },
          },
        },
      ],
      release: [{ wheel: { files: { 'demo/core.py': 'def run():\n    from .words import WORDS\n\n\nx = 1\n' } } }],
    },
    {
      baseline: [
        { wheel: { version: '1.0', files: { 'demo/sub/__init__.py': 'x = 1\n', 'demo/sub/a.py': 'x = 2\n' } } },
      ],
      release: [{ wheel: { version: '1.0.1', files: { 'demo/core.py': 'x = 1\n' } } }],
    },
  ],
  good: [
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            files: {
              'demo/core.py': 'from .words import WORDS\n',
              'demo/words.py': 'WORDS = 1\n',
              'demo/old.py': 'x = 1\n',
            },
          },
        },
      ],
      release: [
        { wheel: { files: { 'demo/core.py': 'from .words import WORDS\n', 'demo/words/__init__.py': 'WORDS = 1\n' } } },
      ],
    },
    {
      baseline: [
        { wheel: { version: '1.0', files: { 'demo/sub/a.py': 'x = 2\n', 'demo/tests/test_a.py': 'x = 1\n' } } },
      ],
      release: [{ wheel: { version: '1.0.1', files: { 'demo/other/a.py': 'x = 3\n' } } }],
    },
  ],
  *check(release) {
    if (release.kind === 'wheel') {
      namesInCode(release)
      return
    }
    const { baseline, wheels } = release
    const [wheel] = wheels
    if (!baseline || !wheel || baseline.wheels.length === 0) return
    const now = filesOf(wheels)
    const names = new Set([...now.keys()].flatMap(path => path.replace(/\.[^/]*$/, '').split('/')))
    const hashes = new Set([...now.values()].map(({ sha256 }) => sha256))
    const lost = [...filesOf(baseline.wheels)].filter(([path, { sha256, size }]) => {
      const parts = path.slice(0, -'.py'.length).split('/')
      if (!path.endsWith('.py') || size === 0 || parts.length < 2 || isAsideModule(path, wheel.project)) return false
      // Moved, renamed, compiled, or made a package.
      return !hashes.has(sha256) && !names.has((parts.at(-1) === '__init__' ? parts.at(-2) : parts.at(-1)) ?? '')
    })
    const isKept = isBugfix(baseline, release)
    const missed = lost.filter(([path]) => isKept || importsModule(wheels, path))
    const [first] = missed
    if (!first) return
    yield finding(
      { field: 'files', value: first[0] },
      `The wheels are missing ${plural(missed.length, 'module')} that version ${baseline.version} contained${missed.some(([path]) => importsModule(wheels, path)) ? ', and others still import' : ''}: ${someQuoted(
        missed.map(([path]) => path),
        3,
      )}.`,
      {
        path: wheel.path,
        subject: first[0],
        related: listed(missed, ([, file]) => ({
          path: file.path,
          member: file.member,
          message: `module in version ${baseline.version}`,
        })),
      },
    )
  },
})

function filesOf(wheels: readonly Wheel[]) {
  const found = new Map<
    string,
    { readonly path: string; readonly member: string; readonly sha256: string; readonly size: number }
  >()
  for (const wheel of wheels)
    for (const { path, member } of installed(wheel))
      found.set(path, { path: wheel.path, member: member.path, sha256: member.sha256, size: member.actualSize })
  return found
}

/** Do only the third number or the post-release differ, of final releases? */
function isBugfix(before: Release, now: Release): boolean {
  const [old, next] = [attempt(parseVersion, before.version), attempt(parseVersion, now.version)]
  if (!old || !next || old.isPrerelease || next.isPrerelease || old.epoch !== next.epoch) return false
  const [major = 0n] = next.release
  const isSame = old.release.slice(0, 2).join('.') === next.release.slice(0, 2).join('.')
  return isSame && (major > 0n || (next.release[1] ?? 0n) > 0n) && next.release.length > 2
}
