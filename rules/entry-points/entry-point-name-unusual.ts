import { isCommand } from '../../src/distribution/entry-points.js'
import type { Enforcer } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entryPointReadings, refused } from '../../src/views/entry-point-readings.js'
import { isPlainName } from './_names.js'

export default rule({
  id: 'entry-point-name-unusual',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'source-tree'],
  enforcedBy: ['pypi', 'pip', 'uv'],
  force: 'SHOULD',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The name of an entry point contains characters other than letters, digits, underscores, dots and hyphens.',
  why: 'PyPI rejects such names for commands, and installers reject names that are a path out of the scripts directory. In other groups, tools may not accept the name.',
  fix: (project, about) =>
    `Rename it under ${project.key('entry-points', about.value)}: use letters, digits, \`_\`, \`.\` and \`-\`.`,
  byHand: 'Only a person can choose another name.',
  pypiMessage: "Wheel 'F' has invalid entry points defined in the entry_points.txt file",

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo+tool = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo tool = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\n../demo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\n.. = demo.cli:main\n' } },
    { wheel: { entryPoints: '[demo.plugins]\nfirst one = demo.plugins:first\n' } },
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.scripts]\n"demo+tool" = "demo:main"\n',
        files: { 'src/demo/__init__.py': 'def main(): ...\n' },
      },
    },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(dist) {
    const { entries, specified } = entryPointReadings(dist)
    const outside = refused(dist, 'outside')
    // ConfigParser adds the names of DEFAULT to every group.
    const commands = dist.entryPoints?.groups.some(({ name }) => name === 'console_scripts' || name === 'gui_scripts')
    for (const entry of entries) {
      const enforcedBy: Enforcer[] = [...(outside.get(entry) ?? [])]
      const isUsual = isPlainName(entry.name) || entry.name === ''
      const command = isCommand(entry) || (commands && entry.group === 'DEFAULT')
      if (!isUsual && command && specified.has(entry)) enforcedBy.unshift('pypi')
      if (isUsual && enforcedBy.length === 0) continue
      yield finding(
        entry,
        outside.has(entry)
          ? `The command ${quote(entry.name)} would be installed outside the scripts directory.`
          : `The name ${quote(entry.name)} contains a character other than letters, digits, '_', '.' and '-'.`,
        enforcedBy.length > 0 ? { enforcedBy } : { severity: 'info', enforcedBy },
      )
    }
  },
})
