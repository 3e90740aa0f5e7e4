import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { contentTypeProblem, meantContentType } from '../../src/standards/content-type.js'
import { isPlaceholder } from '../../src/views/as-uploaded.js'
import { replacing } from '../shared/remedies.js'
import { coreMetadata } from '../shared/specifications.js'
import { typeSetting } from './_advice.js'

export default rule({
  id: 'description-content-type-invalid',
  topic: 'description',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi', 'twine', 'packaging'],
  force: 'MUST',
  source: 'Core metadata specification, "Description-Content-Type"',
  url: coreMetadata('description-content-type'),
  summary: 'Description-Content-Type is not a supported content type.',
  why: 'twine and PyPI reject the upload.',
  fix: project =>
    `${typeSetting(project)}. A charset must be UTF-8, and a variant of Markdown must be GFM or CommonMark.`,
  pypiMessage: "'text/html' is not a valid content type for 'description-content-type'",
  bad: [
    { wheel: { metadata: { 'Description-Content-Type': 'text/html' } } },
    { wheel: { metadata: { 'Description-Content-Type': 'markdown' } } },
    { sdist: { metadata: { 'Description-Content-Type': 'text/markdown; variant=gfm' } } },
    { sdist: { metadata: { 'Description-Content-Type': 'text/markdown; charset=utf-8' } } },
  ],
  good: [
    { wheel: { metadata: { 'Description-Content-Type': 'text/markdown; charset=UTF-8; variant=GFM' } } },
    { wheel: { metadata: { 'Description-Content-Type': 'Text/Plain' } } },
  ],
  *check({ metadata }) {
    const field = metadata?.first('Description-Content-Type')
    const verdict = field && contentTypeProblem(field.value)
    if (!verdict) return
    // PyPI itself drops a field that is empty or UNKNOWN.
    const dropped = field.value === '' || isPlaceholder(field.value)
    yield finding(
      verdict.part ? within(field, verdict.part) : field,
      `${quote(field.value)} is not a valid content type: ${verdict.problem}.`,
      {
        remedy: replacing('Description-Content-Type', field.value, meantContentType(field.value)),
        enforcedBy: verdict.onlyIndex ? ['pypi'] : dropped ? ['twine', 'packaging'] : ['pypi', 'twine', 'packaging'],
      },
    )
  },
})
