import { finding, quote, rule } from '../../src/rule.js'
import { dataScripts } from '../../src/views/dist-info.js'

export default rule({
  id: 'script-shebang-not-python',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Binary distribution format, "The .data directory"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'The first line of a script names a fixed Python interpreter.',
  why: 'Installers replace only `#!python`. Any other line is kept, and the script runs with the Python it names instead of the one in the environment.',
  fix: 'Start the script with `#!python`, or replace it with an entry point.',

  needs: ['whole-wheel'],
  bad: { wheel: { files: { '{data}/scripts/tool': '#!/usr/bin/env python3\nprint(1)\n' } } },
  good: { wheel: { files: { '{data}/scripts/tool': '#!python\nprint(1)\n' } } },
  *check(wheel) {
    for (const { member } of dataScripts(wheel)) {
      const line = firstLine(wheel.texts.get(member.path)?.text)
      if (!line?.startsWith('#!') || !/python/i.test(line) || line.startsWith('#!python')) continue
      const own = /^#!\s*\/(?:home|Users|root|tmp|build)\//.test(line)
      yield finding(
        { member: member.path, line: 1, column: 1, mark: line },
        own
          ? `The script starts with ${quote(line)}, a Python on the machine it was built on.`
          : `The script starts with ${quote(line)}, but installers replace only #!python.`,
      )
    }
  },
})

/** First line of a text without its end, up to 1,000 characters. */
const firstLine = (text: string | undefined): string | undefined => text?.slice(0, 1000).split(/[\r\n]/, 1)[0]
