import type { Enforcer } from '../../src/finding.js'
import { quote, rule } from '../../src/rule.js'
import { byWalk, fromProblems, isDirectory, memberText, PYPI_ARCHIVES, uvUnpacks } from './_problems.js'

const CONTENT = {
  same: ', with the same content',
  other: ', with different contents',
  unknown: '',
}

export default rule({
  id: 'zip-duplicate-name',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'Two members have the same name, or names of the same file.',
  why: 'Which of the two is installed depends on the reader. PyPI rejects the file, often with "Mis-matched data size", because it compares the first with the size of the second.',
  fix: 'Store the file once. The usual cause is a build backend that is configured to include a file twice, such as with `force-include` in addition to `packages`. Appending to an old archive is another cause.',
  pypiMessage:
    'ZIP archive not accepted: Duplicate filename in local headers. See https://docs.pypi.org/archives for more information / Duplicate filename in central directory / Mis-matched data size',
  securitySeverity: 8.5,
  bad: [{ wheel: { make: 'zip-duplicate' } }, { wheel: { files: { 'demo/a.txt': 'one', 'demo//a.txt': 'two' } } }],
  good: { wheel: {} },
  *check(subject) {
    yield* fromProblems(
      subject,
      ['zip-duplicate-name'],
      problem =>
        problem.other === undefined
          ? `${memberText(problem)} appears twice in the central directory${CONTENT[problem.content]}.`
          : `${memberText(problem)} and ${quote(problem.other)} are the same file${CONTENT[problem.content]}.`,
      // uv accepts a file twice where both are the same.
      problem => {
        const same = isDirectory(problem) || (problem.content === 'same' && problem.sameMode)
        const uv: readonly Enforcer[] = same || !uvUnpacks(problem) ? [] : ['uv']
        return problem.other === undefined ? byWalk(subject, ...uv) : uv
      },
    )
    yield* fromProblems(
      subject,
      ['zip-duplicate-local'],
      problem =>
        `There is a second local header for ${memberText(problem)} at offset ${problem.offset}, which the central directory does not list.`,
      problem => byWalk(subject, ...(uvUnpacks(problem) || !problem.plain ? (['uv'] as const) : [])),
    )
  },
})
