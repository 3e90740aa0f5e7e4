import { type EntryPoint, isCommand } from '../../src/distribution/entry-points.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'

export default rule({
  id: 'entry-point-case-collision',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Entry points specification, "Use for scripts"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'Two commands have the same name, or differ only in letter case.',
  why: 'They are the same file, those that differ in case on Windows and macOS, so only one of them exists after installation.',
  fix: (project, about) => `Rename one of them under ${project.key('entry-points', about.value)}.`,

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\nDemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n\n[gui_scripts]\ndemo = demo.cli:main\n' } },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(dist) {
    const seen = new Map<string, EntryPoint>()
    for (const entry of entryPointReadings(dist).entries) {
      if (!isCommand(entry)) continue
      const other = seen.get(entry.name.toLowerCase())
      if (other === undefined) seen.set(entry.name.toLowerCase(), entry)
      else if (other.name !== entry.name)
        yield finding(
          entry,
          `The commands ${quote(other.name)} and ${quote(entry.name)} are the same file on case-insensitive file systems.`,
        )
      else if (other.group !== entry.group)
        yield finding(
          entry,
          `Two commands have the name ${quote(entry.name)}, one in ${other.group} and one in ${entry.group}: the file of one replaces that of the other.`,
        )
    }
  },
})
