import { finding, quote, rule } from '../../src/rule.js'
import { meantProjectKey } from '../../src/standards/project-keys.js'
import { isList, kindOf, PROJECT_KEYS, unlessStops } from '../../src/views/pyproject.js'
import { hinter } from '../shared/hints.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS } from './_backends.js'
import { lostWithProjectKey } from './_explained.js'

const ALLOWED = PROJECT_KEYS.filter(key => key !== 'name' && key !== 'dynamic')

export default rule({
  id: 'project-dynamic-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "dynamic"',
  url: pyprojectToml('dynamic'),
  summary: '`project.dynamic` contains a value that is not allowed.',
  why: 'Build backends reject the table.',
  breaks: BUILD_STOPS,
  fix: 'List only keys of `[project]`, and never `name`.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\ndynamic = ["version", "name"]\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["hatchling", "hatch-vcs"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "demo"\ndynamic = ["version", "description", "readme", "license", "license-files", "authors", "keywords", "classifiers", "urls", "requires-python"]\n\n[tool.hatch.version]\nsource = "vcs"\n',
    },
  },
  *check({ pyproject }) {
    const nearest = hinter(() => ALLOWED)
    const dynamic = pyproject?.get('project', 'dynamic')
    if (!pyproject || dynamic === undefined) return
    if (!isList(dynamic)) {
      yield finding(pyproject.place('project', 'dynamic'), `project.dynamic is ${kindOf(dynamic)}, not an array.`)
      return
    }
    for (const [index, key] of dynamic.entries()) {
      const at = pyproject.place('project', 'dynamic', index)
      if (typeof key !== 'string')
        yield finding(
          at,
          `project.dynamic contains ${kindOf(key)}, not a string.`,
          unlessStops(pyproject, ['hatchling']),
        )
      else if (key === 'name') yield finding(at, 'project.dynamic lists `name`, which must be static.')
      else if (!ALLOWED.includes(key))
        yield finding(at, `project.dynamic lists ${quote(key)}, which is not a key of [project].${nearest(key)}`, {
          ...unlessStops(pyproject, ['hatchling', 'maturin']),
          explains: lostWithProjectKey(meantProjectKey(key) ?? ''),
        })
    }
  },
})
