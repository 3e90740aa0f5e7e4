import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import dynamicMetadataNotDynamic from '../../rules/pyproject/dynamic-metadata-not-dynamic.js'
import dynamicMetadataInvalid from '../../rules/pyproject/dynamic-metadata-provider-invalid.js'
import dynamicMetadataMissing from '../../rules/pyproject/dynamic-metadata-provider-missing.js'
import dynamicMetadataNotRequired from '../../rules/pyproject/dynamic-metadata-provider-not-required.js'
import importNames from '../../rules/release/import-name-inconsistent.js'
import conflict from '../../rules/release/requirements-conflict.js'
import shadowed from '../../rules/release/set-abi3-shadowed.js'
import duplicate from '../../rules/release/set-duplicate-sdist.js'
import versions from '../../rules/release/set-mixed-versions.js'
import tie from '../../rules/release/set-overlapping-tags.js'
import gap from '../../rules/release/set-platform-gap.js'
import spellings from '../../rules/release/set-version-spellings.js'
import differ from '../../rules/release/wheels-metadata-differ.js'
import type { Example, ExampleFile } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'

const RULES = [
  dynamicMetadataNotDynamic,
  dynamicMetadataInvalid,
  dynamicMetadataMissing,
  dynamicMetadataNotRequired,
  importNames,
  conflict,
  shadowed,
  duplicate,
  versions,
  tie,
  gap,
  spellings,
  differ,
]

async function audit(...release: NonNullable<Example['release']>) {
  const { findings, errors } = await auditBuilt(await buildExample({ release }), RULES)
  expect(errors).toEqual([])
  return findings
}
const verdicts = async (...release: NonNullable<Example['release']>) =>
  (await audit(...release)).map(({ severity, rule }) => `${severity} ${rule}`)

const wheel = (tag: string, more: ExampleFile = {}) => ({ wheel: { filename: `demo-1.0-${tag}.whl`, ...more } })
const linux = (more: ExampleFile) => wheel('py3-none-manylinux_2_28_x86_64', more)
const windows = (more: ExampleFile) => wheel('py3-none-win_amd64', more)

describe('wheels that say different things', () => {
  it.each<[string, ExampleFile, ExampleFile]>([
    ['Requires-Dist', { metadata: { 'Requires-Dist': 'a' } }, { metadata: { 'Requires-Dist': 'b' } }],
    ['Requires-Python', {}, { metadata: { 'Requires-Python': '>=3.10' } }],
    ['Provides-Extra', { metadata: { 'Provides-Extra': 'x' } }, {}],
    ['License-Expression', {}, { metadata: { 'License-Expression': 'MIT AND Zlib' } }],
    ['License-File', {}, { metadata: { 'License-File': ['LICENSE', 'zlib'] } }],
    ['entry-points', { entryPoints: '[console_scripts]\nx = m:f\n' }, {}],
  ])('%s', async (field, a, b) => {
    const findings = await audit(linux(a), windows(b))
    expect(findings.map(({ rule, severity, location }) => [rule, severity, location.field])).toEqual([
      ['wheels-metadata-differ', field.startsWith('License') ? 'info' : 'warning', field],
    ])
    expect(findings[0]?.message).toMatch(
      /demo-1\.0-py3-none-manylinux_2_28_x86_64\.whl.*demo-1\.0-py3-none-win_amd64\.whl|demo-1\.0-py3-none-win_amd64\.whl.*demo-1\.0-py3-none-manylinux_2_28_x86_64\.whl/,
    )
    expect(findings[0]?.related?.length).toBeGreaterThan(0)
  })

  it.each<[string, ExampleFile, ExampleFile]>([
    ['spelling', { metadata: { 'Requires-Dist': 'A_b >= 1.0' } }, { metadata: { 'Requires-Dist': 'a-b>=1' } }],
    ['order', { metadata: { 'Requires-Dist': ['a', 'b'] } }, { metadata: { 'Requires-Dist': ['b', 'a'] } }],
    [
      'quotes',
      { metadata: { 'Requires-Dist': "a; os_name=='nt'" } },
      { metadata: { 'Requires-Dist': 'a; os_name == "nt"' } },
    ],
    ['line ends', { description: 'One\r\nTwo\r\n' }, { description: 'One\nTwo\n' }],
    ['metadata version', { metadata: { 'Metadata-Version': '2.5' } }, {}],
  ])('are equal but for %s', async (_, a, b) => {
    expect(await verdicts(linux(a), windows(b))).toEqual([])
  })

  it('notes what only PyPI shows', async () => {
    expect(await verdicts(linux({}), windows({ metadata: { Summary: 'Other' } }))).toEqual([
      'info wheels-metadata-differ',
    ])
  })

  it('says what a lock file gets wrong, once for all wheels that agree', async () => {
    const odd = { metadata: { 'Requires-Dist': 'b' } }
    const [first, ...more] = await audit(
      linux({}),
      windows({}),
      wheel('py3-none-win32', odd),
      wheel('py3-none-win_arm64', odd),
      wheel('py3-none-any'),
    )
    expect(more).toEqual([])
    expect(first?.message).toBe(
      "Requires-Dist of demo-1.0-py3-none-win32.whl and 1 more and of demo-1.0-py3-none-manylinux_2_28_x86_64.whl differ: only demo-1.0-py3-none-win32.whl has 'b' (line 13). uv and Poetry lock for all platforms from the metadata of one wheel, so on other platforms they install too much or too little.",
    )
  })
})

