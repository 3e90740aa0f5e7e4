import { finding, quote, rule } from '../../src/rule.js'
import { andMore, plural, thousands } from '../../src/wording.js'

export default rule({
  id: 'set-half-published',
  topic: 'release',
  severity: 'info',
  applies: ['release'],
  enforcedBy: [],
  force: 'none',
  source: 'PyPI upload API',
  url: 'https://docs.pypi.org/api/upload/',
  summary: 'PyPI would accept some files of the release and reject others.',
  why: 'Files are uploaded one by one. The upload stops at the rejected file, a part of the release is public, and a filename can never be reused. This is information, because the findings about the rejected files are errors and the summary counts these files.',
  fix: 'Correct the rejected files before uploading any file of the release.',
  needs: ['refusals'],
  bad: {
    release: [{ wheel: {} }, { sdist: { metadata: { 'License-Expression': 'MIT Licence' } } }],
    alsoGives: ['license-expression-invalid'],
  },
  good: { release: [{ wheel: {} }, { sdist: {} }] },
  *check({ distributions, refused }) {
    const bad = distributions.filter(({ path }) => refused?.has(path))
    const [first] = bad
    if (!first || bad.length === distributions.length) return
    yield finding(
      { field: 'files' },
      `PyPI would accept ${thousands(distributions.length - bad.length)} of the ${plural(distributions.length, 'file')} and reject ${quote(first.filename)}${andMore(bad.length - 1)}.`,
      { path: first.path, subject: 'half-published' },
    )
  },
})
