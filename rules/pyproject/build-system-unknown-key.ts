import { finding, quote, rule } from '../../src/rule.js'
import { entries, isTable } from '../../src/views/pyproject.js'
import { hinter } from '../shared/hints.js'
import { pyprojectToml } from '../shared/specifications.js'
import { misspelledRequires } from './_backends.js'

const KNOWN = ['requires', 'build-backend', 'backend-path']

export default rule({
  id: 'build-system-unknown-key',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "[build-system] table"; PEP 518',
  url: pyprojectToml('declaring-build-system-dependencies-the-build-system-table'),
  summary: '`[build-system]` contains an unknown key.',
  why: 'Tools ignore the key, and the specification reserves unknown names.',
  fix: 'Remove the key or correct its name.',
  byHand: 'Only a person knows whether the key is misspelled, or a setting of a tool.',
  bad: {
    sdist: {
      pyproject:
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\nrequires-python = ">=3.9"\n',
    },
  },
  good: { sdist: {} },
  *check({ pyproject }) {
    const nearest = hinter(() => KNOWN)
    if (!pyproject) return
    const table = pyproject.get('build-system')
    const written = isTable(table) ? misspelledRequires(table) : undefined
    // A misspelled `requires` is what is missing.
    for (const [key] of entries(table))
      if (!KNOWN.includes(key) && key !== written)
        yield finding(
          pyproject.keyPlace('build-system', key),
          `${quote(key)} is not a valid key in [build-system].${nearest(key)}`,
        )
  },
})
