import { sharedCases, toDraft } from '../../src/contract/cases.js'
import { staticCases, staticSeverity, WHEEL_ENDING } from '../../src/contract/static-cases.js'
import { rule } from '../../src/rule.js'
import { backendFamily } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO } from './_backends.js'

const project = (more: string) => builtWith('hatchling', DEMO, more)

export default rule({
  id: 'pyproject-static-not-honoured',
  topic: 'pyproject',
  severity: 'error',
  applies: ['release'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "Declaring project metadata: the [project] table"; PEP 808',
  url: pyprojectToml('declaring-project-metadata-the-project-table'),
  summary: 'PKG-INFO or a wheel differs from what `[project]` in the sdist declares statically.',
  why: 'uv reads dependencies from pyproject.toml, pip from what is built: they install different things.',
  breaks: 'uv, which reads pyproject.toml, and pip, which reads what is built, install different things.',
  fix: 'Build the files again from these sources, or list the key in `dynamic`.',
  bad: [
    { sdist: { pyproject: project('dependencies = ["attrs>=25"]'), metadata: { 'Requires-Dist': 'attrs>=23' } } },
    {
      release: [
        { sdist: { pyproject: project('dependencies = ["attrs"]'), metadata: { 'Requires-Dist': 'attrs' } } },
        { wheel: { metadata: { 'Requires-Dist': ['attrs', 'numpy'] } } },
      ],
      alsoGives: ['wheel-differs-from-sdist'],
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
  ],
  good: {
    sdist: {
      pyproject: project('dependencies = ["Attrs (>=25,<27)"]'),
      metadata: { 'Requires-Dist': 'attrs<27,>=25' },
    },
  },
  *check({ sdists, wheels }) {
    for (const sdist of sdists) {
      const backend = sdist.pyproject && backendFamily(sdist.pyproject)
      for (const shared of sharedCases(staticCases(sdist, wheels))) {
        const severity = staticSeverity(shared.difference, backend)
        if (severity === undefined) continue
        const { key, keyPlace } = shared.difference
        const [first] = shared.cases
        const ending = first?.target.kind === 'wheel' ? `The entry is static: ${WHEEL_ENDING}` : undefined
        yield {
          ...toDraft(shared, {
            said: `project.${key}`,
            sdist,
            place: keyPlace,
            ...(ending !== undefined && { ending }),
          }),
          severity,
        }
      }
    }
  },
})
