import type { Member } from '../../src/archive/archive.js'
import type { Release, Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseVersion } from '../../src/standards/version.js'
import { installed } from '../../src/views/install-tree.js'
import { plural, someQuoted } from '../../src/wording.js'
import { isAsideModule } from './_lost.js'
import { importsModule, namesInCode } from './_named.js'
import { belowTop } from './_sources.js'
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
    'The files no longer contain modules of the previous release that other modules still import, that a bugfix release should keep, that were most of the package, or no longer any extension module.',
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
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            filename: 'demo-0.9-cp312-cp312-win_amd64.whl',
            files: { 'demo/_fast.cp312-win_amd64.pyd': 'MZ' },
          },
        },
      ],
      release: [{ wheel: {} }],
    },
    {
      baseline: [
        {
          sdist: {
            version: '0.9',
            files: {
              '{top}/src/demo/a.py': 'x = 1\n',
              '{top}/src/demo/b.py': 'x = 2\n',
              '{top}/src/demo/c.py': 'x = 3\n',
            },
          },
        },
      ],
      release: [{ sdist: {} }],
    },
  ],
  good: [
    {
      baseline: [
        {
          wheel: {
            version: '0.9',
            files: { 'demo/a.py': 'x = 1\n', 'demo/b.py': 'x = 2\n', 'demo/c.py': 'x = 3\n' },
          },
        },
      ],
      release: [{ wheel: { files: { 'demo/d.py': 'x = 4\n', 'demo/e.py': 'x = 5\n' } } }],
    },
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
    if (!baseline) return
    const [before, now] =
      wheels.length > 0 && baseline.wheels.length > 0
        ? [installedBy(baseline.wheels), installedBy(wheels)]
        : wheels.length === 0
          ? [sourcesOf(baseline.sdists), sourcesOf(release.sdists)]
          : []
    const [one] = release.distributions
    if (!before || !now || !one || before.size === 0 || now.size === 0) return
    const names = new Set([...now.keys()].flatMap(path => path.split('/').map(stemOf)))
    const hashes = new Set([...now.values()].map(({ sha256 }) => sha256))
    const modules = [...before].filter(([path, { size }]) => MODULE.test(path) && size > 0)
    const lost = modules.filter(([path, { sha256 }]) => {
      const parts = path.replace(MODULE, '').split('/')
      if (parts.length < 2 || isAsideModule(path, release.distributions[0]?.project)) return false
      // Moved, renamed, compiled, or made a package.
      return !hashes.has(sha256) && !names.has((parts.at(-1) === '__init__' ? parts.at(-2) : parts.at(-1)) ?? '')
    })
    const added = [...now.keys()].filter(path => path.endsWith('.py') && !before.has(path))
    // What was written anew has other modules instead.
    const isMost = lost.length >= SOME && lost.length * 2 >= modules.length && added.length * 2 < lost.length
    const isKept = isMost || isBugfix(baseline, release)
    const isPure = wheels.length > 0 && baseline.wheels.every(hasCompiled) && !wheels.some(hasCompiled)
    if (isPure)
      yield* compiledLost(
        release,
        baseline,
        [...before].filter(([path]) => COMPILED.test(path)),
      )
    const missed = lost.filter(([path]) => !(isPure && COMPILED.test(path)) && (isKept || importsModule(wheels, path)))
    const [first] = missed
    if (!first) return
    yield finding(
      { field: 'files', value: first[0] },
      `The ${wheels.length > 0 ? 'wheels are' : 'sdist is'} missing ${plural(missed.length, 'module')} that version ${baseline.version} contained${missed.some(([path]) => importsModule(wheels, path)) ? ', and others still import' : ''}: ${someQuoted(
        missed.map(([path]) => path),
        3,
      )}.`,
      {
        path: wheels[0]?.path ?? one.path,
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

/** A build that finds no compiler may go on without. */
function* compiledLost({ wheels }: Release, { version }: Release, modules: readonly (readonly [string, File])[]) {
  const paths = modules.map(([path]) => path)
  yield finding(
    { field: 'files', value: paths[0] },
    `The wheels do not contain an extension module; version ${version} contained ${someQuoted(paths, 3)}.`,
    {
      path: wheels[0]?.path,
      subject: 'extension modules',
      related: listed(modules, ([, file]) => ({
        path: file.path,
        member: file.member,
        message: `extension module in version ${version}`,
      })),
    },
  )
}

const hasCompiled = (wheel: Wheel): boolean => installed(wheel).some(({ path }) => COMPILED.test(path))

interface File {
  readonly path: string
  readonly member: string
  readonly sha256: string
  readonly size: number
}

const fileOf = (path: string, { path: member, sha256, actualSize: size }: Member): File => ({
  path,
  member,
  sha256,
  size,
})

const installedBy = (wheels: readonly Wheel[]): ReadonlyMap<string, File> =>
  new Map(
    wheels.flatMap(wheel => installed(wheel).map(({ path, member }) => [path, fileOf(wheel.path, member)] as const)),
  )

/** The modules of packages, wherever the sources are. */
const sourcesOf = (sdists: readonly Sdist[]): ReadonlyMap<string, File> =>
  new Map(
    sdists.flatMap(sdist =>
      sdist.members.files.map(
        member => [belowTop(member.path).replace(/^(?:src|lib|python)\//, ''), fileOf(sdist.path, member)] as const,
      ),
    ),
  )

const MODULE = /(?:\.py|\.(?:cpython-[^/.]+|cp\d[^/.]*|abi3)\.(?:so|pyd))$/

const COMPILED = /\.(?:so|pyd)$/

/** Fewer are removed on purpose. */
const SOME = 3

/** `fast` of `fast.abi3.so`. */
const stemOf = (name: string) => name.split('.', 1)[0] ?? name

/** Do only the third number or the post-release differ, of final releases? */
function isBugfix(before: Release, now: Release): boolean {
  const [old, next] = [attempt(parseVersion, before.version), attempt(parseVersion, now.version)]
  if (!old || !next || old.isPrerelease || next.isPrerelease || old.epoch !== next.epoch) return false
  const [major = 0n] = next.release
  // Before 1.0, any release may change anything.
  const isSame = old.release.slice(0, 2).join('.') === next.release.slice(0, 2).join('.')
  return isSame && major > 0n && next.release.length > 2
}
