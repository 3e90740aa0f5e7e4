import { finding, quote, rule } from '../../src/rule.js'
import { andMore } from '../../src/wording.js'

export default rule({
  id: 'set-half-published',
  topic: 'release',
  severity: 'warning',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PyPI upload API',
  url: 'https://docs.pypi.org/api/upload/',
  summary: 'PyPI would take some files of the release and refuse others.',
  why: 'Files go up one by one. The upload stops at the refused one, half of the release is public, and no file name can be used twice.',
  fix: 'Mend the refused files before the first one is uploaded.',
  bad: {
    release: [{ wheel: {} }, { sdist: { metadata: { 'License-Expression': 'MIT Licence' } } }],
    alsoGives: ['license-expression-invalid'],
  },
  good: { release: [{ wheel: {} }, { sdist: {} }] },
  needs: ['refusals'],
  *check({ distributions, refused }) {
    const bad = distributions.filter(({ path }) => refused?.has(path))
    const [first] = bad
    if (!first || bad.length === distributions.length) return
    yield finding(
      { field: 'files' },
      `PyPI would take ${distributions.length - bad.length} of the ${distributions.length} files and refuse ${quote(first.filename)}${andMore(bad.length - 1)}.`,
      { path: first.path, subject: 'half-published' },
    )
  },
})
