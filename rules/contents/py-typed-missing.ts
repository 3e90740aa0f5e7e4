import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { finding, rule } from '../../src/rule.js'
import { setting } from '../shared/advice.js'

export default rule({
  id: 'py-typed-missing',
  topic: 'contents',
  severity: 'warning',
  applies: ['wheel', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'PEP 561, "Packaging Type Information"',
  url: 'https://peps.python.org/pep-0561/#packaging-type-information',
  summary: 'The classifiers say that the project has type hints, but no package contains py.typed.',
  why: 'Type checkers ignore the annotations of an installed package without this file.',
  fix: project =>
    `Add an empty file \`py.typed\` to the package (${setting(project, 'packageData')}), or remove the classifier from ${project.key('Classifier')}.`,
  byHand: 'Only a person knows whether the annotations are ready for others.',
  precision: 'high',
  absence: 'member',
  bad: { wheel: { metadata: { Classifier: 'Typing :: Typed' } } },
  good: [
    { wheel: { metadata: { Classifier: 'Typing :: Typed' }, files: { 'demo/py.typed': '' } } },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = "A demo"\nclassifiers = ["Typing :: Typed"]\n\n[tool.hatch.build.targets.wheel.force-include]\n"marker" = "demo/py.typed"\n',
        files: { marker: '', 'demo/__init__.py': '' },
      },
    },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = "A demo"\nclassifiers = ["Typing :: Typed"]\n',
        files: { 'demo.py': '', 'demo/__init__.py': null, 'src/demo/__init__.py': null, 'tests/__init__.py': '' },
      },
    },
    { wheel: { metadata: { Classifier: 'Typing :: Stubs Only' } } },
  ],
  *check(dist: Wheel | Sdist) {
    const classifier = dist.metadata?.all('Classifier').find(({ value }) => value === 'Typing :: Typed')
    if (!classifier || (dist.kind === 'sdist' && dist.tree?.isWhole === false)) return
    const paths = dist.members.files.map(({ path }) => path)
    // A module alone cannot have the file, and packages of stubs do not need it.
    const hasPackage = paths.some(path => path.endsWith('/__init__.py') && !ASIDE.test(path))
    // The build may write it, or take it from elsewhere.
    const isMade =
      dist.kind === 'sdist' &&
      [...dist.texts, ...dist.python].some(
        ([path, { text }]) => BUILD.test(path.slice(`${dist.top}/`.length)) && text.includes('/py.typed'),
      )
    if (isMade) return
    if (!hasPackage || paths.some(path => path.endsWith('/py.typed') || path.includes('-stubs/'))) return
    yield finding(
      classifier,
      `The classifier 'Typing :: Typed' says that the project has type hints, but ${dist.kind === 'wheel' ? 'the wheel' : 'the source tree'} does not contain py.typed.`,
    )
  },
})

/** Packages that are not for users. */
const ASIDE = /(?:^|\/)(?:tests?|docs?|examples?|scripts|tools|benchmarks?)\//

/** What says how to build. */
const BUILD = /^(?:pyproject\.toml|hatch\.toml|setup\.(?:py|cfg)|hatch_build\.py|MANIFEST\.in)$/
