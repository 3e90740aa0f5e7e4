import { rule } from '../../src/rule.js'

export default rule({
  id: 'set-no-sdist',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Python Packaging User Guide, "Package Formats"',
  url: 'https://packaging.python.org/en/latest/discussions/package-formats/',
  summary: 'The release does not contain an sdist.',
  why: 'Linux distributions, and users on platforms without a matching wheel, cannot build the project.',
  fix: 'Build and upload an sdist as well.',
  status: 'strict',
  absence: 'file',
  bad: { wheel: {} },
  good: { release: [{ sdist: {} }, { wheel: {} }] },
  ofLoneWheel: true,
  *check({ name, wheels, sdists }) {
    const [first] = wheels
    if (first && sdists.length === 0)
      yield {
        path: first.path,
        at: { field: 'files' },
        message: `The files of ${name} do not include an sdist.`,
        subject: 'sdist',
      }
  },
})
