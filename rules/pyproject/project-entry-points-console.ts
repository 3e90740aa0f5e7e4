import { finding, quote, rule } from '../../src/rule.js'
import { backendOf, entries } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, DEMO } from './_backends.js'

const KEYS = new Map([
  ['console_scripts', 'scripts'],
  ['gui_scripts', 'gui-scripts'],
])

/** Backends that reject it; the others silently accept it. */
const REFUSE = new Set(['hatchling', 'flit-core', 'poetry-core', 'uv-build', 'maturin'])

export default rule({
  id: 'project-entry-points-console',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "Entry points"',
  url: pyprojectToml('entry-points'),
  summary: '`project.entry-points` contains a group that belongs in `scripts` or `gui-scripts`.',
  why: 'Backends must reject it; hatchling, flit and others do.',
  breaks: BUILD_STOPS,
  fix: 'Move the commands to `[project.scripts]` or `[project.gui-scripts]`.',
  bad: [
    {
      sdist: {
        pyproject: builtWith('hatchling', DEMO, '\n[project.entry-points.console_scripts]\ndemo = "demo:main"'),
      },
    },
    {
      sdist: {
        pyproject: builtWith('setuptools', DEMO, '\n[project.entry-points.console_scripts]\ndemo = "demo:main"'),
      },
    },
  ],
  good: {
    sdist: {
      pyproject: builtWith('hatchling', DEMO, '\n[project.scripts]\ndemo = "demo.cli:main"'),
      files: { '{top}/src/demo/cli.py': 'def main(): ...\n' },
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    const backend = backendOf(pyproject)
    const refused = backend !== undefined && REFUSE.has(backend)
    for (const [group] of entries(pyproject.get('project', 'entry-points'))) {
      const key = KEYS.get(group)
      if (key !== undefined)
        yield finding(
          pyproject.keyPlace('project', 'entry-points', group),
          `project.entry-points contains the group ${quote(group)}, which must be written as project.${key}.`,
          refused ? undefined : { severity: 'warning' },
        )
    }
  },
})
