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
  summary: 'The release has no sdist.',
  why: 'Distributions and machines without a fitting wheel have nothing to build from.',
  fix: 'Build and upload an sdist, too.',
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
        message: `The files of ${name} hold no sdist.`,
        subject: 'sdist',
      }
  },
})
