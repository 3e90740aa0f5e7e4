import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, isTable } from '../../src/views/pyproject.js'
import { renaming } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { misspelledRequires } from './_backends.js'

export default rule({
  id: 'build-system-requires-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'pyproject.toml specification, "[build-system] table"; PEP 518',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: '`[build-system]` does not contain `requires`.',
  why: 'The key is required in this table: pip and uv refuse to build the sdist.',
  fix: 'Add `requires` with the build backend, such as `requires = ["setuptools"]`.',
  bad: [
    { sdist: { pyproject: '[build-system]\nbuild-backend = "setuptools.build_meta"\n' } },
    { sdist: { pyproject: '[build-system]\nrequire = ["hatchling"]\nbuild-backend = "hatchling.build"\n' } },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    const table = pyproject?.get('build-system')
    if (!pyproject || table === undefined) return
    if (!isTable(table)) yield finding(pyproject.place('build-system'), 'build-system is not a table.')
    else if (table.requires === undefined) {
      const written = misspelledRequires(table)
      if (written !== undefined) {
        yield finding(
          pyproject.keyPlace('build-system', written),
          `[build-system] does not contain \`requires\`, but ${quote(written)}.`,
          { help: 'Rename the key to `requires`.', remedy: renaming(['build-system', written], 'requires') },
        )
        return
      }
      const backend = backendOf(pyproject)
      yield finding(pyproject.place('build-system', 'requires'), '[build-system] does not contain `requires`.', {
        ...(backend !== undefined && { help: `Add \`requires = ["${backend}"]\` to \`[build-system]\`.` }),
      })
    }
  },
})
