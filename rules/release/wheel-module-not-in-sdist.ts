import type { Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { type Installed, installed } from '../../src/views/install-tree.js'
import { andMore } from '../../src/wording.js'
import { isWindowsWheel } from '../shared/paths.js'
import { buildOutputOf } from './_build-output.js'
import { mayBeCrlf, sourcesOf } from './_sources.js'
import { alike, andOthers, listed } from './_wheels.js'

export default rule({
  id: 'wheel-module-not-in-sdist',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format; Reproducible Builds, "Definitions"',
  url: 'https://packaging.python.org/en/latest/specifications/source-distribution-format/',
  summary: 'A wheel contains a Python module that is not in the sdist.',
  why: 'A build from the sdist does not contain the module, and nobody who reviews the sources has seen it.',
  fix: 'Include the module in the sdist, or build the wheels from the sdist in a clean folder.',
  absence: 'content',
  bad: [
    { release: [{ sdist: {} }, { wheel: { files: { 'demo/extra.py': 'x = 1\n' } } }] },
    {
      release: [
        { sdist: {} },
        {
          wheel: {
            filename: 'demo-1.0-py3-none-win_amd64.whl',
            wheel: { 'Root-Is-Purelib': 'false' },
            files: { 'demo/config.py': 'x = 1\n', 'demo/tool.exe': 'MZ' },
          },
        },
      ],
    },
    { release: [{ sdist: {} }, { wheel: { files: { 'demo/tests/test_core.py': 'x = 1\n' } } }] },
  ],
  good: [
    {
      release: [
        { sdist: { files: { '{top}/lib/more.py': 'x = 1\n', '{top}/src/demo/changed.py': 'x = 2\n' } } },
        {
          wheel: {
            files: {
              'demo/extra.py': 'x = 1\n',
              'demo/changed.py': 'x = 3\n',
              'demo/_version.py': "version = '1.0'\n",
              'demo/api_pb2.py': 'x = 4\n',
            },
          },
        },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject:
              '[build-system]\nrequires = ["setuptools", "setuptools-scm"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools_scm]\nversion_file = "src/demo/_v.py"\n',
          },
        },
        { wheel: { files: { 'demo/_v.py': "version = '1.0'\n" } } },
      ],
    },
    {
      release: [
        {
          sdist: {
            pyproject: '[build-system]\nrequires = ["setuptools"]\n',
            files: {
              '{top}/setup.py':
                'from setuptools import setup\nfrom setuptools.command.build_py import build_py\n\n\nclass Build(build_py):\n    def run(self):\n        with open("made.py", "w") as file:\n            file.write("x = 1\\n")\n        super().run()\n\n\nsetup(name="demo", version="1.0", cmdclass={"build_py": Build})\n',
            },
          },
        },
        { wheel: { files: { 'demo/made.py': 'x = 1\n' } } },
      ],
    },
  ],
  *check(release) {
    const sources = sourcesOf(release)
    if (!sources) return
    const foreign = (wheel: Wheel): readonly Installed[] => {
      const isBuildOutput = buildOutputOf(sources, wheel)
      const isWindows = isWindowsWheel(wheel)
      return installed(wheel).filter(
        ({ path, member }) =>
          /\.(?:py|pth|start)$/.test(path) &&
          member.intact &&
          !isEmptyPackage(path, member.actualSize) &&
          // Empty files are all alike: the name has to be the same too.
          !(member.actualSize > 0
            ? sources.hashes.has(member.sha256)
            : sources.named(path.slice(path.lastIndexOf('/') + 1)).some(one => one.actualSize === 0)) &&
          !sources.at(path) &&
          // A package may be built from a folder with a different name, and with different line endings.
          !(isWindows && sources.named(path.slice(path.lastIndexOf('/') + 1)).some(one => mayBeCrlf(member, one))) &&
          // What setuptools writes for namespace packages, and for itself.
          !/(?:-nspkg|^distutils-precedence)\.pth$/.test(path) &&
          !isBuildOutput(path),
      )
    }
    for (const { wheels, items } of alike(release.wheels, foreign, ({ path }) => path)) {
      const [wheel] = wheels
      const [first] = items
      if (!wheel || !first) continue
      const more = andMore(items.length - 1, 'module')
      yield finding(
        { member: first.member.path, field: 'files' },
        `${quote(first.path)}${more} ${items.length === 1 ? 'is' : 'are'} not in the sdist, neither by contents nor by path${andOthers(wheels)}.`,
        {
          path: wheel.path,
          subject: first.path,
          ...((wheels.every(isForPlatform) || items.every(({ path }) => TESTS.test(path))) && {
            severity: 'info' as const,
          }),
          related: [
            ...sources.sdists.slice(0, 1).map(({ path }) => ({ path, message: 'sdist' })),
            ...listed(items.slice(1), ({ member }) => ({
              path: wheel.path,
              member: member.path,
              message: 'also not in the sdist',
            })),
          ],
        },
      )
    }
  },
})

const TESTS = /(?:^|\/)(?:tests?|testing)\/|(?:^|\/)(?:conftest|test_[^/]*|[^/]*_tests?)\.py$/

/** Platform-specific builds often generate or download Python files, too. */
const isForPlatform = ({ name }: Wheel) => name?.platform.includes('any') === false

const isEmptyPackage = (path: string, size: number) => size === 0 && /(?:^|\/)__init__\.py$/.test(path)
