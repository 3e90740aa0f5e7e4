import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, entries } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { builtWith, DEMO } from './_backends.js'

/** Backends that refuse it; the others write it unread. */
const REFUSE = new Set(['meson-python', 'pdm-backend', 'poetry-core', 'scikit-build-core', 'setuptools', 'uv-build'])

export default rule({
  id: 'project-entry-points-group-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "Entry points"; entry points specification',
  url: pyprojectToml('entry-points'),
  summary: 'A group in `project.entry-points` is not made of letters, digits, underscores and dots.',
  why: 'Most backends reject the table; with hatchling and flit, tools that keep to the specification skip the group.',
  breaks: 'The backend stops at it, so nobody can build or install from the sdist.',
  fix: 'Name the group as the consumer of the entry points does.',
  byHand: 'Only a person can choose another name.',
  bad: [
    {
      sdist: {
        pyproject: builtWith('setuptools', DEMO, '\n[project.entry-points."demo-plugins"]\nfirst = "demo:first"'),
      },
    },
    {
      sdist: {
        pyproject: builtWith('hatchling', DEMO, '\n[project.entry-points."demo plugins"]\nfirst = "demo:first"'),
      },
    },
  ],
  good: {
    sdist: {
      pyproject: builtWith('setuptools', DEMO, '\n[project.entry-points."demo.plugins"]\nfirst = "demo:first"'),
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    const backend = backendOf(pyproject)
    const refused = backend !== undefined && REFUSE.has(backend)
    for (const [group] of entries(pyproject.get('project', 'entry-points')))
      if (!/^[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*$/u.test(group.slice(0, 1000)))
        yield finding(
          pyproject.keyPlace('project', 'entry-points', group),
          `The entry point group ${quote(group)} is not of the form name.name.`,
          refused ? undefined : { severity: 'warning' },
        )
  },
})
