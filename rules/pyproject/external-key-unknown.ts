import { finding, quote, rule } from '../../src/rule.js'
import { EXTERNAL_KEYS, PEP_725 } from '../../src/views/external.js'
import { entries, isTable, kindOf } from '../../src/views/pyproject.js'

const HEAD = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n'

export default rule({
  id: 'external-key-unknown',
  topic: 'pyproject',
  severity: 'warning',
  status: 'preview',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 725 (draft), "Changes in pyproject.toml"',
  url: PEP_725,
  summary: '`[external]` has a key that PEP 725 does not define.',
  why: 'No tool may add keys to the table, so those that read it refuse it or pass over the dependency.',
  fix: 'Use build-requires, host-requires, dependencies, their `optional-` tables, or dependency-groups.',
  byHand: 'A person has to say which of the two is meant.',
  bad: [
    { sdist: { pyproject: `${HEAD}[external]\nrequires = ["dep:generic/openssl"]\n` } },
    { sdist: { pyproject: `${HEAD}[external]\nbuild-requires = "dep:generic/openssl"\n` } },
  ],
  good: { sdist: { pyproject: `${HEAD}[external]\nbuild-requires = ["dep:virtual/compiler/c"]\n` } },
  *check({ pyproject }) {
    const external = pyproject?.get('external')
    if (!pyproject || external === undefined) return
    if (!isTable(external)) {
      yield finding(pyproject.place('external'), `'external' is ${kindOf(external)}; a table is expected.`)
      return
    }
    for (const [key, value] of entries(external)) {
      const wanted = EXTERNAL_KEYS.get(key)
      if (!wanted)
        yield finding(pyproject.keyPlace('external', key), `[external] has no key ${quote(key)} in PEP 725.`, {
          subject: key,
        })
      else if ((wanted === 'list') === isTable(value) || (wanted === 'list' && !Array.isArray(value)))
        yield finding(
          pyproject.place('external', key),
          `'external.${key}' is ${kindOf(value)}; ${wanted === 'list' ? 'an array' : 'a table of arrays'} is expected.`,
        )
    }
  },
})
