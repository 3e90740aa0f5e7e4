import type { Sdist } from '../../src/distribution/distribution.js'
import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { admits } from '../../src/standards/python-versions.js'
import { specifiersOf } from '../../src/views/parsed.js'
import { backendFamily } from '../../src/views/pyproject.js'
import { coreMetadata } from '../shared/specifications.js'

const CLASSIFIER = /^Programming Language :: Python :: ([23]\.[0-9]{1,3})$/

export default rule({
  id: 'requires-python-vs-classifiers',
  topic: 'dependencies',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Requires-Python" and "Classifier"',
  url: coreMetadata('requires-python'),
  summary: 'Requires-Python and the classifiers disagree.',
  why: 'The project page lists versions of Python on which installers refuse to install the release.',
  fix: project =>
    `Make ${project.key('Requires-Python')} agree with the \`Programming Language :: Python\` classifiers under ${project.key('Classifier')}.`,
  follows: ['Python versions'],
  bad: [
    {
      wheel: { metadata: { 'Requires-Python': '>=3.9', Classifier: 'Programming Language :: Python :: 3.8' } },
    },
    { wheel: { metadata: { 'Requires-Python': '>=3.9', Classifier: 'Programming Language :: Python :: 3.12' } } },
  ],
  good: {
    wheel: { metadata: { 'Requires-Python': '>=3.9', Classifier: 'Programming Language :: Python :: 3.9' } },
  },
  *check(subject) {
    const { metadata } = subject
    const field = metadata?.first('Requires-Python')
    const set = specifiersOf(field)
    if (!metadata || !field || !set || set.clauses.length === 0) return
    const named = metadata.all('Classifier').flatMap(classifier => {
      const python = CLASSIFIER.exec(classifier.value)?.[1]
      return python === undefined ? [] : [{ python, classifier }]
    })
    const outside = named.filter(({ python }) => !admits(set, python))
    const [first] = outside
    if (first) {
      const list = outside
        .map(({ python }) => python)
        .slice(0, 10)
        .join(', ')
      yield finding(
        field,
        `Requires-Python ${quote(field.value)} excludes versions that the classifiers list: Python ${list}.`,
        {
          related: [{ ...within(first.classifier, first.python), message: `Classifier for ${first.python}` }],
          subject: 'outside',
        },
      )
      return
    }
    const minors = named.flatMap(({ python }) => (python.startsWith('3.') ? [Number(python.slice(2))] : []))
    const lowest = Math.min(...minors)
    if (subject.kind === 'sdist' && subject.tree && addsVersions(subject)) return
    if (minors.length === 0 || lowest === 0 || named.some(({ python }) => python.startsWith('2.'))) return
    const below = Array.from({ length: lowest }, (_, minor) => minor).filter(minor => admits(set, `3.${minor}`))
    const [floor] = below
    // Without a lower bound, requires-python-no-floor tells it.
    if (floor !== undefined && !admits(set, '2.7'))
      yield finding(
        field,
        `Requires-Python ${quote(field.value)} allows Python 3.${floor}, but the classifiers start at 3.${lowest}.`,
        {
          severity: 'info',
          subject: 'floor',
        },
      )
  },
})

/** Unless `project.classifiers` says which, poetry-core lists each version that is allowed. */
const addsVersions = ({ pyproject }: Sdist): boolean =>
  pyproject !== undefined &&
  backendFamily(pyproject) === 'poetry-core' &&
  pyproject.get('project', 'classifiers') === undefined
