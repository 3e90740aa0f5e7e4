import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import ignored from '../../rules/pyproject/dynamic-metadata-ignored.js'
import inputMissing from '../../rules/pyproject/dynamic-metadata-input-missing.js'
import notDynamic from '../../rules/pyproject/dynamic-metadata-not-dynamic.js'
import invalid from '../../rules/pyproject/dynamic-metadata-provider-invalid.js'
import missing from '../../rules/pyproject/dynamic-metadata-provider-missing.js'
import notRequired from '../../rules/pyproject/dynamic-metadata-provider-not-required.js'
import unknown from '../../rules/pyproject/dynamic-metadata-provider-unknown.js'
import settingMissing from '../../rules/pyproject/dynamic-metadata-setting-missing.js'
import notProvided from '../../rules/pyproject/project-dynamic-not-provided.js'
import type { ExampleFile } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'

const RULES = [ignored, inputMissing, notDynamic, invalid, missing, notRequired, unknown, settingMissing, notProvided]

const tables = (build: string, ...tools: readonly string[]) =>
  `[build-system]\nrequires = ["scikit-build-core", "dynamic-metadata"]\nbuild-backend = "scikit_build_core.build"\n${build}\n\n[project]\nname = "demo"\ndynamic = ["version", "description"]\n\n${tools.join('\n')}\n`

async function verdicts(sdist: ExampleFile, ...wheels: readonly ExampleFile[]) {
  const release = [{ sdist }, ...wheels.map(wheel => ({ wheel }))]
  const { findings, errors } = await auditBuilt(await buildExample({ release }), RULES)
  expect(errors).toEqual([])
  return findings.map(({ severity, rule }) => `${severity} ${rule}`)
}

const legacy = (provider: string, ...more: readonly string[]) => [
  `[tool.scikit-build]\nmetadata.version.provider = "${provider}"`,
  ...more.map(line => `metadata.version.${line}`),
]
const listed = (provider: string, ...more: readonly string[]) => [
  '[[tool.dynamic-metadata]]',
  `provider = "${provider}"`,
  ...more,
]
const version = 'field = "version"'

describe('where a provider comes from', () => {
  const files = (...paths: readonly string[]) => Object.fromEntries(paths.map(path => [`{top}/${path}`, 'x = 1\n']))
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['a package at the top', 'backend-path = ["./"]', ['demo_build/info.py'], []],
    ['a package in a folder', 'backend-path = ["tools", "_build"]', ['_build/demo_build/info.py'], []],
    ['a package that is a module', 'backend-path = ["."]', ['demo_build/info/__init__.py'], []],
    [
      'a folder that is not on the path',
      'backend-path = ["tools"]',
      ['demo_build/info.py'],
      ['error dynamic-metadata-provider-not-required'],
    ],
    ['no path', '', ['demo_build/info.py'], ['error dynamic-metadata-provider-not-required']],
    [
      'a package without the module',
      'backend-path = ["."]',
      ['demo_build/other.py'],
      ['error dynamic-metadata-provider-missing'],
    ],
  ])('%s', async (_, build, paths, expected) => {
    const provider = 'demo_build.info'
    expect(await verdicts({ pyproject: tables(build, ...legacy(provider)), files: files(...paths) })).toEqual(expected)
    expect(await verdicts({ pyproject: tables(build, ...listed(provider, version)), files: files(...paths) })).toEqual(
      expected,
    )
  })
})

describe('what a provider needs', () => {
  const input = 'input = "src/demo/__init__.py"'
  const SETTING = 'error dynamic-metadata-setting-missing'
  const INPUT = 'error dynamic-metadata-input-missing'
  it.each<[string, readonly string[], readonly string[]]>([
    ['a version from a file', listed('dynamic_metadata.regex', version, input), []],
    ['the form of a field', legacy('scikit_build_core.metadata.regex', input), []],
    ['the form of a field without its file', legacy('scikit_build_core.metadata.regex'), [SETTING]],
    ['a field', listed('dynamic_metadata.regex', input), [SETTING]],
    ['a pattern for another field', listed('dynamic_metadata.regex', 'field = "description"', input), [SETTING]],
    ['a file that is there', listed('dynamic_metadata.from_file', version, 'path = "VERSION"'), [INPUT]],
    ['a name', listed('dynamic_metadata.ast', version, input), [SETTING]],
    ['nothing', listed('dynamic_metadata.fields', 'description = "{project[name]}"'), []],
    ['what only its author knows', listed('vcs_versioning'), ['error dynamic-metadata-provider-not-required']],
    [
      'a name that is right',
      listed('dynamic_metadata.regexp', version, input),
      ['error dynamic-metadata-provider-unknown'],
    ],
    ['a name that older versions had', listed('dynamic_metadata.plugins.setuptools_scm'), []],
    [
      'a name of the other package',
      legacy('scikit_build_core.metadata.ast'),
      ['warning dynamic-metadata-provider-unknown'],
    ],
  ])('%s', async (_, tools, expected) => {
    expect(await verdicts({ pyproject: tables('', ...tools) })).toEqual(expected)
  })

  it.each<[string, string, readonly string[]]>([
    ['hatchling', 'hatchling.build', ['warning dynamic-metadata-ignored']],
    ['setuptools', 'setuptools.build_meta', ['warning dynamic-metadata-ignored']],
    ['acme-build', 'acme_build', []],
    ['scikit-build-core>=0.11', 'scikit_build_core.build', []],
    ['scikit-build-core~=0.11', 'scikit_build_core.build', ['warning dynamic-metadata-ignored']],
  ])('a backend that reads the table: %s', async (required, module, expected) => {
    const pyproject = tables('', ...listed('dynamic_metadata.regex', version, input))
      .replace('"scikit-build-core"', `"${required}"`)
      .replace('scikit_build_core.build', module)
    expect(await verdicts({ pyproject })).toEqual(expected)
  })
})

describe('fields that nobody provides', () => {
  const sdist = (keys: string, metadata: ExampleFile['metadata'] = {}): ExampleFile => ({
    pyproject: `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\ndynamic = ${keys}\n`,
    metadata,
  })
  const NOBODY = ['info project-dynamic-not-provided']
  it.each<[string, readonly [ExampleFile, ...ExampleFile[]], readonly string[]]>([
    ['a summary', [sdist('["description"]', { Summary: null })], NOBODY],
    ['a summary that is there', [sdist('["description"]')], []],
    [
      'requirements that come with a wheel',
      [sdist('["dependencies"]'), { metadata: { 'Requires-Dist': 'attrs' } }],
      [],
    ],
    [
      'requirements of an extra only',
      [sdist('["dependencies"]', { 'Provides-Extra': 'x', 'Requires-Dist': 'attrs; extra == "x"' })],
      NOBODY,
    ],
    ['commands, without a wheel', [sdist('["scripts"]')], []],
    ['commands', [sdist('["scripts"]'), {}], NOBODY],
    ['commands of a wheel', [sdist('["scripts"]'), { entryPoints: '[console_scripts]\nx = demo:f\n' }], []],
  ])('%s', async (_, [first, ...wheels], expected) => {
    expect(await verdicts(first, ...wheels)).toEqual(expected)
  })
})
