import type { Sdist } from '../../src/distribution/distribution.js'
import type { Draft } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { dynamicKeys, isSetuptools, isTable } from '../../src/views/pyproject.js'
import { setupCfg } from '../../src/views/setup-files.js'
import { BACKEND_VERSIONS, familyOf } from './_backend-tables.js'
import { builtWith, DEMO } from './_backends.js'
import { statedVersion } from './_other-versions.js'

/** The numbers of a version, which files of other languages follow with other words. */
const releaseOf = (version: string): string => /^[\d.]*\d/.exec(version)?.[0].replace(/(?:\.0)+$/, '') ?? version

/** Where else a backend is told the version. */
const OTHERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['setuptools', ['tool', 'setuptools', 'dynamic', 'version']],
  ['hatchling', ['tool', 'hatch', 'version']],
  ['pdm-backend', ['tool', 'pdm', 'version']],
  ['poetry-core', ['tool', 'poetry', 'version']],
])

/** What `[egg_info]` of setup.cfg adds to the version of a source tree. An sdist has the version with it. */
function* tagged(sdist: Sdist): Generator<Draft> {
  if (!sdist.tree || sdist.tree.hasPkgInfo || !isSetuptools(sdist)) return
  const options = setupCfg(sdist)
  const version = sdist.metadata?.value('Version')
  const name = version === undefined ? 'the version' : `the version ${quote(version)}`
  for (const key of ['tag_build', 'tag_date']) {
    const option = options.get(`egg_info.${key}`)
    const [value] = option?.values ?? []
    const isDate = key === 'tag_date'
    if (!option || !value || (isDate && !/^(?:1|true|yes|on)$/i.test(value.text))) continue
    yield finding(
      { member: option.member, line: value.line, column: value.column, value: value.text, mark: value.text },
      `\`${key}\` in setup.cfg adds ${isDate ? 'the date of the build' : quote(value.text)} to ${name}${isDate ? ': each day, setuptools builds another one' : ''}.`,
      {
        severity: isDate ? 'warning' : 'info',
        help: `Remove \`${key}\` from \`[egg_info]\` for a release.`,
        subject: key,
      },
    )
  }
}

export default rule({
  id: 'version-declared-twice',
  topic: 'pyproject',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'pyproject.toml specification, "version"',
  url: 'https://packaging.python.org/en/latest/specifications/pyproject-toml/#version',
  summary: 'The version is set both in `[project]` and in a table of the build backend, or setup.cfg adds to it.',
  why: 'The backend uses the version in `[project]`. Changing the other one has no effect, so the old version is released again.',
  fix: 'Remove one of the two. To keep the one in the table of the backend, remove `version` from `[project]` and list it in `dynamic`.',
  byHand: 'Only a person knows which of the two is meant.',
  precision: 'high',
  bad: [
    {
      sdist: {
        pyproject: `${builtWith('setuptools', DEMO)}\n[tool.setuptools.dynamic]\nversion = { attr = "demo.__version__" }\n`,
      },
    },
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry]\nversion = "0.9"\n` } },
    {
      tree: {
        pyproject: builtWith('setuptools', DEMO),
        files: { 'setup.cfg': '[egg_info]\ntag_build = dev\ntag_date = 1\n' },
      },
    },
    {
      sdist: {
        pyproject: builtWith('meson-python', DEMO),
        files: { '{top}/meson.build': "project('demo', version: '0.9')\n" },
      },
    },
  ],
  good: [
    {
      sdist: {
        pyproject: `${builtWith('hatchling', 'name = "demo"', 'dynamic = ["version"]')}\n[tool.hatch.version]\npath = "src/demo/__init__.py"\n`,
        files: { '{top}/src/demo/__init__.py': '__version__ = "1.0"\n' },
      },
    },
    { sdist: { pyproject: `${builtWith('poetry-core', DEMO)}\n[tool.poetry]\nversion = "1.0"\n` } },
  ],
  *check(sdist) {
    yield* tagged(sdist)
    const { pyproject, tree } = sdist
    const version = pyproject?.get('project', 'version')
    // Where it is dynamic as well, the build fails, and another rule says so.
    if (!pyproject || typeof version !== 'string' || dynamicKeys(pyproject).includes('version')) return
    const family = familyOf(pyproject)
    const stated = statedVersion(sdist, family)
    if (stated && releaseOf(stated.version) !== releaseOf(version))
      yield finding(
        stated.at,
        `${BACKEND_VERSIONS.get(family)} ignores the version ${quote(stated.version)} in ${stated.file}, because \`version\` in [project] is ${quote(version)}.`,
        {
          severity: 'info',
          help: `Write the same version into both files; or remove \`version\` from \`[project]\` and list it in \`dynamic\`, so that only ${stated.file} states it.`,
        },
      )
    const path = OTHERS.get(family)
    const other = path && pyproject.get(...path)
    if (!path || other === undefined || other === version) return
    // pdm-backend writes the version into the pyproject.toml of its sdists.
    if (family === 'pdm-backend' && tree?.hasPkgInfo !== false) return
    // Environments of hatch may be told how to change the version.
    if (family === 'hatchling' && isTable(other) && other.path === undefined && other.source === undefined) return
    yield finding(
      pyproject.keyPlace(...path),
      `${BACKEND_VERSIONS.get(family)} ignores ${path.join('.')}${typeof other === 'string' ? ` ${quote(other)}` : ''}, because \`version\` in [project] is ${quote(version)}.`,
    )
  },
})
