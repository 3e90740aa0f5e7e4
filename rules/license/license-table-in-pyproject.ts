import { finding, quote, rule } from '../../src/rule.js'
import { licenseRemedy } from '../../src/views/license-remedy.js'
import { licenseExpressionFor } from '../../src/views/licenses.js'
import { backendFamily, isList, isTable, stopsBuild, type Table, texts } from '../../src/views/pyproject.js'
import { safely } from '../shared/remedies.js'
import { pyprojectToml } from '../shared/specifications.js'
import { stateLicense } from './_advice.js'

const project = (more: string, requires = 'setuptools', backend = 'setuptools.build_meta') =>
  `[build-system]\nrequires = ["${requires}"]\nbuild-backend = "${backend}"\n\n[project]\nname = "demo"\nversion = "1.0"\n${more}\n`

/** What backends that do not simply accept the table do with it: setuptools 84.2.1 and flit-core 4.2.0. */
const CONSEQUENCES: ReadonlyMap<string | undefined, string> = new Map([
  ...['setuptools', 'pbr', 'jupyter-packaging'].map(
    name => [name, 'setuptools rejects it from February 18, 2027'] as const,
  ),
  ...['flit', 'flit-core'].map(name => [name, 'flit does not write it to the metadata'] as const),
])

export default rule({
  id: 'license-table-in-pyproject',
  topic: 'license',
  severity: 'warning',
  applies: ['sdist', 'source-tree'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'pyproject.toml specification, "license"; PEP 639, "Deprecate license key table subkeys"',
  url: pyprojectToml('license'),
  summary: '`project.license` is a table, which PEP 639 deprecated.',
  why: 'setuptools warns about it and will reject it; flit omits the license from the metadata. Most backends already reject it together with `license-files`.',
  breaks: 'The build fails, so nobody can install from the sdist.',
  fix: 'Set `license` in `[project]` to an SPDX expression, name the file with the text in `license-files`, and delete `License ::` classifiers.',
  follows: ['License'],
  needs: ['license-texts'],
  bad: [
    { sdist: { pyproject: project('license = { text = "MIT" }') } },
    { sdist: { pyproject: project('license = { file = "LICENSE" }', 'flit_core', 'flit_core.buildapi') } },
    { sdist: { pyproject: project('license = { text = "MIT" }', 'hatchling', 'hatchling.build') } },
    { sdist: { pyproject: project('license = "MIT"\nlicense-files = { paths = ["LICENSE"] }') } },
    { sdist: { pyproject: project('license = { text = "MIT", file = "LICENSE" }') } },
    { sdist: { pyproject: project('\n[project.license]') } },
    { sdist: { pyproject: project('license = { text = "MIT" }\nlicense-files = ["LICENSE"]') } },
  ],
  good: { sdist: {} },
  *check(sdist) {
    const { pyproject } = sdist
    const license = pyproject?.get('project', 'license')
    const files = pyproject?.get('project', 'license-files')
    if (!pyproject) return
    const errorWhere = (accepting: readonly string[]) =>
      stopsBuild(pyproject, accepting) ? ({ severity: 'error' } as const) : {}
    if (isTable(files))
      yield finding(
        pyproject.place('project', 'license-files'),
        'project.license-files is a table, as in an early draft of PEP 639; expected an array of paths.',
        {
          ...errorWhere(['hatchling']),
          help: 'Set `license-files = ["LICENSE*"]`.',
          remedy: listOf(files),
        },
      )
    if (!isTable(license)) return
    const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
    const remedy = licenseRemedy(sdist, { text: textOf(license.text), file: textOf(license.file) })
    const at = pyproject.place('project', 'license')
    const { text, file } = license
    if (text !== undefined && file !== undefined)
      yield finding(
        at,
        'project.license contains both `text` and `file`; only one of them is allowed.',
        errorWhere(['uv-build', 'maturin']),
      )
    else if (text === undefined && file === undefined)
      yield finding(
        pyproject.place('project', 'license', 'text'),
        'project.license contains neither `text` nor `file`.',
        errorWhere([]),
      )
    else if (files !== undefined)
      yield finding(
        at,
        'project.license is a table, but `license-files` requires it to be a string: `license = "…"`.',
        {
          ...errorWhere(['hatchling', 'maturin']),
          remedy,
        },
      )
    else {
      const expression = typeof text === 'string' ? licenseExpressionFor(text) : undefined
      const what = typeof text === 'string' && text.length <= 100 ? ` with the text ${quote(text)}` : ''
      const consequence = CONSEQUENCES.get(backendFamily(pyproject))
      yield finding(
        at,
        `project.license is a table${what}, which is deprecated${consequence === undefined ? '' : `: ${consequence}`}.`,
        {
          severity: consequence === undefined ? 'info' : undefined,
          remedy,
          help: stateLicense({ subject: sdist, expression, named: typeof text === 'string' ? text : undefined }),
        },
      )
    }
  },
})

/** `paths` or `globs` of the early draft, as the array that both have become. */
function listOf(files: Table) {
  const [[key, value] = [], ...others] = Object.entries(files)
  const list = texts(value).map(([, text]) => text)
  const isWhole = isList(value) && value.length === list.length && list.length > 0
  return isWhole && others.length === 0 && (key === 'paths' || key === 'globs')
    ? safely({ kind: 'set', key: 'project.license-files', was: JSON.stringify(files), value: list })
    : undefined
}
