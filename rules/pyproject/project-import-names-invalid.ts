import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { attempt } from '../../src/standards/error.js'
import { parseImportName } from '../../src/standards/import-name.js'
import { problemOf } from '../../src/views/parsed.js'
import { backendOf, isList, texts } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, DEMO, mayBuildWith } from './_backends.js'

/** Since which version a backend refuses an invalid name, and one under both keys (tried); the others take them. */
const REFUSE: ReadonlyMap<string, string> = new Map([
  ['flit-core', '4.0'],
  ['hatchling', '1.32'],
  ['pdm-backend', '2.5'],
  ['uv-build', '0.11.17'],
  // They leave it to pyproject-metadata, whatever their own version.
  ['scikit-build-core', '0.1'],
  ['meson-python', '0.1'],
])

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
  bad: [
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'import-names = ["demo-files"]') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'import-names = ["demo"]', 'import-namespaces = ["demo"]') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, 'import-names = ["demo", "demo"]') } },
    { sdist: { pyproject: builtWith('uv-build', DEMO, 'import-namespaces = []') } },
    {
      sdist: {
        pyproject: builtWith('flit-core', DEMO, 'import-names = ["demo-files"]', 'description = "Demo"').replace(
          'flit_core"]',
          'flit_core<4"]',
        ),
      },
    },
  ],
  good: { sdist: { pyproject: builtWith('hatchling', DEMO, 'import-names = ["demo", "demo._inner; private"]') } },
  *check({ pyproject }) {
    if (!pyproject) return
    const backend = backendOf(pyproject) ?? ''
    const since = REFUSE.get(backend)
    const refuses = since !== undefined && mayBuildWith(pyproject, backend, since)
    const unless = (stops: boolean) => (refuses && stops ? undefined : ({ severity: 'warning' } as const))
    const seen = new Map<string, string>()
    for (const key of ['import-names', 'import-namespaces']) {
      const value = pyproject.get('project', key)
      if (key === 'import-namespaces' && isList(value) && value.length === 0)
        yield finding(
          pyproject.place('project', key),
          'import-namespaces is empty; only import-names may be empty.',
          unless(backend === 'uv-build'),
        )
      for (const [index, text] of texts(value)) {
        const at = pyproject.place('project', key, index)
        const problem = problemOf(parseImportName, text)
        const name = attempt(parseImportName, text)?.name
        const before = name === undefined ? undefined : seen.get(name)
        if (problem)
          yield finding(
            atProblem(at, text, problem),
            `${quote(text)} is not a valid import name: ${problem.message.replace(/^.* is invalid: /s, '')}.`,
            unless(true),
          )
        else if (before === key)
          yield finding(
            at,
            `The import name ${quote(name ?? '')} appears more than once.`,
            unless(backend === 'flit-core'),
          )
        else if (before !== undefined)
          yield finding(at, `${quote(name ?? '')} is in both import-names and import-namespaces.`, unless(true))
        if (name !== undefined) seen.set(name, key)
      }
    }
  },
})
