import type { EntryPointsProblemKind } from '../../src/distribution/entry-points.js'
import type { Draft, Enforcer } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entryPointReadings, refused } from '../../src/views/entry-point-readings.js'

const SAID: Readonly<Record<EntryPointsProblemKind, ((text: string) => string) | undefined>> = {
  'no-section': text => `${text} stands before the first [group].`,
  'no-delimiter': text => `${text} has no form name = value.`,
  'duplicate-section': text => `The group ${text} occurs twice.`,
  'duplicate-option': text => `The name ${text} occurs twice in its group.`,
  'bad-section-header': text => `${text} is no [group].`,
  'not-utf8': undefined,
  'too-long': undefined,
}

export default rule({
  id: 'entry-points-syntax',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pypi', 'uv', 'pip'],
  force: 'MUST',
  source: 'Entry points specification, "File format"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'entry_points.txt is no file that every reader takes.',
  why: 'PyPI and uv refuse what ConfigParser does not read. pip breaks down on a line without `=` even where ConfigParser reads it, as a comment that begins with `;` or as the next line of a value.',
  fix: 'Write `name = module:function` on one line below a `[group]`, each name once in its group, and begin comments with `#`.',
  pypiMessage: "Wheel 'F' has invalid entry points defined in the entry_points.txt file",

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo\n' } },
    { wheel: { entryPoints: 'demo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\na = demo.cli:main\n[console_scripts]\nb = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\n; the tools\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.plugins:one\n  demo.plugins:two\n' } },
  ],
  good: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '# the tools\n[console_scripts]\n  # one\ndemo = demo.cli:main\n' } },
  ],
  *check(wheel) {
    const found = new Map<string, { readonly at: Draft['at']; readonly said: string; readonly by: Enforcer[] }>()
    const note = (at: Draft['at'] & object, said: string, by: Enforcer) => {
      const key = `${at.line} ${said}`
      const known = found.get(key)
      if (known) known.by.push(by)
      else found.set(key, { at, said, by: [by] })
    }
    const { uvProblems } = entryPointReadings(wheel)
    for (const [by, problems] of [
      ['pypi', wheel.entryPoints?.problems ?? []],
      ['uv', uvProblems],
    ] as const)
      for (const problem of problems) {
        const say = SAID[problem.kind]
        if (say) note(problem, say(quote(problem.text)), by)
      }
    for (const entry of refused(wheel, 'no-delimiter').keys())
      note(
        entry,
        entry.name.startsWith(';')
          ? `${quote(entry.name)} is no comment for pip, which knows # alone.`
          : `${quote(entry.name)} has no form name = value.`,
        'pip',
      )
    for (const { at, said, by } of found.values()) yield finding(at, said, { enforcedBy: by })
  },
})
