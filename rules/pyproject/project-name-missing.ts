import { textAt } from '../../src/project/document.js'
import { finding, quote, rule } from '../../src/rule.js'
import { isName, nearName } from '../../src/standards/name.js'
import { kindOf } from '../../src/views/pyproject.js'
import { missing } from '../shared/missing.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, CARGO } from './_backends.js'
import { isToldAs } from './_misspelled.js'

export default rule({
  id: 'project-name-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "name"',
  url: pyprojectToml('name'),
  summary: '`[project]` does not contain a valid `name`.',
  why: 'The key is required and must be static: build backends and other tools that read `[project]` reject the table.',
  breaks: BUILD_STOPS,
  fix: 'Set `name` to ASCII letters, digits, `.`, `_` and `-`, with a letter or digit at both ends.',
  byHand: 'Only a person can choose a name.',
  bad: [
    { sdist: { pyproject: builtWith('setuptools', 'version = "1.0"') } },
    { sdist: { pyproject: builtWith('maturin', 'version = "1.0"'), files: CARGO } },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject?.project) return
    const { name } = pyproject.project
    if (name === undefined) {
      if (isToldAs(pyproject, 'name')) return
      // maturin takes it from Cargo.toml.
      const maturin = textAt(pyproject, 'build-system', 'build-backend')?.startsWith('maturin')
      yield finding(
        pyproject.place('project', 'name'),
        '[project] does not contain `name`.',
        maturin ? { severity: 'warning' } : undefined,
      )
    } else if (typeof name !== 'string')
      yield finding(pyproject.place('project', 'name'), `project.name is ${kindOf(name)}, not a string.`)
    else if (!isName(name)) {
      const better = nearName(name)
      const hint = better === undefined ? '' : ` ${quote(better)} would be valid.`
      yield finding(pyproject.place('project', 'name'), `${quote(name)} is not a valid project name.${hint}`, {
        explains: [missing.named],
      })
    }
  },
})
