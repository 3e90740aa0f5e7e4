import { describe, expect, it } from 'vitest'
import { buildExample } from '../../fixtures/build.js'
import tarNotPax from '../../rules/archive/tar-not-pax.js'
import secretFile from '../../rules/contents/secret-file.js'
import requiresPython from '../../rules/dependencies/requires-python-missing.js'
import moduleMissing from '../../rules/entry-points/entry-point-module-missing.js'
import notHonored from '../../rules/pyproject/pyproject-static-not-honored.js'
import notListed from '../../rules/sdist/package-not-listed.js'
import type { Example } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'

// What newest releases of popular projects were told, and should not have been.

const RULES = [tarNotPax, secretFile, requiresPython, moduleMissing, notHonored, notListed]

async function verdicts(example: Example) {
  const { findings, errors } = await auditBuilt(await buildExample(example), RULES)
  expect(errors).toEqual([])
  return findings.map(({ severity, rule }) => `${severity} ${rule}`)
}

const builtWith = (backend: string, more = '') =>
  `[build-system]\nrequires = ["${backend}"]\nbuild-backend = "${backend}"\n\n[project]\nname = "demo"\nversion = "1.0"\n${more}`

describe('an sdist in the GNU format', () => {
  it.each([
    ['uv_build', ['info tar-not-pax']],
    ['hatchling.build', ['warning tar-not-pax']],
  ])('of %s', async (backend, expected) => {
    expect(await verdicts({ sdist: { make: 'tar-gnu', pyproject: builtWith(backend) } })).toEqual(expected)
  })
})

describe('no Requires-Python', () => {
  const metadata = { 'Requires-Python': null }
  it('is a note for a program, and a warning for a script or a module', async () => {
    const wheel = (files: Readonly<Record<string, string | null>>) => verdicts({ wheel: { metadata, files } })
    const program = { '{data}/scripts/demo': '\u007fELF' }
    expect(await wheel({ 'demo/__init__.py': null, ...program })).toEqual(['info requires-python-missing'])
    expect(await wheel(program)).toEqual(['warning requires-python-missing'])
    expect(await wheel({ 'demo/__init__.py': null, '{data}/scripts/demo': '#!python\n' })).toEqual([
      'warning requires-python-missing',
    ])
  })

  it.each([
    ['bindings = "bin"\n', 'info'],
    ['bindings = "bin"\npython-source = "python"\n', 'warning'],
    ['bindings = "pyo3"\n', 'warning'],
  ])('of an sdist of maturin: %j', async (table, severity) => {
    const pyproject = builtWith('maturin', `\n[tool.maturin]\n${table}`)
    expect(await verdicts({ sdist: { metadata, pyproject } })).toEqual([`${severity} requires-python-missing`])
  })
})

describe('packages that SOURCES.txt lists', () => {
  const sdist = (sources: string, more = '') =>
    verdicts({
      sdist: {
        pyproject: `[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "demo"\nversion = "1.0"\n\n[tool.setuptools]\npackages = ["demo"]\n${more}`,
        files: {
          '{top}/demo/__init__.py': '',
          '{top}/demo/formats/__init__.py': '',
          '{top}/demo.egg-info/SOURCES.txt': `pyproject.toml\ndemo/__init__.py\n${sources}`,
        },
      },
    })

  it('come along as data', async () => {
    expect(await sdist('demo/formats/__init__.py\n')).toEqual([])
    expect(await sdist('')).toEqual(['warning package-not-listed'])
    expect(await sdist('demo/formats/__init__.py\n', 'include-package-data = false\n')).toEqual([
      'warning package-not-listed',
    ])
  })
})

it('keywords that a backend joined with spaces are the same keywords', async () => {
  const sdist = (found: string) =>
    verdicts({
      sdist: { pyproject: builtWith('mesonpy', 'keywords = ["midi", "music"]\n'), metadata: { Keywords: found } },
    })
  expect(await sdist('midi music')).toEqual([])
  expect(await sdist('midi sound')).toEqual(['warning pyproject-static-not-honored'])
})

it('an entry point of a group for tests may be broken', async () => {
  const wheel = (group: string) => verdicts({ wheel: { entryPoints: `[${group}]\none = demo.lost:One\n` } })
  expect(await wheel('demo.test.plugins')).toEqual(['info entry-point-module-missing'])
  expect(await wheel('demo.latest')).toEqual(['warning entry-point-module-missing'])
})

it('the key of a test server in a plug-in for pytest is not a secret', async () => {
  const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n'
  const wheel = (name: string) => verdicts({ wheel: { name, files: { 'servers/server.key': key } } })
  expect(await wheel('pytest-servers')).toEqual([])
  expect(await wheel('servers')).toEqual(['warning secret-file'])
})
