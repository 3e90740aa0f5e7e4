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
  byHand: 'Only a person knows what the line was to say.',
  bad: [
    { sdist: { pyproject: '[project\nname = "demo"\n' } },
    { sdist: { pyproject: '[project]\nname = "demo\nversion = "1.0"\n' } },
    { sdist: { pyproject: '[project]\nname = demo\nversion = "1.0"\n' } },
    { sdist: { pyproject: '[project]\nname = "demo"\ndependencies = [\n    "attrs"\n    "six",\n]\n' } },
    {
      tree: {
        pyproject:
          '[project]\nname = "demo"\ndependencies = [\n<<<<<<< HEAD\n    "attrs>=23",\n=======\n    "attrs>=24",\n>>>>>>> update\n]\n',
      },
    },
    { tree: { pyproject: '\ufeff[project]\nname = "demo"\nversion = "1.0"\n' } },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    const error = pyproject?.error
    if (error) yield finding(error, `pyproject.toml is not valid TOML: ${error.message}`, { help: error.help })
  },
})
