import { within } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { globProblem } from '../../src/standards/globs.js'
import { isList, texts, unlessStops } from '../../src/views/pyproject.js'
import { GLOB_PATTERNS } from '../shared/specifications.js'

export default rule({
  id: 'license-files-glob-invalid',
  topic: 'license',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Glob patterns specification; PEP 639',
  url: GLOB_PATTERNS,
  summary: 'A pattern in `project.license-files` is not valid.',
  why: 'Backends must reject it; setuptools and hatchling ignore it, so the license file is missing.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: 'Write a path relative to pyproject.toml with `/` as the separator; the only wildcards are `*`, `?`, `**` and `[…]`.',
  bad: [
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = "Demo"\nlicense-files = ["LICENSE", "../NOTICE"]\n',
      },
    },
    {
      sdist: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense-files = ["LICENSE", "../NOTICE"]\n',
      },
    },
  ],
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\nversion = "1.0"\nlicense-files = ["LICEN[CS]E*"]\n',
    },
  },
  *check({ pyproject }) {
    const patterns = pyproject?.get('project', 'license-files')
    if (!pyproject || !isList(patterns)) return
    for (const [index, pattern] of texts(patterns)) {
      const problem = globProblem(pattern)
      const part = /\.\.|^\/|\\/.exec(pattern)?.[0] ?? pattern
      if (problem !== undefined)
        yield finding(
          within(pyproject.place('project', 'license-files', index), part),
          `The pattern ${quote(pattern)} is not valid: ${problem}.`,
          unlessStops(pyproject, ['setuptools', 'hatchling']),
        )
    }
  },
})
