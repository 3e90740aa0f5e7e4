import { finding, quote, rule } from '../../src/rule.js'
import { fileNamePart, normalVersion } from '../../src/views/dist-info.js'

export default rule({
  id: 'dist-info-not-normalized',
  topic: 'wheel',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Binary distribution format, "The .dist-info directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The name of the .dist-info directory is not normalized.',
  why: 'Since January 2025 the specification requires normalized names. Tools that look for the normalized name do not find the directory.',
  fix: ({ backend }) =>
    backend === 'setuptools'
      ? 'Build with setuptools 75.8.1 or later, which writes the normalized name.'
      : backend === 'flit-core'
        ? 'Build with flit_core 3.7 or later, which writes the normalized name.'
        : 'Build with a backend that writes the normalized name, such as hatchling, setuptools 75.8.1 or flit_core 3.7.',
  // Where it is true, the file name has the same problem, or is not that of the directory: each has a rule of its own.
  status: 'strict',
  byHand: 'The build backend writes it: another version of it helps, not a key of the project.',
  bad: { wheel: { filename: 'Demo-1.0-py3-none-any.whl' }, alsoGives: ['wheel-filename-name-not-normalized'] },
  good: { wheel: {} },
  *check(wheel) {
    const { distInfo } = wheel
    const [, name, version] = /^([^-]+)-([^-]+)\.dist-info$/.exec(distInfo ?? '') ?? []
    if (name === undefined || version === undefined) return
    const expected = `${fileNamePart(name)}-${normalVersion(version)}.dist-info`
    if (distInfo !== expected)
      yield finding(
        { member: distInfo },
        `The directory is named ${quote(distInfo ?? '')}. Expected ${quote(expected)}.`,
        { subject: 'dist-info' },
      )
  },
})
