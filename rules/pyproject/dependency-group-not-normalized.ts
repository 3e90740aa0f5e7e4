import { groupBy } from '../../src/group-by.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName, isName, normalizeName } from '../../src/standards/name.js'
import { entries } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { DEPENDENCY_GROUPS } from '../shared/specifications.js'

export default rule({
  id: 'dependency-group-not-normalized',
  topic: 'pyproject',
  severity: 'info',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Dependency groups specification',
  url: DEPENDENCY_GROUPS,
  summary: 'The name of a dependency group is not in the normalized form.',
  why: 'Tools normalize the name before they compare it, so what they print differs from what the file says.',
  fix: 'Write it in lowercase with `-` between its words, here and in each `include-group`.',
  byHand: 'Other files and commands name the group too.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\nType_Check = ["mypy"]\ndev = [{ include-group = "Type_Check" }, "pytest"]\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[dependency-groups]\ntype-check = ["mypy"]\ndev = [{ include-group = "type-check" }, "pytest"]\n',
    },
  },
  *check({ pyproject }) {
    const groups = entries(pyproject?.get('dependency-groups')).map(([name]) => name)
    const alike = groupBy(groups, canonicalName)
    for (const name of groups) {
      if (!isName(name) || normalizeName(name) === name) continue
      // Two spellings of one group have a rule of their own.
      if (alike.get(normalizeName(name))?.length !== 1) continue
      yield finding(
        pyproject?.keyPlace('dependency-groups', name),
        `The normalized name of the dependency group ${quote(name)} is ${quote(normalizeName(name))}.`,
        { remedy: safely({ kind: 'rename', what: 'group', name, by: normalizeName(name) }) },
      )
    }
  },
})
