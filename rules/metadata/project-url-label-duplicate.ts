import { finding, quote, rule } from '../../src/rule.js'
import { normalizeLabel } from '../../src/standards/url-label.js'
import { labelled, labelPlace } from '../../src/views/urls.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'project-url-label-duplicate',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['twine', 'packaging'],
  force: 'none',
  source: 'Core metadata specification, "Project-URL"; well-known project URLs, "Label normalization"',
  url: coreMetadata('project-url'),
  summary: 'Two Project-URL fields have the same label.',
  why: 'Tools then lose every Project-URL, and twine rejects the file. Indexes treat labels that differ only in case or punctuation as the same label.',
  fix: project => `Give each address under ${project.key('Project-URL')} a label of its own.`,
  byHand: 'Only a person can choose another name.',
  pypiMessage: "unrecognized or malformed field 'project-url'",
  bad: [
    { wheel: { metadata: { 'Project-URL': ['Docs, https://demo.dev/a', 'Docs, https://demo.dev/b'] } } },
    { wheel: { metadata: { 'Project-URL': ['Source Code, https://demo.dev/a', 'source-code, https://demo.dev/b'] } } },
  ],
  good: { wheel: { metadata: { 'Project-URL': ['Docs, https://demo.dev/a', 'Source, https://demo.dev/b'] } } },
  *check({ metadata }) {
    const seen = new Map<string, string>()
    const exact = new Set<string>()
    for (const field of metadata?.all('Project-URL') ?? []) {
      const { label } = labelled(field.value)
      const key = normalizeLabel(label)
      const before = seen.get(key)
      if (exact.has(label))
        yield finding(labelPlace(field, label), `An earlier Project-URL already has the label ${quote(label)}.`)
      else if (before !== undefined && key !== '')
        yield finding(
          labelPlace(field, label),
          `The labels ${quote(before)} and ${quote(label)} are the same label to an index.`,
          {
            severity: 'warning',
            enforcedBy: [],
          },
        )
      exact.add(label)
      if (before === undefined) seen.set(key, label)
    }
  },
})
