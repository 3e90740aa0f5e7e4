import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'entry-points-not-utf8',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Entry points specification, "File format"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'entry_points.txt is not UTF-8.',
  why: 'PyPI rejects the file, and installers cannot create its commands.',
  fix: 'Save the file that defines the entry points as UTF-8. pyproject.toml is always UTF-8.',
  byHand: 'No current backend builds it, or writes it.',
  pypiMessage: "Wheel 'F' has invalid entry points defined in the entry_points.txt file",

  bad: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n', make: 'entryPointsInLatin1' } },
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(wheel) {
    const found = wheel.entryPoints?.problems.find(({ kind }) => kind === 'not-utf8')
    if (found) yield finding(found, `${quote(found.member ?? '')} is not UTF-8.`)
  },
})
