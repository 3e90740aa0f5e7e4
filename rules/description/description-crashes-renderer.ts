import { finding, quote, rule } from '../../src/rule.js'
import { descriptionPlace } from './_place.js'

export default rule({
  id: 'description-crashes-renderer',
  topic: 'description',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi-crash', 'twine'],
  force: 'none',
  source: 'PyPI, upload; readme_renderer 45.0 with docutils 0.23 as of 2026-08-21',
  url: 'https://packaging.python.org/en/latest/guides/making-a-pypi-friendly-readme/',
  summary: 'The description crashes the renderer.',
  why: 'PyPI responds to the upload with an internal error (HTTP 500), and `twine check` ends with a traceback.',
  fix: 'Simplify the description: docutils cannot process text that is nested a hundred levels deep.',
  needs: ['rendering'],
  bad: { wheel: { metadata: { 'Description-Content-Type': 'text/x-rst' }, make: 'deepDescription' } },
  good: {
    wheel: { metadata: { 'Description-Content-Type': 'text/x-rst' }, description: 'Demo\n\n  quoted\n\n    twice\n' },
  },
  *check({ metadata, rendering }) {
    if (!metadata || rendering?.outcome !== 'crashed') return
    const [said] = rendering.messages
    yield finding(
      descriptionPlace(metadata, undefined),
      `docutils crashes on the description: ${quote(said?.text ?? '')}.`,
    )
  },
})
