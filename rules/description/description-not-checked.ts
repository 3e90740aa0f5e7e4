import { finding, rule } from '../../src/rule.js'
import { descriptionPlace } from './_place.js'

export default rule({
  id: 'description-not-checked',
  topic: 'description',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'PyPI, upload; readme_renderer 45.0 with docutils 0.23 as of 2026-08-21',
  url: 'https://packaging.python.org/en/latest/guides/making-a-pypi-friendly-readme/',
  summary: 'The description could not be rendered, so it was not checked.',
  why: 'PyPI rejects reStructuredText that does not render, and distaudit could not find out whether this description does.',
  fix: 'Install the optional dependency `pyodide`, or run `twine check` on the file.',
  needs: ['rendering'],
  always: true,
  bad: { wheel: { metadata: { 'Description-Content-Type': 'text/x-rst' }, make: 'hugeDescription' } },
  good: {
    wheel: { metadata: { 'Description-Content-Type': 'text/x-rst' }, description: 'Demo\n====\n\nReads demo files.\n' },
  },
  *check({ metadata, rendering }) {
    if (!metadata || rendering?.outcome !== 'unavailable') return
    const reason = rendering.messages[0]?.text ?? 'unknown reason'
    const message = `The description is reStructuredText and was not checked: ${reason}.`
    yield finding(descriptionPlace(metadata, undefined), message, { subject: 'description' })
  },
})
