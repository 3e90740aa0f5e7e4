import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, entries } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

export default rule({
  id: 'project-url-not-uri',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'poetry-core 2.5, its schema of `[project]`',
  url: pyprojectToml('urls'),
  summary: 'A URL in `[project.urls]` does not have a scheme, or contains whitespace.',
  why: 'poetry-core rejects it. Other backends copy it, and PyPI then rejects the file.',
  breaks: BUILD_STOPS,
  fix: 'Write the whole URL, such as `https://example.org/docs`.',
  byHand: 'Only a person knows the address.',
  bad: { sdist: { pyproject: builtWith('poetry-core', DEMO, '[project.urls]\nDocs = "demo.readthedocs.io"') } },
  good: [
    { sdist: { pyproject: builtWith('poetry-core', DEMO, '[project.urls]\nDocs = "https://demo.readthedocs.io"') } },
    { sdist: { pyproject: builtWith('hatchling', DEMO, '[project.urls]\nDocs = "demo.readthedocs.io"') } },
  ],
  *check({ pyproject }) {
    if (!pyproject || backendOf(pyproject) !== 'poetry-core') return
    for (const [label, url] of entries(pyproject.get('project', 'urls')))
      if (typeof url === 'string' && !URI.test(url))
        yield finding(
          pyproject.place('project', 'urls', label),
          `${quote(url)} is not a URL; poetry-core expects a scheme and no whitespace.`,
          { subject: label },
        )
  },
})

const URI = /^\w+:\S+$/
