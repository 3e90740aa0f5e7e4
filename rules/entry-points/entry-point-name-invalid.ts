import { finding, quote, rule } from '../../src/rule.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'

export default rule({
  id: 'entry-point-name-invalid',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The name of an entry point starts with a bracket.',
  why: 'The line looks like a group header, and tools disagree about its meaning.',
  fix: (project, about) => `Choose a name without \`[\` under ${project.key('entry-points', about.value)}.`,

  byHand: 'Only a person can choose another name.',
  bad: { wheel: { entryPoints: '[demo.plugins]\n[one = demo.cli:main\n' } },
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(dist) {
    for (const entry of entryPointReadings(dist).entries)
      if (entry.name.startsWith('[')) yield finding(entry, `The entry point name ${quote(entry.name)} starts with '['.`)
  },
})
