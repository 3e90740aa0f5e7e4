import { finding, quote, rule } from '../../src/rule.js'
import { emailProblem } from '../../src/standards/email-address.js'
import { isList } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'project-author-email-invalid',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "authors/maintainers"',
  url: pyprojectToml('authors-maintainers'),
  summary: '`email` of an author is no bare e-mail address.',
  why: 'Backends join name and address; what comes out is no address, and the index may refuse the file.',
  fix: 'Write only the address into `email`, and the name into `name`.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nauthors = [{ email = "Ann <ann@ann-author.dev>" }]\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const list of ['authors', 'maintainers']) {
      const people = pyproject.get('project', list)
      if (!isList(people)) continue
      for (const index of people.keys()) {
        const email = pyproject.get('project', list, index, 'email')
        if (typeof email !== 'string') continue
        const problem = emailProblem(email)
        if (problem !== undefined)
          yield finding(
            pyproject.place('project', list, index, 'email'),
            `${quote(email)} is no e-mail address: ${problem}`,
          )
      }
    }
  },
})
