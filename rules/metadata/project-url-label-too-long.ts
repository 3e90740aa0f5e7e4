import { finding, quote, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { labelled, labelPlace } from '../../src/views/urls.js'
import { plural } from '../../src/wording.js'
import { unsafely } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'

const LIMIT = 32

export default rule({
  id: 'project-url-label-too-long',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Project-URL"',
  url: coreMetadata('project-url'),
  summary: 'The label of a Project-URL is longer than 32 characters.',
  why: 'PyPI rejects the file.',
  fix: project => `Shorten the label under ${project.key('Project-URL')}.`,
  pypiMessage: "'…' must be 32 characters or less.",
  bad: {
    wheel: { metadata: { 'Project-URL': 'Documentation of the latest stable release, https://demo.readthedocs.io' } },
  },
  good: { wheel: { metadata: { 'Project-URL': 'Documentation, https://demo.readthedocs.io' } } },
  *check({ metadata }) {
    if (!metadata) return
    for (const field of uploaded(metadata, 'Project-URL')) {
      // Without a comma, the whole is not a label: project-url-malformed tells it.
      if (!field.value.includes(',')) continue
      const { label } = labelled(field.value)
      const length = [...label.slice(0, 10_000)].length
      if (length > LIMIT)
        yield finding(
          labelPlace(field, label),
          `The label ${quote(label)} is ${plural(length, 'character')} long; the limit is ${LIMIT}.`,
          { remedy: unsafely({ kind: 'rename', what: 'url', name: label, by: shortened(label) }) },
        )
    }
  },
})

/** Whole words of the label, as many as are allowed. */
function shortened(label: string): string {
  const start = [...label.slice(0, 10_000)].slice(0, LIMIT + 1).join('')
  const words = start.slice(0, Math.max(0, start.lastIndexOf(' ')))
  const cut = words === '' ? [...start].slice(0, LIMIT).join('') : words
  return cut.replace(/\s+(?:of|the|for|and|a|an|on|in|at|to|with|[-–—:(&|/,])*$/i, '').trim()
}
