import type { EntryPointsProblemKind } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'

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
  enforcedBy: ['pypi'],
  force: 'MUST',
  source: 'Entry points specification, "File format"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'entry_points.txt is no file that ConfigParser reads.',
  why: 'PyPI refuses the file; installers stop at the line or leave out the commands after it.',
  fix: 'Write `name = module:function` below a `[group]`, each name once in its group.',
  pypiMessage: "Wheel 'F' has invalid entry points defined in the entry_points.txt file",

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo\n' } },
    { wheel: { entryPoints: 'demo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\ndemo = demo.cli:other\n' } },
    { wheel: { entryPoints: '[console_scripts]\na = demo.cli:a\n[console_scripts]\nb = demo.cli:b\n' } },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(wheel) {
    for (const problem of wheel.entryPoints?.problems ?? []) {
      const say = SAID[problem.kind]
      if (say) yield finding(problem, say(quote(problem.text)))
    }
  },
})