describe('import names', () => {
  const names = (value: string | null, more = {}) => ({
    metadata: { 'Metadata-Version': '2.5', 'Import-Name': value, ...more },
  })
  it('are equal in all files', async () => {
    expect(await verdicts({ sdist: names('demo') }, linux(names('demo')), windows(names('demo')))).toEqual([])
    expect(await verdicts({ sdist: names('demo') }, linux(names('other')))).toEqual([
      'warning import-name-inconsistent',
    ])
    expect(await verdicts(linux(names('demo')), windows(names(null)))).toEqual(['warning import-name-inconsistent'])
  })
  it('may come from the build where the sdist says so', async () => {
    expect(await verdicts({ sdist: names(null, { Dynamic: 'Import-Name' }) }, linux(names('demo')))).toEqual([])
  })
  it('cannot be stated before 2.5', async () => {
    expect(await verdicts({ sdist: {} }, linux(names('demo')))).toEqual([])
  })
})

describe('requirements of one project', () => {
  const requires = (...list: readonly string[]) =>
    verdicts(wheel('py3-none-any', { metadata: { 'Requires-Dist': list } }))
  it.each<[string, readonly string[]]>([
    ['exclude each other', ['a>=2', 'a<1']],
    ['exclude each other by three', ['a>=1,<3', 'a!=1.*', 'a!=2.*']],
    ['exclude each other on one platform', ['a>=2; sys_platform == "win32"', 'A<1; os_name == "nt"']],
    ['exclude each other with an extra', ['a>=2', 'a<1; extra == "x"']],
    [
      'exclude each other where Python versions overlap',
      ['a>=2; python_version < "3.12"', 'a<1; python_version >= "3.11"'],
    ],
  ])('%s', async (_, list) => {
    expect(await requires(...list)).toEqual(['error requirements-conflict'])
  })
  it.each<[string, readonly string[]]>([
    ['leave a version', ['a>=1', 'a<2']],
    ['never hold together', ['a>=2; sys_platform == "win32"', 'a<1; sys_platform == "linux"']],
    ['are for another Python', ['a>=2; python_version >= "3.11"', 'a<1; python_version < "3.11"']],
    ['are for extras that exclude each other', ['a>=2; extra == "x"', 'a<1; extra == "y"']],
    ['hold together on a Python that is refused', ['a>=2', 'a<1; python_version < "3.9"']],
    ['are a direct reference', ['a @ https://x.org/a.whl', 'a<1']],
  ])('%s', async (_, list) => {
    expect(await requires(...list)).toEqual([])
  })
})

