import { rule } from '../../src/rule.js'
import { APPNOTE, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip64-extra-contradiction',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.5.3',
  url: APPNOTE,
  summary: 'The zip64 field of a member contradicts the plain fields, or lacks a value that they leave to it.',
  why: 'Readers that prefer one see another size or place than those that prefer the other; uv refuses the file.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
  pypiMessage: 'ZIP archive not accepted: Malformed zip file. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: { wheel: { make: 'zip64-extra-other' } },
  good: { wheel: { make: 'zip64-extra' } },
  check: subject =>
    fromProblems(
      subject,
      ['zip64-extra-contradiction', 'zip64-extra-missing'],
      problem =>
        problem.kind === 'zip64-extra-missing'
          ? `The ${problem.where} header of ${memberText(problem)} leaves ${problem.wanted} values to its zip64 field, which has ${problem.values} values.`
          : `The zip64 field in the ${problem.where} header of ${memberText(problem)} says ${problem.zip64}, the plain field ${problem.plain}.`,
      problem => (problem.kind === 'zip64-extra-missing' ? ['pypi', 'uv'] : ['uv']),
    ),
})
