import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { auditFiles } from '../fixtures/audit.js'
import { RULES } from '../rules/registry/index.js'
import type { Severity } from '../src/finding.js'
import { allFindings } from '../src/report/report.js'

// A project that uses every field of [project], built by scripts/backends.ts with the newest backends.
const root = fileURLToPath(new URL('../fixtures/backends/', import.meta.url))
const cases = readdirSync(root).flatMap(backend =>
  readdirSync(`${root}${backend}`).map(shape => [backend, shape] as const),
)

async function audited(folder: string, names: readonly string[]) {
  const files = names.map(filename => ({ filename, bytes: readFileSync(`${folder}/${filename}`) }))
  const report = await auditFiles(files, RULES, {}, {}, { profile: 'default', preview: false })
  const findings = [...allFindings(report)]
  const said = (...severities: readonly Severity[]) =>
    findings.filter(({ severity }) => severities.includes(severity)).map(({ rule, message }) => `${rule}: ${message}`)
  return { shown: said('error', 'warning'), notes: said('info') }
}

it('has two shapes of each backend', () => {
  const backends = ['flit', 'hatchling', 'maturin', 'meson-python', 'pdm-backend', 'poetry-core', 'scikit-build-core']
  expect(cases).toEqual(
    [...backends, 'setuptools', 'uv-build'].flatMap(backend => [
      [backend, 'flat'],
      [backend, 'src'],
    ]),
  )
})

it.each(cases)('finds nothing wrong with what %s makes of a clean project (%s)', async (backend, shape) => {
  const folder = `${root}${backend}/${shape}`
  const names = readdirSync(folder)
  expect(names.map(name => name.replace(/^.*\.(?=whl$|tar\.gz$)/, '')).sort()).toEqual(['tar.gz', 'whl'])
  for (const some of [names, ...names.map(name => [name])]) expect((await audited(folder, some)).shown).toEqual([])
  // What is left is the backend's own problem, and says whose.
  for (const note of (await audited(folder, names)).notes) expect(note).toContain(backend)
})