describe('the set of files', () => {
  it('has one sdist', async () => {
    expect(await verdicts({ sdist: {} }, { sdist: { filename: 'demo-1.0.zip' } })).toEqual([
      'error set-duplicate-sdist',
    ])
    expect(await verdicts({ sdist: {} }, wheel('py3-none-any'))).toEqual([])
  })
  it('has one wheel for each tag, build tag and variant', async () => {
    expect(await verdicts(wheel('py2.py3-none-any'), wheel('py3-none-any'))).toEqual(['warning set-overlapping-tags'])
    expect(await verdicts(wheel('1-py3-none-any'), wheel('01-py3-none-any'))).toEqual(['warning set-overlapping-tags'])
    expect(await verdicts(wheel('py2-none-any'), wheel('py3-none-any'))).toEqual([])
    expect(await verdicts(wheel('1-py3-none-any'), wheel('2-py3-none-any'))).toEqual([])
    expect(await verdicts(wheel('py3-none-any-cpu'), wheel('py3-none-any-gpu'))).toEqual([])
  })
  it('spells its version in one way', async () => {
    expect(await verdicts({ sdist: { version: '1.0.0' } }, { wheel: { version: '1.0' } })).toEqual([
      'info set-version-spellings',
    ])
    expect(await verdicts({ sdist: { version: '1.0' } }, { wheel: { version: '1.0' } })).toEqual([])
  })
  it('names other versions of the project once', async () => {
    expect(await verdicts({ wheel: {} }, { wheel: { version: '1.1' } }, { wheel: { version: '0.9' } })).toEqual([
      'info set-mixed-versions',
    ])
  })
  it('notes holes in one table', async () => {
    const all = [
      'cp312-cp312-win_amd64',
      'cp313-cp313-win_amd64',
      'cp312-cp312-manylinux_2_28_x86_64',
      'cp313-cp313-macosx_11_0_universal2',
    ]
    const findings = await audit(...all.map(tag => wheel(tag)))
    expect(findings.map(({ rule, severity, message }) => [rule, severity, message])).toEqual([
      [
        'set-platform-gap',
        'info',
        'Wheels of demo are missing: cp312 on macOS arm64 and macOS x86_64; cp313 on manylinux x86_64.',
      ],
    ])
    expect(
      await verdicts(
        wheel('cp312-cp312-win_amd64'),
        wheel('cp39-abi3-manylinux_2_28_x86_64'),
        wheel('cp312-cp312-manylinux_2_28_x86_64'),
      ),
    ).toEqual(['info set-abi3-shadowed'])
  })
})

describe('tables of dynamic-metadata', () => {
  const toml = (requires: string, dynamic: string, tables: string) => ({
    sdist: {
      pyproject: `[build-system]\nrequires = [${requires}]\nbuild-backend = "scikit_build_core.build"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = [${dynamic}]\n\n${tables}\n`,
      files: { '{top}/scripts/plug/in.py': '\n' },
    },
  })
  const REGEX = '[[tool.dynamic-metadata]]\nprovider = "dynamic_metadata.regex"\nfield = "readme"'
  const LOCAL =
    '[[tool.dynamic-metadata]]\nprovider = { path = "./scripts", module = "plug.in:P" }\nfield = "optional-dependencies.x"'
  const OLD = '[tool.dynamic-metadata.readme]\nprovider = "plug"\nprovider-path = "scripts"'
  it.each<[string, ReturnType<typeof toml>, readonly string[]]>([
    ['clean', toml('"dynamic-metadata"', '"readme"', REGEX), []],
    [
      'a package that is not required',
      toml('"ninja"', '"readme"', REGEX),
      ['error dynamic-metadata-provider-not-required'],
    ],
    ['a field that is not dynamic', toml('"dynamic-metadata"', '', REGEX), ['error dynamic-metadata-not-dynamic']],
    ['a local provider', toml('"ninja"', '"optional-dependencies"', LOCAL), []],
    [
      'a missing module',
      toml('', '"optional-dependencies"', LOCAL.replace('plug.in', 'plug.out')),
      ['error dynamic-metadata-provider-missing'],
    ],
    [
      'a missing folder',
      toml('', '"optional-dependencies"', LOCAL.replace('./scripts', 'other')),
      ['error dynamic-metadata-provider-missing'],
    ],
    [
      'a folder outside',
      toml('', '"optional-dependencies"', LOCAL.replace('./scripts', '../scripts')),
      ['error dynamic-metadata-provider-missing'],
    ],
    ['the older form', toml('', '"readme"', OLD), []],
    ['the older form, not dynamic', toml('', '', OLD), ['error dynamic-metadata-not-dynamic']],
    [
      'no provider',
      toml('', '"readme"', '[[tool.dynamic-metadata]]\nfield = "readme"'),
      ['error dynamic-metadata-provider-invalid'],
    ],
    [
      'a package of another name',
      toml('"acme-plugins"', '"readme"', REGEX.replace('dynamic_metadata.regex', 'acme.readme')),
      ['warning dynamic-metadata-provider-not-required'],
    ],
  ])('%s', async (_, file, expected) => {
    expect(await verdicts(file)).toEqual(expected)
  })
})
