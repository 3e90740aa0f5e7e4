import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'sdist-no-pyproject',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist has no pyproject.toml.',
  why: 'It is then built with setuptools in its old way, and may fail where that is missing or too new.',
  fix: 'Add a pyproject.toml with a [build-system] table.',
  absence: 'member',
  bad: { sdist: { pyproject: null } },
  good: { sdist: {} },
  *check({ top, members }) {
    if (top === undefined) return
    if (members.has(`${top}/pyproject.toml`) || members.has(`./${top}/pyproject.toml`)) return
    yield finding(undefined, `There is no ${quote(`${top}/pyproject.toml`)} in the sdist.`)
  },
})
