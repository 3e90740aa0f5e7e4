import { finding, quote, rule } from '../../src/rule.js'

const KNOWN = new Set(['build-system', 'project', 'dependency-groups', 'tool'])
/** Tables of drafts. */
const DRAFTS = new Map([
  ['external', 'PEP 725'],
  ['variant', 'PEP 817'],
])

export default rule({
  id: 'pyproject-unknown-table',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, introduction',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/',
  summary: 'A top-level table is not defined by any specification.',
  why: 'Such names are reserved. Tools read their settings below `[tool]`, so the table is most likely ignored.',
  fix: 'Move the table below `[tool]`.',
  byHand: 'A person has to say which of the two is meant.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[mypy]\nstrict = true\n',
    },
  },
  good: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[tool.mypy]\nstrict = true\n',
    },
  },
  *check({ pyproject }, { preview }) {
    if (!pyproject?.data) return
    for (const key of Object.keys(pyproject.data)) {
      if (KNOWN.has(key) || (preview && key === 'external')) continue
      yield finding(pyproject.keyPlace(key), `The top-level key ${quote(key)} is reserved.`, {
        help: DRAFTS.has(key) ? `It belongs to a draft (${DRAFTS.get(key)}).` : `Write it as \`[tool.${key}]\`.`,
        subject: key,
      })
    }
  },
})
