import { finding, quote, rule } from '../../src/rule.js'
import { lookAlike } from '../../src/text/look-alike.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'
import { codePoint } from '../shared/paths.js'

export default rule({
  id: 'entry-point-look-alike',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Unicode Technical Standard 39, "Mixed-Script Detection"',
  url: 'https://www.unicode.org/reports/tr39/#Mixed_Script_Detection',
  summary: 'The name of an entry point contains a letter of another alphabet that looks like a Latin one.',
  why: 'Users who type the name that they read do not get this command, and one command can pass for another.',
  fix: (project, about) => `Rename it under ${project.key('entry-points', about.value)}, with ASCII letters only.`,
  byHand: 'Only a person can choose another name.',
  securitySeverity: 5,
  bad: { wheel: { entryPoints: '[console_scripts]\nd\u0435mo = demo.cli:main\n' } },
  good: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[demo.plugins]\nсправка = demo.plugins:first\n' } },
  ],
  *check(dist) {
    for (const entry of entryPointReadings(dist).entries) {
      const letter = lookAlike(entry.name)
      if (letter !== undefined)
        yield finding(
          entry,
          `The name ${quote(entry.name)} contains ${codePoint(letter)} among Latin letters, and it looks like one of them.`,
        )
    }
  },
})
