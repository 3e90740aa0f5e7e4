import type { WheelName } from '../../src/distribution/filename.js'
import { atProblem, ofFileName } from '../../src/place.js'
import { finding, rule } from '../../src/rule.js'
import { parseWheelFilename } from '../../src/standards/filenames.js'
import { sinceWords } from '../../src/standards/packaging-differences.js'
import { tryVersion } from '../../src/standards/version.js'
import { problemOf } from '../../src/views/parsed.js'

/** The name without the variant label (PEP 825), which packaging does not know and which has a rule of its own. */
function judged(filename: string, name: WheelName | undefined): string {
  if (name?.variant === undefined) return filename
  const build = name.build === undefined ? '' : `-${name.build}`
  return `${name.name}-${name.version}${build}-${name.tag}.whl`
}

export default rule({
  id: 'wheel-filename-invalid',
  topic: 'filename',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Binary distribution format, "File name convention"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The file name is not that of a wheel.',
  why: 'PyPI refuses the file, and installers do not consider it.',
  fix: 'Name the file `{name}-{version}[-{build}]-{python}-{abi}-{platform}.whl`, as a build backend does.',
  pypiMessage: 'Invalid wheel filename (wrong number of parts) / Invalid project name / Invalid build number',

  bad: [
    { wheel: { filename: 'demo-1.0-py3-any.whl' }, alsoGives: ['wheel-tag-invalid'] },
    { wheel: { filename: 'demo-1.0-b1-py3-none-any.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-any-x86-v3.whl' } },
    { wheel: { filename: 'de__mo-1.0-py3-none-any.whl' }, alsoGives: ['wheel-filename-metadata-mismatch'] },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const { filename, name } = wheel
    const text = judged(filename, name)
    const problem = problemOf(parseWheelFilename, text)
    // The version has a rule of its own.
    if (!problem || (name && !tryVersion(name.version))) return
    yield finding(atProblem(ofFileName(wheel), text, problem), `${problem.message}${sinceWords(problem.since)}.`, {
      enforcedBy: problem.since ? [] : undefined,
    })
  },
})
