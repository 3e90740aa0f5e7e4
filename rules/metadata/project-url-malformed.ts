import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { uploaded } from '../../src/views/as-uploaded.js'
import { labelled } from '../../src/views/urls.js'
import { coreMetadata } from '../shared/specifications.js'

export default rule({
  id: 'project-url-malformed',
  topic: 'metadata',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Core metadata specification, "Project-URL"',
  url: coreMetadata('project-url'),
  summary: 'A Project-URL does not have both a label and a URL.',
  why: 'The value must be `label, URL`; PyPI rejects the file.',
  breaks: 'The build fails.',
  fix: project => `Give each entry of ${project.key('Project-URL')} a label and an address.`,
  byHand: 'No current backend builds it, or writes it.',
  pypiMessage: 'Must have a URL / Must have a label',
  bad: { wheel: { metadata: { 'Project-URL': 'https://demo.ann-author.dev' } } },
  good: { wheel: { metadata: { 'Project-URL': 'Source, https://github.com/ann-author/demo' } } },
  *check(dist) {
    const { metadata } = dist
    if (!metadata) return
    const isTree = dist.kind === 'sdist' && dist.tree !== undefined
    for (const field of uploaded(metadata, 'Project-URL')) {
      if (isTree && field.member.endsWith('setup.cfg') && field.value !== '' && !field.value.includes(',')) {
        yield finding(
          field,
          `${quote(field.value)} does not have \`=\` between a label and a URL: setuptools refuses to build that.`,
          { enforcedBy: [], help: 'Write each line as `label = URL`.' },
        )
        continue
      }
      const { label, url } = labelled(field.value)
      if (label === '' || url === '')
        yield finding(
          label === '' && field.value !== '' ? within(field, field.value.slice(0, 1)) : field,
          isTree
            ? `Project-URL ${quote(label === '' ? url : label)} does not have a ${label === '' ? 'label' : 'URL'}.`
            : `Project-URL ${quote(field.value)} does not have a ${label === '' ? 'label' : 'URL'}; expected 'label, URL'.`,
        )
    }
  },
})
