import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isList } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'project-author-name-comma',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "authors/maintainers"',
  url: pyprojectToml('authors-maintainers'),
  summary: 'The name of an author contains a comma.',
  why: 'Commas separate addresses in the metadata, so a backend that does not quote the name splits it in two.',
  fix: 'Write the name without a comma.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nauthors = [{ name = "Demo, Inc.", email = "mail@ann-author.dev" }]\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const list of ['authors', 'maintainers']) {
      const people = pyproject.get('project', list)
      if (!isList(people)) continue
      for (const index of people.keys()) {
        const name = pyproject.get('project', list, index, 'name')
        if (typeof name === 'string' && name.includes(','))
          yield finding(
            within(pyproject.place('project', list, index, 'name'), ','),
            `The name ${quote(name)} contains a comma, which the specification does not allow.`,
          )
      }
    }
  },
})
