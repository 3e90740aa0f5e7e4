import type { Problem } from '../../src/archive/problem.js'
import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, byWalk, fromProblems, memberText, uvUnpacks } from './_problems.js'

export default rule({
  id: 'zip64-extra-contradiction',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.5.3',
  url: APPNOTE,
  summary: 'The zip64 field of a member has more or fewer values than the plain fields require.',
  why: 'Python uses the first value for the first plain field that is all ones, PyPI takes sizes by their position, and uv refuses a field with extra values. Other readers can see another size or other content.',
  fix: 'Rebuild the file with a build backend, and upload it unchanged.',
  pypiMessage: 'ZIP archive not accepted: Malformed zip file. See https://docs.pypi.org/archives for more information',
  securitySeverity: 6.5,
  bad: [
    { wheel: { make: 'zip64-extra-other' } },
    {
      wheel: { make: 'zip64-extra-short' },
      alsoGives: ['zip-bomb', 'zip-content-size', 'zip-local-header-mismatch'],
    },
  ],
  good: [{ wheel: { make: 'zip64-extra' } }, { wheel: { make: 'zip64-extra-repeated' } }],
  check: subject =>
    fromProblems(subject, ['zip64-extra-missing', 'zip64-extra-unneeded'], message, problem => {
      if (problem.where === 'local') return byWalk(subject, 'uv')
      // Python takes the first values, and a plain field of all ones as it is where there is no zip64 field.
      if (problem.kind === 'zip64-extra-unneeded' || problem.values === undefined) return ['uv']
      return uvUnpacks(problem) || problem.sizes ? ['pypi', 'twine', 'pip', 'uv'] : ['pypi', 'twine', 'pip']
    }),
})

function message(problem: Problem<'zip64-extra-missing' | 'zip64-extra-unneeded'>): string {
  const header = `The ${problem.where} header of ${memberText(problem)}`
  if (problem.kind === 'zip64-extra-unneeded')
    return `${header} requires ${plural(problem.asked, 'byte')} in its zip64 field, but the field has ${problem.bytes}.`
  return `${header} requires ${plural(problem.wanted, 'value')} in its zip64 field, but the field ${problem.values === undefined ? 'is missing' : `has ${problem.values}`}.`
}
