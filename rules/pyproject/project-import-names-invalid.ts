import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseImportName } from '../../src/standards/import-name.js'
import { problemOf } from '../../src/views/parsed.js'
import { isList, texts, unlessStops } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS } from './_backends.js'

export default rule({
  id: 'project-import-names-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "import-names" and "import-namespaces"; PEP 794',
  url: pyprojectToml('import-names'),
  summary: '`import-names` or `import-namespaces` contains an invalid import name.',
  why: 'Backends and twine reject it.',
  breaks: BUILD_STOPS,
  fix: 'Write dotted identifiers, followed by `; private` for modules that users should not import.',
  byHand: 'Only a person knows which modules are meant for users.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nimport-names = ["demo-files"]\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nimport-names = ["demo", "demo._inner; private"]\n',
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    const names = new Set<string>()
    for (const key of ['import-names', 'import-namespaces']) {
      const value = pyproject.get('project', key)
      if (key === 'import-namespaces' && isList(value) && value.length === 0)
        yield finding(pyproject.place('project', key), 'import-namespaces is empty; only import-names may be empty.')
      for (const [index, text] of texts(value)) {
        const at = pyproject.place('project', key, index)
        const problem = problemOf(parseImportName, text)
        const name = attempt(parseImportName, text)?.name
        if (problem)
          yield finding(
            atProblem(at, text, problem),
            `${quote(text)} is not a valid import name: ${problem.message.replace(/^.* is invalid: /s, '')}.`,
            unlessStops(pyproject, ['poetry-core', 'maturin']),
          )
        else if (name !== undefined && names.has(name))
          yield finding(at, `The import name ${quote(name)} appears more than once.`)
        if (name !== undefined) names.add(name)
      }
    }
  },
})
