import { finding, rule } from '../../src/rule.js'
import { someQuoted } from '../../src/wording.js'
import { coreMetadata } from '../shared/specifications.js'

const STATUS = 'Development Status :: '

export default rule({
  id: 'development-status-multiple',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Core metadata specification, "Classifier"',
  url: coreMetadata('classifier'),
  summary: 'The metadata has more than one Development Status classifier.',
  why: 'A release has one status. With two of them, PyPI lists the project under both, and its users cannot tell which one is meant.',
  fix: project => `Keep the one that is true in ${project.key('Classifier')}, and remove the others.`,
  bad: {
    wheel: {
      metadata: { Classifier: ['Development Status :: 3 - Alpha', 'Development Status :: 5 - Production/Stable'] },
    },
  },
  good: {
    wheel: {
      metadata: { Classifier: ['Development Status :: 5 - Production/Stable', 'Programming Language :: Python :: 3'] },
    },
  },
  *check({ metadata }) {
    const fields = metadata?.all('Classifier').filter(({ value }) => value.trim().startsWith(STATUS)) ?? []
    const stated = [...new Set(fields.map(({ value }) => value.trim().slice(STATUS.length)))]
    const last = fields.find(({ value }) => value.trim().slice(STATUS.length) === stated.at(-1))
    if (last && stated.length > 1)
      yield finding(last, `The classifiers give more than one Development Status: ${someQuoted(stated)}.`, {
        subject: 'status',
      })
  },
})
