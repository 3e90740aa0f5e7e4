import { finding, quote, rule } from '../../src/rule.js'
import { entries, kindOf } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS } from './_backends.js'

export default rule({
  id: 'project-entry-points-nested',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "Entry points"',
  url: pyprojectToml('entry-points'),
  summary: '`project.entry-points` is not a table of groups, each a table of strings.',
  why: 'Build backends reject it. A group with a dot in its name must be quoted.',
  breaks: BUILD_STOPS,
  fix: 'Write `[project.entry-points."group.name"]` with `name = "module:object"` below it.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.entry-points.demo.plugins]\nfirst = "demo:first"\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[project.entry-points."demo.plugins"]\nfirst = "demo:first"\n',
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const [group, points] of entries(pyproject.get('project', 'entry-points'))) {
      if (kindOf(points) !== 'a table')
        yield finding(
          pyproject.place('project', 'entry-points', group),
          `The entry point group ${quote(group)} is ${kindOf(points)}, not a table.`,
        )
      for (const [name, value] of entries(points))
        if (typeof value !== 'string')
          yield finding(
            kindOf(value) === 'a table'
              ? pyproject.keyPlace('project', 'entry-points', group, name)
              : pyproject.place('project', 'entry-points', group, name),
            `project.entry-points.${group}.${name} is ${kindOf(value)}, not a string.${kindOf(value) === 'a table' ? ` Quote the name of the group: "${group}.${name}".` : ''}`,
          )
    }
  },
})
