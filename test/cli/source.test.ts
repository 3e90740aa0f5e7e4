import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { run } from '../support/run-command.js'

const folder = mkdtempSync(join(tmpdir(), 'distaudit-source-'))
afterAll(() => rmSync(folder, { recursive: true }))

const description = '\n# Demo\n\n![logo](docs/logo.png)\n'
const pyproject = '[project]\nname = "demo"\nversion = "1.0"\nreadme = "README.md"\n'
const put = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)

beforeAll(async () => {
  mkdirSync(join(folder, 'dist'))
  const metadata = { 'License-Expression': null, 'License-File': null, 'Author-email': null }
  const wheel = await buildWheel({ metadata, description })
  const sdist = await buildSdist({ metadata, description, pyproject })
  for (const { filename, bytes } of [wheel, sdist]) put(`dist/${filename}`, bytes)
  put('README.md', '\ufeff# Demo\r\n\r\n![logo](docs/logo.png)\r\n')
  put('pyproject.toml', pyproject)
})

const audit = (format: string, ...rules: readonly string[]) =>
  run([
    '--format',
    format,
    '--severity',
    'info',
    '--source-root',
    folder,
    '--select',
    rules.join(','),
    join(folder, 'dist'),
  ])

describe('a finding about the description', () => {
  const RULE = 'description-relative-image'

  it('points to the line of the README, once for all files', async () => {
    const { stdout } = await audit('text', RULE)
    expect(stdout).toContain('  --> demo-1.0.dist-info/METADATA:14:9   from README.md:3:9\n')
    expect(stdout).toContain('in 2 files')
    expect((await audit('github', RULE)).stdout).toMatch(
      /^::warning file=README\.md,line=3,endLine=3,col=9,endColumn=21,[^\n]* In 2 distributions\.[^\n]*\n$/,
    )
    const [{ location }] = JSON.parse((await audit('gitlab', RULE)).stdout)
    expect(location).toEqual({ path: 'README.md', lines: { begin: 3 } })
  })

  it('has the line of the archive as a related location in SARIF', async () => {
    const { results } = JSON.parse((await audit('sarif', RULE)).stdout).runs[0]
    expect(results).toHaveLength(1)
    expect(results[0].locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'README.md' },
      region: { startLine: 3, startColumn: 9, endLine: 3, endColumn: 22 },
    })
    expect(results[0].relatedLocations.map((one: { message: { text: string } }) => one.message.text)).toEqual([
      'METADATA line 14 of demo-1.0-py3-none-any.whl',
      'PKG-INFO line 14 of demo-1.0.tar.gz',
    ])
    expect(results[0].partialFingerprints.primaryLocationLineHash).toMatch(/^[0-9a-f]+:1$/)
  })

  it('tells the key beside it, in a valid report', async () => {
    const report = JSON.parse((await audit('json', RULE)).stdout)
    expect(report.distributions[0].findings[0].location.source).toEqual({
      path: 'README.md',
      line: 3,
      column: 9,
      endColumn: 22,
      key: { path: 'pyproject.toml', line: 4 },
    })
    const schema = JSON.parse(readFileSync(new URL('../../schemas/report-1.schema.json', import.meta.url), 'utf8'))
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
    validate(report)
    expect(validate.errors).toBeNull()
  })

  it('is ignored by a comment on the key that names the README', async () => {
    put('pyproject.toml', pyproject.replace('"README.md"', `"README.md" # distaudit: ignore[${RULE}] drawn later`))
    const { stdout, stderr } = await audit('text', RULE)
    put('pyproject.toml', pyproject)
    expect(stdout).toContain('2 files checked. No findings (2 ignored).')
    expect(stderr).toBe('')
  })

  it('points to the key when the README is another text', async () => {
    put('README.md', '# Another\n\nText.\n')
    const { stdout } = await audit('text', RULE)
    put('README.md', '# Demo\n\n![logo](docs/logo.png)\n')
    expect(stdout).toContain('from pyproject.toml:4:10\n')
  })
})

describe('findings about fields that are missing', () => {
  const RULES = ['author-missing', 'license-missing']

  it('point to the table that lacks them, one for each field', async () => {
    const { stdout } = await audit('text', ...RULES)
    expect(stdout.match(/METADATA:1 {3}from pyproject\.toml:1:1$/gm)).toHaveLength(2)
    expect(stdout.match(/in 2 files/g)).toHaveLength(2)
    const { results } = JSON.parse((await audit('sarif', ...RULES)).stdout).runs[0]
    expect(results).toHaveLength(2)
    for (const { locations } of results)
      expect(locations[0].physicalLocation.region).toEqual({ startLine: 1, startColumn: 1, endLine: 1, endColumn: 10 })
  })

  it('are ignored by a comment on the header of the table', async () => {
    put('pyproject.toml', pyproject.replace('[project]', '[project] # distaudit: ignore[license] none yet'))
    const { stdout } = await audit('text', ...RULES)
    put('pyproject.toml', pyproject)
    expect(stdout).toContain('(2 ignored)')
  })
})
