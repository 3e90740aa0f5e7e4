import type { Problem } from '../../src/archive/problem.js'
import { rule } from '../../src/rule.js'
import { plural } from '../../src/wording.js'
import { APPNOTE, byWalk, fromProblems, memberText } from './_problems.js'

export default rule({
  id: 'zip64-extra-contradiction',
  topic: 'archive',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'twine', 'pip', 'uv'],
  force: 'MUST',
  source: 'APPNOTE 6.3.10, section 4.5.3',
  url: APPNOTE,
  summary: 'The zip64 field of a member holds more or fewer values than the plain fields leave to it.',
  why: 'Python takes the first value for the first plain field that is all ones, PyPI takes sizes by their place, and uv refuses a field with a value too many. Another reader can see another size, or other content at another place.',
  fix: 'Build the file again with a build backend, and upload what it wrote without changing it.',
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
      return ['pypi', 'twine', 'pip', 'uv']
    }),
})

function message(problem: Problem<'zip64-extra-missing' | 'zip64-extra-unneeded'>): string {
  const header = `The ${problem.where} header of ${memberText(problem)}`
  if (problem.kind === 'zip64-extra-unneeded')
    return `${header} leaves ${problem.asked} bytes to its zip64 field, which has ${problem.bytes}.`
  return `${header} leaves ${plural(problem.wanted, 'value')} to its zip64 field, which ${problem.values === undefined ? 'is not there' : `has ${problem.values}`}.`
}
