import { quote, rule } from '../../src/rule.js'
import { APPNOTE, memberText, problemFinding, problemsOf } from './_problems.js'

export default rule({
  id: 'zip-unicode-path-mismatch',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.6.9',
  url: APPNOTE,
  summary: 'The Unicode path field gives a member another name.',
  why: 'Readers that use the field write a different file than pip, which ignores it. uv refuses the file.',
  fix: 'Write the name itself as UTF-8 with flag bit 11, without the field 0x7075.',
  pypiMessage: 'Invalid distribution file. WHEEL not found',
  securitySeverity: 8.5,
  bad: [{ wheel: { make: 'zip-unicode-path-other' } }, { wheel: { make: 'zip-unicode-path-local' } }],
  good: { wheel: { make: 'zip-unicode-path-same' } },
  *check(subject) {
    for (const problem of problemsOf(subject, 'zip-unicode-path-other')) {
      const { where, member, path, agrees } = problem
      // PyPI looks for these by the name in the directory.
      const lost = where === 'central' && /\.dist-info\/(?:WHEEL|METADATA|RECORD)$/.test(member)
      yield problemFinding(
        problem,
        `The Unicode path field in the ${agrees ? 'headers' : `${where} header`} of ${memberText(problem)} ${agrees ? 'name' : 'names'} ${quote(path)}.`,
        { enforcedBy: lost ? ['pypi', 'uv'] : ['uv'] },
      )
    }
  },
})
