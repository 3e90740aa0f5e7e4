import { finding, rule } from '../../src/rule.js'
import { pyprojectToml } from '../shared/specifications.js'
import { differences } from '../shared/static-metadata.js'

export default rule({
  id: 'pyproject-static-not-honoured',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "Declaring project metadata: the [project] table"',
  url: pyprojectToml('declaring-project-metadata-the-project-table'),
  summary: 'PKG-INFO differs from what `[project]` declares statically.',
  why: 'uv reads dependencies from pyproject.toml, pip from what is built: they install different things.',
  fix: 'Build the sdist again from these sources, or list the key in `dynamic`.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndependencies = ["attrs>=25"]\n',
      metadata: { 'Requires-Dist': 'attrs>=23' },
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndependencies = ["Attrs (>=25,<27)"]\n',
      metadata: { 'Requires-Dist': 'attrs<27,>=25' },
    },
  },
  *check({ pyproject, metadata }) {
    // Before 2.2 PKG-INFO promised nothing, and often lacked the dependencies.
    if (!pyproject?.project || !metadata?.atLeast('2.2')) return
    for (const { at, message, resolution } of differences(pyproject, metadata))
      yield finding(at, `${message}.`, resolution ? undefined : { severity: 'warning' })
  },
})
