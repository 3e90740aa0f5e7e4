import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { dependencies } from '../../src/views/dependencies.js'
import { installed } from '../../src/views/install-tree.js'
import { setting } from '../shared/advice.js'
import { isImportable, packagesOf } from './_lost.js'
import { alike, andOthers } from './_wheels.js'

export default rule({
  id: 'package-not-in-wheel',
  topic: 'release',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Binary distribution format, "File contents"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/#file-contents',
  summary: 'A wheel does not contain anything to import, although the sdist contains the package.',
  why: 'The build did not find the package, and the wheel installs without an error.',
  breaks: 'pip installs the wheel, but importing the package fails with ModuleNotFoundError for every user.',
  fix: project =>
    `Tell the build backend where the package is (${setting(project, 'packages')}), and build the wheel again.`,
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'content',
  explains: ['packages'],
  follows: ['packages'],
  bad: [
    {
      release: [
        { sdist: { metadata: { 'Requires-Dist': 'attrs' } } },
        { wheel: { files: { 'demo/__init__.py': null }, metadata: { 'Requires-Dist': 'attrs' } } },
      ],
    },
    { release: [{ sdist: {} }, { wheel: { files: { 'demo/__init__.py': null, 'docs/conf.py': 'x = 1\n' } } }] },
  ],
  good: [
    {
      release: [
        {
          sdist: {
            files: { '{top}/src/demo/__init__.py': null, '{top}/packages/core/demo/__init__.py': 'x = 1\n' },
            metadata: { 'Requires-Dist': 'demo-core==1.0' },
            pyproject:
              '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndependencies = ["demo-core==1.0"]\n\n[tool.hatch.build.targets.wheel]\nbypass-selection = true\n',
          },
        },
        { wheel: { files: { 'demo/__init__.py': null }, metadata: { 'Requires-Dist': 'demo-core==1.0' } } },
      ],
    },
    {
      release: [{ sdist: {} }, { wheel: { files: { 'demo/__init__.py': null, '{data}/scripts/demo': '#!python\n' } } }],
    },
  ],
  *check({ wheels, sdists }) {
    const [sdist] = sdists
    if (!sdist) return
    const lost = (wheel: Wheel) => {
      if (
        wheel.members.files.length === 0 ||
        installed(wheel).some(file => isImportable(file, sdist.project)) ||
        hasPrograms(wheel)
      )
        return []
      return packagesOf(sdist).filter(({ name }) => !isMeta(wheel) || isOwnName(sdist, name))
    }
    for (const { wheels: same, items } of alike(wheels, lost, ({ name }) => name)) {
      const [wheel] = same
      const [first] = items
      if (!wheel || !first) continue
      const main = items.find(({ name }) => isOwnName(sdist, name)) ?? first
      yield finding(
        { field: 'files', value: main.name },
        `The wheel does not contain anything to import${andOthers(same)}: it is missing the package ${quote(main.name)}, which the sdist contains.`,
        {
          path: wheel.path,
          subject: main.name,
          related: [{ path: sdist.path, member: main.source.member.path, message: 'only in the sdist' }],
        },
      )
    }
  },
})

const isOwnName = ({ project }: Sdist, name: string) => canonicalName(name) === project

/** The project may consist only of scripts and files in the prefix. */
const hasPrograms = ({ members }: Wheel) =>
  members.files.some(({ path }) => /^[^/]+\.data\/(?:scripts|data|platlib|purelib)\//.test(path))

/** A metapackage of projects that are each pinned to one version. */
const isMeta = ({ metadata }: Wheel) =>
  dependencies(metadata).some(({ requirement }) =>
    requirement.specifier.clauses.some(({ operator }) => operator === '==' || operator === '==='),
  )
