import { rule } from '../../src/rule.js'

export default rule({
  id: 'set-no-wheel',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'Python Packaging User Guide, "Package Formats"',
  url: 'https://packaging.python.org/en/latest/discussions/package-formats/',
  summary: 'The release does not contain a wheel.',
  why: 'Every user has to build the project, which takes time and runs its build code.',
  fix: 'Build and upload a wheel as well.',
  status: 'strict',
  absence: 'file',
  bad: { sdist: {} },
  good: { release: [{ sdist: {} }, { wheel: {} }] },
  *check({ name, sdists, wheels }) {
    const [first] = sdists
    if (first && wheels.length === 0)
      yield {
        path: first.path,
        at: { field: 'files' },
        message: `The files of ${name} do not include a wheel.`,
        subject: 'wheel',
      }
  },
})
