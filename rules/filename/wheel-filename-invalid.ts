import type { WheelName } from '../../src/distribution/filename.js'
import { atProblem, inFileName, ofFileName } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { PIP_PACKAGING } from '../../src/standards/authorities.js'
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

const MAX_BUILD = 2n ** 64n

/** The part that uv cannot read; empty where it is the name or the number of parts. */
function uvRefusal(filename: string): string | undefined {
  const parts = filename.replace(/\.whl$/, '').split('-')
  if (parts.length !== 5 && parts.length !== 6) return ''
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9._]*[A-Za-z0-9])?$/.test(parts[0] ?? '')) return ''
  const build = parts.length === 6 ? parts[2] : undefined
  if (build !== undefined) {
    const [, digits] = /^([0-9]{1,20})[A-Za-z0-9_.]*$/.exec(build) ?? []
    if (digits === undefined || BigInt(digits) >= MAX_BUILD) return build
  }
  return (
    parts.slice(-3).find(part => !/^[A-Za-z0-9_][A-Za-z0-9_.]*$/.test(part)) ??
    (/^[0-9]/.test(parts.at(-3) ?? '') ? '' : undefined)
  )
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
  summary: 'The file name is not a valid wheel name.',
  why: 'PyPI rejects the file, and installers ignore it.',
  fix: 'Name the file `{name}-{version}[-{build}]-{python}-{abi}-{platform}.whl`, as build backends do.',
  pypiMessage: 'Invalid wheel filename (wrong number of parts) / Invalid project name / Invalid build number',

  bad: [
    { wheel: { filename: 'demo-1.0-py3-any.whl' }, alsoGives: ['wheel-tag-invalid'] },
    { wheel: { filename: 'demo-1.0-b1-py3-none-any.whl' } },
    { wheel: { filename: 'demo-1.0-py3-none-any-x86-v3.whl' } },
    { wheel: { filename: 'de__mo-1.0-py3-none-any.whl' }, alsoGives: ['wheel-filename-metadata-mismatch'] },
    { wheel: { filename: 'demo-1.0-1~a-py3-none-any.whl', wheel: { Build: '1~a' } } },
  ],
  good: { wheel: {} },
  *check(wheel) {
    const { filename, name } = wheel
    const text = judged(filename, name)
    const problem = problemOf(parseWheelFilename, text)
    // The version has a rule of its own.
    if (name && !tryVersion(name.version)) return
    const forUv = uvRefusal(text)
    if (!problem) {
      // Control characters and separators have a rule of their own.
      if (forUv !== undefined && forUv !== '' && !/[\0-\x1f\x7f/\\]/.test(forUv))
        yield finding(
          inFileName(wheel, forUv, filename.indexOf(`-${forUv}`) + 1),
          `uv refuses ${quote(forUv)} in a file name. A build tag must start with a number below 2^64; it and the tags may contain only ASCII letters, digits, '_' and '.'.`,
          {
            enforcedBy: ['uv'],
          },
        )
      return
    }
    yield finding(atProblem(ofFileName(wheel), text, problem), `${problem.message}${sinceWords(problem.since)}.`, {
      enforcedBy: [
        ...(problem.since ? [] : (['pypi'] as const)),
        ...(problem.since && problem.since > PIP_PACKAGING ? [] : (['pip'] as const)),
        ...(forUv !== undefined ? (['uv'] as const) : []),
      ],
    })
  },
})
