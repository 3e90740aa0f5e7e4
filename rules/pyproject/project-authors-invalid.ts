import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, isList, isTable, unlessStops } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS } from './_backends.js'

export default rule({
  id: 'project-authors-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "authors/maintainers"',
  url: pyprojectToml('authors-maintainers'),
  summary: 'An entry in `authors` or `maintainers` is malformed.',
  why: 'Build backends reject it.',
  breaks: BUILD_STOPS,
  fix: 'Write `{ name = "…", email = "…" }`, with one or both of these keys.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nauthors = [{ name = "Ann", url = "https://ann-author.dev" }]\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const list of ['authors', 'maintainers']) {
      const people = pyproject.get('project', list)
      if (!isList(people)) continue
      for (const [index, person] of people.entries()) {
        if (!isTable(person)) continue
        const at = pyproject.place('project', list, index)
        const keys = Object.keys(person)
        if (keys.length === 0) {
          // flit accepts an empty table.
          if (backendOf(pyproject) !== 'flit-core')
            yield finding(at, `${list}[${index}] is empty; it must contain \`name\` or \`email\`.`)
        }
        for (const key of keys) {
          if (key !== 'name' && key !== 'email')
            yield finding(
              pyproject.keyPlace('project', list, index, key),
              `${list}[${index}] contains the key ${quote(key)}; only \`name\` and \`email\` are allowed.`,
              unlessStops(pyproject, ['hatchling']),
            )
          else if (typeof person[key] !== 'string')
            yield finding(pyproject.place('project', list, index, key), `${list}[${index}].${key} is not a string.`)
        }
      }
    }
  },
})
