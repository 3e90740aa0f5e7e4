import type { Pyproject } from '../../src/distribution/pyproject.js'
import type { Place } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entryPointReadings } from '../../src/views/entry-point-readings.js'
import { entries } from '../../src/views/pyproject.js'

export default rule({
  id: 'entry-point-name-invalid',
  topic: 'entry-points',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Entry points specification, "Data model"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'The name of an entry point means something else in entry_points.txt.',
  why: 'Tools disagree about the meaning of the line, or read another name. Some backends refuse the name, most write it unread.',
  fix: (project, about) =>
    `Choose a name of letters, digits, underscores, dots and hyphens under ${project.key('entry-points', about.value)}.`,
  byHand: 'Only a person can choose another name.',
  bad: [
    { wheel: { entryPoints: '[demo.plugins]\n[one = demo.cli:main\n' } },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.entry-points."demo.plugins"]\n"one=1" = "demo"\n" two" = "demo"\n"#3" = "demo"\n',
        files: { '{top}/src/demo/__init__.py': '' },
      },
    },
  ],
  good: { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
  *check(dist) {
    const own = dist.kind === 'sdist' && !dist.tree ? declared(dist.pyproject) : []
    const isWritten = own.length === 0 && !(dist.kind === 'sdist' && dist.tree)
    for (const { name, ...place } of own.length > 0 ? own : entryPointReadings(dist).entries) {
      // The lines of entry_points.txt that tools read differently have a rule of their own.
      if (isWritten && !name.startsWith('[')) continue
      if (CHANGED.test(name))
        yield finding(place, `The entry point name ${quote(name)} means something else in entry_points.txt.`)
    }
  },
})

/** Empty, what begins another kind of line, or what ends a name. */
const CHANGED = /^$|^[[#;\s]|[=\r\n]|\s$/

type Named = Place & { readonly name: string }

/** What `[project]` of an sdist declares. */
function declared(pyproject: Pyproject | undefined): readonly Named[] {
  if (!pyproject) return []
  return entries(pyproject.get('project', 'entry-points')).flatMap(([group, table]) =>
    entries(table).map(([name]) => ({
      ...pyproject.keyPlace('project', 'entry-points', group, name),
      value: `${group}.${name}`,
      name,
    })),
  )
}
