import { isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { foldPath } from '../../src/text/fold.js'
import { dataScripts } from '../../src/views/dist-info.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'

export default rule({
  id: 'script-shadows-entry-point',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Entry points specification, "Use for scripts"',
  url: 'https://packaging.python.org/en/latest/specifications/binary-distribution-format/',
  summary: 'A script and an entry point have the same name.',
  why: 'Only one of them exists after installation, and which one depends on the installer.',
  fix: 'Keep the entry point and remove the script.',

  bad: ['tool', 'Tool.EXE'].map(name => ({
    wheel: {
      entryPoints: '[console_scripts]\ntool = demo.cli:main\n',
      files: { [`{data}/scripts/${name}`]: '#!python\n' },
    },
  })),
  good: { wheel: { files: { '{data}/scripts/tool': '#!python\nprint(1)\n' } } },
  *check(wheel) {
    const commands = new Map(
      entryPointReadings(wheel)
        .entries.filter(isCommand)
        .map(entry => [entry.name, entry]),
    )
    const folded = new Map([...commands].map(([name, entry]) => [foldPath(name), entry]))
    for (const { path, member } of dataScripts(wheel)) {
      const name = path.replace(/(?:\.exe|-script\.pyw?)$/i, '')
      const entry = commands.get(name) ?? folded.get(foldPath(name))
      if (entry)
        yield finding(
          { member: member.path },
          `The script ${quote(path)} and the entry point ${quote(entry.name)} define the same command${entry.name === name ? '' : ' on systems that ignore case'}.`,
          { related: [{ ...entry, message: 'The entry point' }] },
        )
    }
  },
})
