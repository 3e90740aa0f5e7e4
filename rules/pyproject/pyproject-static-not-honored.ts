import { backendFault } from '../../src/contract/backend-faults.js'
import { sharedCases, toDraft } from '../../src/contract/cases.js'
import { isOfOtherBuild, staticCases, staticSeverity, WHEEL_ENDING } from '../../src/contract/static-cases.js'
import type { StaticDifference } from '../../src/contract/static-table.js'
import { isLicenseAdded, LIST_IN_DYNAMIC } from '../../src/contract/weight.js'
import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { rule } from '../../src/rule.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO } from './_backends.js'

const project = (more: string) => builtWith('hatchling', DEMO, more)

const FIX_BACKEND =
  'Build with a version of the backend that writes the value. If there is none, report it to the backend.'

const SAME_WORDS = 'Both values are equivalent: do nothing, or spell the entry in `[project]` as in the file.'

export default rule({
  id: 'pyproject-static-not-honored',
  topic: 'pyproject',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "Declaring project metadata: the [project] table"; PEP 808',
  url: pyprojectToml('declaring-project-metadata-the-project-table'),
  summary: 'PKG-INFO or a wheel differs from what `[project]` in the sdist declares statically.',
  why: 'Tools may trust a static key without building the project, so a different value in a built file must not occur.',
  breaks: 'uv, which reads pyproject.toml, and pip, which reads the built files, install different dependencies.',
  fix: 'Rebuild the files from this pyproject.toml, or list the key in `dynamic`.',
  byHand: 'The build backend writes it: another version of it helps, not a key of the project.',
  formerly: ['pyproject-static-not-honoured'],
  bad: [
    {
      release: [
        {
          sdist: {
            pyproject: project('scripts = { demo = "demo:main" }'),
            files: { '{top}/src/demo/__init__.py': 'def main(): ...\n' },
          },
        },
        { wheel: { wheel: { Generator: 'maturin (1.13.1)' } } },
      ],
    },
    { sdist: { pyproject: project('dependencies = ["attrs>=25"]'), metadata: { 'Requires-Dist': 'attrs>=23' } } },
    {
      release: [
        { sdist: { pyproject: project('dependencies = ["attrs"]'), metadata: { 'Requires-Dist': 'attrs' } } },
        { wheel: { metadata: { 'Requires-Dist': ['attrs', 'numpy'] } } },
      ],
    },
    {
      sdist: {
        pyproject: project('dependencies = ["attrs>=25,!=24"]\ndynamic = ["dependencies"]'),
        metadata: { 'Requires-Dist': 'attrs>=25' },
      },
      alsoGives: ['pyproject-static-and-dynamic'],
    },
    {
      sdist: {
        pyproject: project('keywords = ["demo", "data"]\ndynamic = ["keywords"]'),
        metadata: { Dynamic: 'Keywords' },
      },
      alsoGives: ['pyproject-static-and-dynamic'],
    },
    { sdist: { pyproject: project('dependencies = ["attrs>=25,!=24"]'), metadata: { 'Requires-Dist': 'attrs>=25' } } },
    { sdist: { pyproject: project('description = "Writes demo files"') } },
    { sdist: { pyproject: project('import-names = ["demo"]') } },
    { sdist: { pyproject: builtWith('uv-build', DEMO, 'import-names = ["demo"]') } },
    { sdist: { pyproject: builtWith('poetry-core', DEMO, 'import-names = ["demo"]') } },
    {
      sdist: {
        pyproject: builtWith('poetry-core', DEMO, 'license-files = ["LICENSE"]'),
        metadata: { 'Metadata-Version': '2.3', 'License-Expression': null, 'License-File': null, License: 'MIT' },
      },
    },
    {
      sdist: {
        pyproject: `[build-system]\nrequires = ["cmeel[build]"]\nbuild-backend = "cmeel"\n\n[project]\n${DEMO}\ndependencies = ["numpy>=2"]\n`,
        metadata: { 'Requires-Dist': ['cmeel', 'numpy>=2'] },
      },
    },
    {
      sdist: {
        pyproject: builtWith('poetry-core', DEMO, 'authors = [{ name = "Ada" }, { name = "Bob" }]'),
        metadata: { Author: 'Ada', 'Author-email': [] },
      },
    },
    {
      sdist: {
        pyproject: builtWith('pdm-backend', DEMO, 'authors = [{ email = "ada@demo.dev" }]'),
        metadata: { 'Author-email': 'Unknown <ada@demo.dev>' },
      },
    },
  ],
  good: {
    sdist: {
      pyproject: project('dependencies = ["Attrs (>=25,<27)"]'),
      metadata: { 'Requires-Dist': 'attrs<27,>=25' },
    },
  },
  *check({ sdists, wheels }) {
    for (const sdist of sdists) {
      const kindOf = (difference: StaticDifference, target: Sdist | Wheel) => {
        const severity = staticSeverity(difference, sdist, target)
        return severity && `${severity} ${difference.key}`
      }
      for (const shared of sharedCases(staticCases(sdist, wheels), kindOf)) {
        const [first] = shared.differences
        const severity = staticSeverity(first, sdist, shared.targets[0])
        const fault = backendFault(first, sdist)
        const isWheel = shared.targets[0].kind === 'wheel'
        yield {
          ...toDraft(shared, {
            said: () => `project.${first.key}`,
            sdist,
            place: first.keyPlace,
            ending: first.dropped
              ? `Metadata version ${shared.targets[0].metadata?.version ?? ''} does not have this field: ${fault ?? 'the backend dropped it.'}`
              : (fault ??
                (isOfOtherBuild(first, sdist, shared.targets[0])
                  ? 'Another backend than that of the sdist built this wheel.'
                  : isWheel && severity !== 'info'
                    ? `${shared.differences.length === 1 ? 'The entry is' : 'The entries are'} static: ${WHEEL_ENDING}`
                    : undefined)),
            help: fault
              ? FIX_BACKEND
              : isWheel && isLicenseAdded(first)
                ? LIST_IN_DYNAMIC
                : shared.differences.every(({ verdict }) => verdict === 'respelled')
                  ? SAME_WORDS
                  : undefined,
          }),
          severity,
        }
      }
    }
  },
})
