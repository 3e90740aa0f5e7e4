import { isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: 'entry-point-script-no-callable',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Entry points specification, "Use for scripts"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'A command names a module but no function.',
  why: 'pip refuses to install the wheel, since there is nothing for the command to call.',
  fix: 'Write `module:function`.',

  bad: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli\n' } },
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(wheel) {
    for (const entry of wheel.entryPoints?.entries ?? [])
      if (isCommand(entry) && entry.module !== undefined && entry.attr === undefined)
        yield finding(
          entry.targetPlace,
          `The command ${quote(entry.name)} is ${quote(entry.target)}, which names no function.`,
        )
  },
})
