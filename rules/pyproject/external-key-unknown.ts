import { finding, quote, rule } from '../../src/rule.js'
import { EXTERNAL_KEYS, PEP_725 } from '../../src/views/external.js'
import { entries, isTable, kindOf } from '../../src/views/pyproject.js'

const HEAD = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n'

export default rule({
  id: 'external-key-unknown',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'PEP 725 (draft), "Changes in pyproject.toml"',
  url: PEP_725,
  summary: '`[external]` contains a key that PEP 725 does not define.',
  why: 'Tools may not define their own keys in the table, so they reject it or ignore the dependency.',
  fix: 'Use `build-requires`, `host-requires`, `dependencies`, one of their `optional-` tables, or `dependency-groups`.',
  status: 'preview',
  byHand: 'Only a person knows which of the keys is meant.',
  bad: [
    { sdist: { pyproject: `${HEAD}[external]\nrequires = ["dep:generic/openssl"]\n` } },
    { sdist: { pyproject: `${HEAD}[external]\nbuild-requires = "dep:generic/openssl"\n` } },
  ],
  good: { sdist: { pyproject: `${HEAD}[external]\nbuild-requires = ["dep:virtual/compiler/c"]\n` } },
  *check({ pyproject }) {
    const external = pyproject?.get('external')
    if (!pyproject || external === undefined) return
    if (!isTable(external)) {
      yield finding(pyproject.place('external'), `'external' is ${kindOf(external)}; expected a table.`)
      return
    }
    for (const [key, value] of entries(external)) {
      const wanted = EXTERNAL_KEYS.get(key)
      if (!wanted)
        yield finding(
          pyproject.keyPlace('external', key),
          `${quote(key)} is not a key that PEP 725 defines in [external].`,
          {
            subject: key,
          },
        )
      else if ((wanted === 'list') === isTable(value) || (wanted === 'list' && !Array.isArray(value)))
        yield finding(
          pyproject.place('external', key),
          `'external.${key}' is ${kindOf(value)}; expected ${wanted === 'list' ? 'an array' : 'a table of arrays'}.`,
        )
    }
  },
})
