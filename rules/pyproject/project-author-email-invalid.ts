import { finding, quote, rule } from '../../src/rule.js'
import { emailProblem } from '../../src/standards/email-address.js'
import { backendOf, isList } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

/** Backends that stop at an address without `@`. */
const REFUSE = new Set(['flit-core', 'hatchling', 'poetry-core', 'setuptools'])

/** Of the backends that check addresses, poetry-core alone wants a dot behind the `@`. */
const isRefused = (email: string, backend = ''): boolean =>
  REFUSE.has(backend) && (!email.includes('@') || (backend === 'poetry-core' && !isDotted(email)))

function isDotted(email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1)
  return domain.slice(1, -1).includes('.')
}

export default rule({
  id: 'project-author-email-invalid',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "authors/maintainers"',
  url: pyprojectToml('authors-maintainers'),
  summary: 'The `email` of an author is not a plain email address.',
  why: 'Backends combine the name and the address; the result is not a valid address, and the index may reject the file.',
  fix: 'Put only the address in `email`, and the name in `name`.',
  breaks:
    'setuptools, hatchling, flit and poetry-core stop at an address without `@`, and poetry-core at a domain without a dot.',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nauthors = [{ email = "Ann <ann@ann-author.dev>" }]\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nauthors = [{ name = "Ann", email = "ann at ann-author.dev" }]\n',
      },
    },
  ],
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
            `${quote(email)} is not an email address: ${problem}`,
            isRefused(email, backendOf(pyproject)) ? { severity: 'error' } : undefined,
          )
      }
    }
  },
})
