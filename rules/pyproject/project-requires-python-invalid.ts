import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseSpecifiers } from '../../src/standards/specifier.js'
import { isClear, repairPythons } from '../../src/views/dependencies.js'
import { problemOf, reasonIn } from '../../src/views/parsed.js'
import { replacing } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { STOPS_OR_REFUSED } from './_backends.js'

export default rule({
  id: 'project-requires-python-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "requires-python"; version specifiers',
  url: pyprojectToml('requires-python'),
  summary: '`project.requires-python` is not a valid version specifier.',
  why: 'Most backends reject it; flit and poetry-core copy it unchecked, and the index then rejects the files.',
  breaks: STOPS_OR_REFUSED,
  fix: 'Write comparisons separated by commas, such as `>=3.9`.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = "Demo"\nrequires-python = ">=3.8.*"\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    const text = pyproject?.get('project', 'requires-python')
    const problem = typeof text === 'string' ? problemOf(parseSpecifiers, text) : undefined
    if (!pyproject || typeof text !== 'string' || !problem) return
    const better = repairPythons(text)
    const hint = better === undefined ? '' : ` Did you mean ${quote(better)}?`
    yield finding(
      atProblem(pyproject.place('project', 'requires-python'), text, problem),
      `requires-python ${quote(text)} is not a valid version specifier${reasonIn(problem, text)}.${hint}`,
      { remedy: replacing('project.requires-python', text, better, isClear(text)) },
    )
  },
})
