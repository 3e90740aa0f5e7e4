import type { Metadata } from '../../src/distribution/metadata.js'
import { textAt } from '../../src/project/document.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseSingleAddress } from '../../src/standards/email.js'
import { emailProblem } from '../../src/standards/email-address.js'
import { backendOf, isList } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

/** What `email.headerregistry.Address` of Python reads; with a comment, it may read anything. */
const isAddress = (email: string): boolean =>
  email.includes('(') ||
  /^(?:"[^"]*"|[^\s<>@,:;"\\.[\]]+(?:\.[^\s<>@,:;"\\.[\]]+)*)@(?:\[[^\]]*\]|[^\s<>@,:;"\\.[\]]+(?:\.[^\s<>@,:;"\\.[\]]+)*)$/.test(
    email.trim(),
  )

/** One `@`, and behind it a dot between other characters. */
function isDotted(email: string): boolean {
  const [local, domain = '', ...others] = email.split('@')
  return local !== '' && domain.slice(1, -1).includes('.') && others.length === 0
}

/** PyPI rejects the only address of a field: email-invalid reports it. */
function isToldOf(metadata: Metadata | undefined, field: string): boolean {
  const { address } = parseSingleAddress(metadata?.value(field) ?? '')
  return address !== '' && emailProblem(address) !== undefined
}

const startsPlain = (email: string): boolean => !(email.split('@', 1)[0] ?? '').split('.').includes('')

/** Does the backend take the address? setuptools and flit read it as an address only next to a name. */
const TAKES: Readonly<Record<string, (email: string, hasName: boolean) => boolean>> = {
  setuptools: (email, hasName) => isDotted(email) && (!hasName || isAddress(email)),
  hatchling: (email, hasName) => isAddress(email) || (email === '' && hasName),
  'flit-core': (email, hasName) => !hasName || isAddress(email),
  'poetry-core': email => isDotted(email) && startsPlain(email),
}

/** What to write instead of an address without a name. */
function correction(email: string): string {
  const meant = email
    .trim()
    .replace(/^<|>$/g, '')
    .replace(/\s{0,3}[([]at[)\]]\s{0,3}|\s{1,3}at\s{1,3}/gi, '@')
  return emailProblem(meant) === undefined
    ? `Write \`email = ${JSON.stringify(meant)}\`.`
    : 'Write a whole address, `local@host.tld`, or remove `email`.'
}

export default rule({
  id: 'project-author-email-invalid',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'pyproject.toml specification, "authors/maintainers"',
  url: pyprojectToml('authors-maintainers'),
  summary: 'The `email` of an author is not a plain email address.',
  why: 'Backends combine the name and the address; the result is not a valid address, and the index may reject the file.',
  breaks: 'The build fails: setuptools, hatchling, flit and poetry-core check addresses, each in its own way.',
  fix: 'Put only the address in `email`, and the name in `name`.',
  pypiMessage: "'ann at ann-author.dev' is not a valid email address: An email address must have an @-sign.",
  bad: [
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n\n[project]\nname = "demo"\nversion = "1.0"\nauthors = [{ name = "Ann", email = "ann at ann-author.dev" }]\n',
      },
    },
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
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\nauthors = [{ email = "ann@localhost" }]\n',
      },
    },
  ],
  good: { sdist: {} },
  *check({ pyproject, metadata, tree }) {
    if (!pyproject) return
    const takes = TAKES[backendOf(pyproject) ?? ''] ?? (() => true)
    for (const list of ['authors', 'maintainers']) {
      const people = pyproject.get('project', list)
      if (!isList(people) || isToldOf(metadata, list === 'authors' ? 'Author-email' : 'Maintainer-email')) continue
      const written = people.filter((_, index) => textAt(pyproject, 'project', list, index, 'email') !== undefined)
      for (const index of people.keys()) {
        const email = pyproject.get('project', list, index, 'email')
        if (typeof email !== 'string') continue
        const hasName = pyproject.get('project', list, index, 'name') !== undefined
        const problem = emailProblem(email)
        if (problem !== undefined)
          yield finding(
            pyproject.place('project', list, index, 'email'),
            `${quote(email)} is not an email address: ${problem}`,
            {
              // A backend that takes an empty text writes only the name.
              enforcedBy: [],
              ...(!takes(email, hasName)
                ? { severity: 'error' }
                : email === ''
                  ? { severity: 'info' }
                  : tree &&
                    written.length === 1 && { severity: 'error', enforcedBy: ['pypi'], breaks: 'The upload fails.' }),
              ...(!/<./.test(email) && { help: correction(email) }),
            },
          )
      }
    }
  },
})
