import { expect, it } from 'vitest'
import { buildSdist } from '../../fixtures/build.js'
import { builtWith, DEMO } from '../../rules/pyproject/_backends.js'
import { RULES } from '../../rules/registry/index.js'
import type { Severity } from '../../src/finding.js'
import { auditBuilt } from '../support/audit-built.js'

type Backend = Parameters<typeof builtWith>[0]

/** What the backends did on 2026-11-29: a problem is an error only where the project's own stops at it. */
const CASES: readonly (readonly [rule: string, line: string, Backend, Severity | undefined])[] = [
  ['project-authors-invalid', 'authors = [{ name = "Ann", url = "https://a.dev" }]', 'flit-core', 'error'],
  ['project-authors-invalid', 'authors = [{ name = "Ann", url = "https://a.dev" }]', 'hatchling', 'warning'],
  ['project-authors-invalid', 'authors = [{ name = "Ann" }]', 'flit-core', undefined],
  ['project-dynamic-invalid', 'dynamic = ["nothing"]', 'setuptools', 'error'],
  ['project-dynamic-invalid', 'dynamic = ["nothing"]', 'hatchling', 'warning'],
  ['project-import-names-invalid', 'import-names = ["demo-files"]', 'hatchling', 'error'],
  ['project-import-names-invalid', 'import-names = ["demo-files"]', 'poetry-core', 'warning'],
  ['project-readme-invalid', 'readme = { file = "README.md" }', 'setuptools', 'error'],
  ['project-readme-invalid', 'readme = { file = "README.md" }', 'maturin', 'warning'],
  ['project-readme-suffix', 'readme = "README"', 'pdm-backend', 'error'],
  ['project-readme-suffix', 'readme = "README"', 'setuptools', 'info'],
  ['project-readme-suffix', 'readme = "README.MD"', 'pdm-backend', 'error'],
  ['project-readme-suffix', 'readme = "README.MD"', 'setuptools', 'info'],
  ['project-readme-suffix', 'readme = "README.txt"', 'pdm-backend', 'error'],
  ['project-readme-suffix', 'readme = "README.txt"', 'setuptools', undefined],
  ['project-description-multiline', 'description = """a\nb"""', 'uv-build', 'error'],
  ['project-description-multiline', 'description = """a\nb"""', 'setuptools', 'warning'],
  ['project-extra-collision', 'optional-dependencies = { a-b = ["x"], a_b = ["x"] }', 'hatchling', 'error'],
  ['project-extra-collision', 'optional-dependencies = { a-b = ["x"], a_b = ["x"] }', 'setuptools', 'warning'],
  ['license-files-glob-unmatched', 'license-files = ["NOTICE"]', 'pdm-backend', 'error'],
  ['license-files-glob-unmatched', 'license-files = ["NOTICE"]', 'setuptools', 'warning'],
  ['license-table-in-pyproject', 'license = { text = "MIT" }\nlicense-files = ["LICENSE"]', 'setuptools', 'error'],
  ['license-table-in-pyproject', 'license = { text = "MIT" }\nlicense-files = ["LICENSE"]', 'hatchling', 'warning'],
]

it.each(CASES)('%s: %s with %s', async (id, line, backend, severity) => {
  const rules = RULES.filter(rule => rule.id === id)
  const built = await buildSdist({ pyproject: builtWith(backend, DEMO, line) })
  const { findings } = await auditBuilt([built], rules, {}, {}, { profile: 'default' })
  expect(findings.map(one => one.severity)).toEqual(severity === undefined ? [] : [severity])
})

it('takes an unknown backend for one that may accept it', async () => {
  const rules = RULES.filter(rule => rule.id === 'project-readme-invalid')
  const pyproject = `[build-system]\nrequires = []\nbuild-backend = "own"\n\n[project]\n${DEMO}\nreadme = { file = "README.md" }\n`
  const { findings } = await auditBuilt([await buildSdist({ pyproject })], rules)
  expect(findings.map(one => one.severity)).toEqual(['warning'])
})
