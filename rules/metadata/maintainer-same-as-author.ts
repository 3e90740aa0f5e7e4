import { finding, rule } from '../../src/rule.js'
import { isGiven } from '../../src/views/as-uploaded.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'maintainer-same-as-author',
  topic: 'metadata',
  severity: 'info',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Core metadata specification, "Maintainer"',
  url: coreMetadata('maintainer'),
  summary: 'The maintainer is the same as the author.',
  why: 'The maintainer fields are for someone other than the author; repeating the author is redundant.',
  fix: project => `Remove ${project.key('Maintainer')}.`,
  bad: { wheel: { metadata: { 'Maintainer-email': 'Ann Author <ann@ann-author.dev>' } } },
  good: { wheel: { metadata: { 'Maintainer-email': 'Ben Keeper <ben@ben-keeper.dev>' } } },
  *check({ metadata }) {
    for (const suffix of ['', '-email']) {
      const author = metadata?.first(`Author${suffix}`)
      const maintainer = metadata?.first(`Maintainer${suffix}`)
      if (!isGiven(author) || !isGiven(maintainer) || author.value.trim() !== maintainer.value.trim()) continue
      yield finding(maintainer, `Maintainer${suffix} is the same as Author${suffix} and can be removed.`)
      return
    }
  },
})
