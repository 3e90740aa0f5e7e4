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
  summary: 'pyproject.toml contains an unknown top-level table.',
  why: 'Top-level names are reserved. Tools read their settings below `[tool]`, so they most likely ignore the table.',
  fix: 'Move the table below `[tool]`.',
  byHand: 'Only a person knows which tool the table is for.',
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
      yield finding(pyproject.keyPlace(key), `No specification defines the top-level key ${quote(key)}.`, {
        help: DRAFTS.has(key) ? `It is part of a draft (${DRAFTS.get(key)}).` : `Rename it to \`[tool.${key}]\`.`,
        subject: key,
      })
    }
  },
})
