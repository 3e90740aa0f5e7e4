import { finding, quote, rule } from '../../src/rule.js'
import { SDIST_FORMAT } from '../shared/tar.js'

export default rule({
  id: 'sdist-no-pyproject',
  topic: 'sdist',
  severity: 'error',
  applies: ['sdist'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'The sdist has no pyproject.toml.',
  why: 'setup.py then builds it, in an environment that has setuptools alone. Without a setup.py nothing can build it.',
  fix: 'Add a pyproject.toml with a [build-system] table.',
  byHand: 'Which files belong in a release is a decision of the project.',
  absence: 'member',
  bad: [
    { sdist: { pyproject: null } },
    { sdist: { pyproject: null, files: { '{top}/setup.py': 'from setuptools import setup\n\nsetup()\n' } } },
  ],
  good: { sdist: {} },
  *check(sdist) {
    const { top, members } = sdist
    if (top === undefined) return
    const has = (name: string) => members.has(`${top}/${name}`) || members.has(`./${top}/${name}`)
    if (has('pyproject.toml')) return
    const lacking = `There is no ${quote(`${top}/pyproject.toml`)} in the sdist`
    if (!has('setup.py')) {
      yield finding(undefined, `${lacking}, and no setup.py: nothing says how it is built.`)
      return
    }
    yield finding(undefined, `${lacking}: setup.py builds it.`, { severity: 'info', enforcedBy: [] })
  },
})
