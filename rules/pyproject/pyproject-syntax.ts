import { finding, rule } from '../../src/rule.js'

export default rule({
  id: 'pyproject-syntax',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: ['pip', 'uv'],
  force: 'MUST',
  source: 'pyproject.toml specification; TOML 1.0.0',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/',
  summary: 'pyproject.toml is not valid TOML.',
  why: 'No installer can build the sdist.',
  fix: 'Correct the syntax error on that line.',
  byHand: 'A person has to say which of the two is meant.',
  bad: { sdist: { pyproject: '[project\nname = "demo"\n' } },
  good: { sdist: {} },
  *check({ pyproject }) {
    const error = pyproject?.error
    if (error) yield finding(error, `pyproject.toml is not valid TOML: ${error.message}`)
  },
})
