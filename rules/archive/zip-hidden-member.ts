import { rule } from '../../src/rule.js'
import { byWalk, fromProblems, memberText, PYPI_ARCHIVES, uvUnpacks } from './_problems.js'

export default rule({
  id: 'zip-hidden-member',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'PyPI, ZIP archive requirements',
  url: PYPI_ARCHIVES,
  summary: 'A member is in the file but not in the central directory.',
  why: 'pip and most scanners do not see it, but a reader that scans the file installs it. PyPI and uv refuse the file.',
  fix: 'Rebuild the file with a build backend. To delete a member from a zip, rewrite the file: some tools only remove its directory entry.',
  pypiMessage:
    'ZIP archive not accepted: Filename not in central directory. See https://docs.pypi.org/archives for more information / Mis-matched local headers and central directory',
  securitySeverity: 8.5,
  bad: { wheel: { make: 'zip-hidden' } },
  good: { wheel: {} },
  check: subject =>
    fromProblems(
      subject,
      ['zip-hidden-member'],
      problem =>
        `${memberText(problem)} at offset ${problem.offset} has a local header but no entry in the central directory.`,
      problem => byWalk(subject, ...(uvUnpacks(problem) || !problem.plain ? (['uv'] as const) : [])),
    ),
})
