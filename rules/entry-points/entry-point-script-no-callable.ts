import { finding, quote, rule } from '../../src/rule.js'
import { refused } from '../../src/views/entry-point-readings.js'
import { meantFunction } from '../../src/views/python-modules.js'

export default rule({
  id: 'entry-point-script-no-callable',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Entry points specification, "Use for scripts"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'A command names a module but not a function.',
  why: 'pip refuses to install the wheel, because the command has nothing to call. pip also does not see the function if there is a space before or after the colon.',
  fix: (project, about) =>
    `Write \`module:function\` under ${project.key('entry-points', about.value)}, without spaces.`,
  needs: ['python-imports'],

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli\n' } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli : main\n' } },
    { sdist: { files: { '{top}/src/demo.egg-info/entry_points.txt': '[console_scripts]\ndemo = demo-cli:main\n' } } },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(dist) {
    const byUv = refused(dist, 'value')
    for (const [entry, enforcedBy] of refused(dist, 'no-callable')) {
      const meant = meantFunction(dist, entry.target)
      const blank = /\s:|:\s/.test(entry.target)
      yield finding(
        entry.targetPlace,
        blank
          ? `The command ${quote(entry.name)} is ${quote(entry.target)}; pip does not see the function because of the space next to the colon.`
          : entry.target.includes(':')
            ? `The command ${quote(entry.name)} is ${quote(entry.target)}; pip does not find a function in it, because it is not a Python module and a name.`
            : `The command ${quote(entry.name)} is ${quote(entry.target)}, which does not name a function.`,
        {
          enforcedBy: [...enforcedBy, ...(byUv.get(entry) ?? [])],
          ...(meant !== undefined && {
            help: project => `Write \`${meant}\` under ${project.key('entry-points', entry.targetPlace.value)}.`,
          }),
        },
      )
    }
  },
})
