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
  summary:
    'A group name in `project.entry-points` contains characters other than letters, digits, underscores and dots.',
  why: 'Most backends reject the table; with hatchling and flit, tools that follow the specification skip the group.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: 'Use the group name that the consumer of the entry points defines.',
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
          `${quote(group)} is not a valid entry point group (expected a dotted name, such as package.plugins).`,
          {
            ...(!refused && { severity: 'warning' }),
            ...(isCommands(group) && {
              help: `Move the commands to \`[project.${group.startsWith('g') ? 'gui-' : ''}scripts]\`.`,
            }),
          },
        )
  },
})

/** A group that people write for one that installers make commands of. */
const isCommands = (group: string) => /^(?:console|gui)-scripts?$/.test(group)
