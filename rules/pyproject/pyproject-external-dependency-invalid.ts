import { atProblem } from '../../src/place.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseExternalDependency } from '../../src/standards/external-dependency.js'
import { externalItems, PEP_725 } from '../../src/views/external.js'
import { problemOf } from '../../src/views/parsed.js'
import { isTable, kindOf } from '../../src/views/pyproject.js'

const HEAD = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[external]\n'

export default rule({
  id: 'pyproject-external-dependency-invalid',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 725 (draft), "DepURL"',
  url: PEP_725,
  summary: 'An external dependency is not a valid DepURL.',
  why: 'Tools that implement the draft must reject the table.',
  fix: 'Write `dep:type/name`, with `@>=1.2` and `; marker` where needed.',
  status: 'preview',
  byHand: 'No current backend reads the table, which is a draft.',
  formerly: ['external-dependency-invalid'],
  bad: [
    { sdist: { pyproject: `${HEAD}build-requires = ["pkg:generic/openssl"]\n` } },
    { sdist: { pyproject: `${HEAD}build-requires = ["dep:virtual/c"]\n` } },
    { sdist: { pyproject: `${HEAD}host-requires = ["dep:generic/openssl@~=3.0"]\n` } },
    { sdist: { pyproject: `${HEAD}[external.optional-dependencies]\nssl = [1]\n` } },
  ],
  good: {
    sdist: {
      pyproject: `${HEAD}build-requires = ["dep:virtual/compiler/c", "dep:generic/xcb; platform_system == 'Linux'"]\nhost-requires = ["dep:virtual/interface/lapack@>=3.7.1", "dep:golang/github.com/junegunn/fzf"]\n`,
    },
  },
  *check({ pyproject }) {
    if (!pyproject) return
    for (const { path, value, inGroup } of externalItems(pyproject)) {
      if (inGroup && isTable(value)) continue
      if (typeof value !== 'string') {
        yield finding(pyproject.place(...path), `The dependency is ${kindOf(value)}; expected a string.`)
        continue
      }
      const problem = problemOf(parseExternalDependency, value)
      if (problem)
        yield finding(
          atProblem(pyproject.place(...path), value, problem),
          `${quote(value)} is not a valid external dependency: ${problem.message}.`,
        )
    }
  },
})
