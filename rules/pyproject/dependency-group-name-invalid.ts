import { finding, quote, rule } from '../../src/rule.js'
import { isName } from '../../src/standards/name.js'
import { entries, isTable, kindOf } from '../../src/views/pyproject.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'

export default rule({
  id: 'dependency-group-name-invalid',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Dependency groups specification',
  url: DEPENDENCY_GROUPS,
  summary: 'The name of a dependency group is not valid.',
  why: 'Tools reject the table of dependency groups.',
  fix: 'Use only ASCII letters, digits, `.`, `_` and `-`, and start and end with a letter or digit.',
  byHand: 'Only a person can choose another name.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\n"all tests" = ["pytest"]\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntests = ["pytest"]\n',
    },
  },
  *check({ pyproject }) {
    const groups = pyproject?.get('dependency-groups')
    if (!pyproject || groups === undefined) return
    if (!isTable(groups))
      yield finding(pyproject.place('dependency-groups'), `dependency-groups is ${kindOf(groups)}, not a table.`)
    for (const [name] of entries(groups))
      if (!isName(name))
        yield finding(
          pyproject.keyPlace('dependency-groups', name),
          `${quote(name)} is not a valid name for a dependency group.`,
        )
  },
})
