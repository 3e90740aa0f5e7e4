import type { EntryPoint, EntryPointsProblemKind } from '../../src/distribution/entry-points.js'
import type { Draft, Enforcer } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { refused } from '../../src/views/entry-point-readings.js'

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
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'MUST',
  source: 'Entry points specification, "File format"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'A line of entry_points.txt is neither a [group] nor name = value.',
  why: 'PyPI refuses what ConfigParser does not read. pip breaks down on a line without `=` even where ConfigParser reads it, as a comment that begins with `;` or a value on the next line; uv does so in the groups of commands.',
  fix: 'Write `name = module:function` on one line below a `[group]`, each name once in its group, and begin comments with `#`.',
  pypiMessage: "Wheel 'F' has invalid entry points defined in the entry_points.txt file",

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo\n' } },
    { wheel: { entryPoints: 'demo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\na = demo.cli:main\n[console_scripts]\nb = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\n; the tools\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.plugins:one\n  demo.plugins:two\n' } },
    {
      wheel: { entryPoints: '[console_scripts]\ndemo =\n  demo.cli:main\n' },
      alsoGives: ['entry-point-value-invalid'],
    },
  ],
  good: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '# the tools\n[console_scripts]\n  # one\ndemo = demo.cli:main\n' } },
  ],
  *check(wheel) {
    const lines = new Map<number | undefined, { said: string[]; by: Enforcer[]; at: Draft['at'] }>()
    const note = (at: Draft['at'] & object, said: string, ...by: readonly Enforcer[]) => {
      const known = lines.get(at.line)
      if (!known) lines.set(at.line, { said: [said], by: [...by], at })
      else if (by.some(one => !known.by.includes(one))) known.by.push(...by.filter(one => !known.by.includes(one)))
      else known.said.push(said)
    }
    for (const problem of wheel.entryPoints?.problems ?? []) {
      const say = SAID[problem.kind]
      if (say) note(problem, say(quote(problem.text)), 'pypi')
    }
    for (const [entry, by] of refused(wheel, 'no-delimiter')) note(entry, lineSaid(entry), ...by)
    for (const [entry] of refused(wheel, 'open-bracket')) note(entry, `${quote(entry.name)} has no closing ].`, 'uv')
    for (const [entry] of refused(wheel, 'no-name')) note(entry, 'There is no name before =.', 'uv')
    for (const { at, said, by } of lines.values()) yield finding(at, said[0] ?? '', { enforcedBy: by })
  },
})

const lineSaid = ({ name }: EntryPoint): string =>
  name.startsWith(';')
    ? `${quote(name)} is no comment for pip, which knows # alone, and has no form name = value.`
    : `${quote(name)} has no form name = value.`
