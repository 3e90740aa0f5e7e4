import type { Rule } from '../../src/rule.js'

/** A rule on license expressions, with the stated differences. */
export const ruleOf = (changes: Partial<Rule> = {}): Rule => ({
  id: 'license-expression-invalid',
  topic: 'license',
  severity: 'error',
  applies: ['wheel', 'sdist'],
  enforcedBy: ['pypi', 'packaging'],
  force: 'MUST',
  source: 'PEP 639, "Add License-Expression field"',
  url: 'https://peps.python.org/pep-0639/',
  summary: 'License-Expression is not a valid SPDX expression.',
  why: 'PyPI refuses the upload.',
  fix: 'Write `license = "MIT"` in [project]; identifiers are at spdx.org/licenses.',
  pypiMessage: "'MIT License' is invalid for 'license-expression'",
  bad: { wheel: { metadata: { 'License-Expression': 'MIT License' } } },
  good: { wheel: { metadata: { 'License-Expression': 'MIT' } } },
  *check() {},
  ...changes,
})
