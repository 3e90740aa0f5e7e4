import { finding, quote, rule } from '../../src/rule.js'
import { globMatcher, globProblem, MOST_PATTERNS } from '../../src/standards/globs.js'
import { texts, unlessStops } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'

export default rule({
  id: 'license-files-glob-unmatched',
  topic: 'license',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "license-files"; PEP 639',
  url: pyprojectToml('license-files'),
  summary: 'A pattern in `project.license-files` matches no file of the sdist.',
  why: 'Backends must refuse it; setuptools and hatchling write no License-File and say nothing.',
  breaks: 'The backend stops at it, so nobody can build or install from the sdist.',
  fix: 'Include the file in the sdist, or correct the pattern.',
  absence: 'member',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = "Demo"\nlicense-files = ["LICENSE", "NOTICE"]\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense-files = ["LICENSE", "NOTICE"]\n',
      },
    },
  ],
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense-files = ["LICEN[CS]E*"]\n',
    },
  },
  *check({ pyproject, top, members }) {
    if (!pyproject || top === undefined) return
    for (const [index, pattern] of texts(pyproject.get('project', 'license-files'))) {
      if (index >= MOST_PATTERNS || globProblem(pattern) !== undefined) continue
      const matches = globMatcher(pattern)
      const prefix = `${top}/`
      if (members.list.some(({ path }) => path.startsWith(prefix) && matches(path.slice(prefix.length)))) continue
      yield finding(
        pyproject.place('project', 'license-files', index),
        `The pattern ${quote(pattern)} matches no file of the sdist.`,
        unlessStops(pyproject, ['setuptools', 'hatchling', 'maturin']),
      )
    }
  },
})
