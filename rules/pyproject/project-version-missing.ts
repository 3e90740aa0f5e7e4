import { textAt } from '../../src/project/document.js'
import { finding, quote, rule } from '../../src/rule.js'
import { parseVersion } from '../../src/standards/version.js'
import { problemOf } from '../../src/views/parsed.js'
import { dynamicKeys, kindOf } from '../../src/views/pyproject.js'
import { pyprojectToml } from '../shared/specifications.js'
import { BUILD_STOPS, builtWith, CARGO } from './_backends.js'
import { isToldAs } from './_misspelled.js'
import { asString } from './_numbers.js'

export default rule({
  id: 'project-version-missing',
  topic: 'pyproject',
  severity: 'error',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'MUST',
  source: 'pyproject.toml specification, "version"',
  url: pyprojectToml('version'),
  summary: '`[project]` does not contain a valid `version`, and `dynamic` does not list it.',
  why: 'The version must be set or marked as dynamic: otherwise build backends reject the table.',
  breaks: BUILD_STOPS,
  fix: 'Add `version`, or set `dynamic = ["version"]`.',
  byHand: 'Which version it is, or what computes it, is a decision of the project.',
  bad: [
    { sdist: { pyproject: builtWith('setuptools', 'name = "demo"') } },
    { sdist: { pyproject: builtWith('maturin', 'name = "demo"'), files: CARGO } },
  ],
  good: { sdist: {} },
  *check({ pyproject }) {
    if (!pyproject?.project) return
    const { version } = pyproject.project
    if (version === undefined) {
      if (dynamicKeys(pyproject).includes('version') || isToldAs(pyproject, 'version')) return
      const maturin = textAt(pyproject, 'build-system', 'build-backend')?.startsWith('maturin')
      yield finding(
        pyproject.place('project', 'version'),
        '[project] does not contain `version`, and `dynamic` does not list it.',
        maturin
          ? {
              severity: 'warning',
              help: 'maturin takes the version from Cargo.toml; declare that with `dynamic = ["version"]`.',
            }
          : undefined,
      )
    } else if (typeof version !== 'string')
      yield finding(
        pyproject.place('project', 'version'),
        `project.version is ${kindOf(version)}, not a string.`,
        asString(pyproject, 'version', version),
      )
    else if (problemOf(parseVersion, version))
      yield finding(pyproject.place('project', 'version'), `${quote(version)} is not a valid version.`, {
        help: 'Set `version` to a version such as `1.0`, `1.0rc1` or `1.0.post1`.',
      })
  },
})
