import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { audit } from '../../src/index.js'
import type { Report } from '../../src/report/report.js'
import { run } from '../support/run-command.js'

let folder: string
const place = (...parts: string[]) => join(folder, ...parts)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'distaudit-baseline-'))
  for (const name of ['dist', 'old', 'older', 'other']) mkdirSync(place(name))
  const put = (to: string, { filename, bytes }: { filename: string; bytes: Uint8Array }) =>
    writeFileSync(place(to, filename), bytes)
  put('dist', await buildWheel({}))
  put('dist', await buildSdist({}))
  put('old', await buildWheel({ version: '0.9', files: { 'demo/py.typed': '' } }))
  put('old', await buildSdist({ version: '0.9' }))
  put('older', await buildWheel({ version: '0.8', entryPoints: '[console_scripts]\ndemo = demo:main\n' }))
  put('other', await buildWheel({ name: 'other', version: '0.9' }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function compare(...baseline: string[]) {
  const options = baseline.flatMap(path => ['--baseline-release', path])
  const result = await run(['--no-config', '--format', 'json', ...options, place('dist')])
  const report = JSON.parse(result.stdout) as Report
  const findings = report.releases
    .flatMap(release => release.findings)
    .filter(({ rule }) => rule.startsWith('baseline-'))
  return { ...result, report, findings }
}

describe('--baseline-release', () => {
  it('compares with the files of a directory, which are not judged themselves', async () => {
    const { findings, report, status } = await compare(place('old'))
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['baseline-py-typed-lost', 'warning']])
    expect(findings[0]?.related?.[0]?.path).toBe(place('old', 'demo-0.9-py3-none-any.whl'))
    expect(report.distributions.map(({ filename }) => filename)).toEqual([
      'demo-1.0-py3-none-any.whl',
      'demo-1.0.tar.gz',
    ])
    expect(report.releases.map(({ version }) => version)).toEqual(['1.0'])
    expect(status).toBe(0)
  })

  it('takes the last version before the release where several are given', async () => {
    expect((await compare(place('older'))).findings.map(({ rule }) => rule)).toEqual(['baseline-entry-points-changed'])
    const both = await compare(place('older'), place('old', 'demo-0.9-py3-none-any.whl'))
    expect(both.findings.map(({ rule }) => rule)).toEqual(['baseline-py-typed-lost'])
  })

  it('finds nothing where nothing changed', async () => {
    expect((await compare(place('dist'))).findings).toEqual([])
  })

  it('says when it has no file of the project', async () => {
    const { stderr, findings } = await compare(place('other'))
    expect(findings).toEqual([])
    expect(stderr).toContain("The earlier release does not contain a file of the project 'demo'.")
  })

  it('says when a file cannot be read, and when a path does not exist', async () => {
    mkdirSync(place('broken', 'demo-0.7.tar.gz'), { recursive: true })
    expect((await compare(place('broken', 'demo-0.7.tar.gz'))).stderr).toContain('cannot be read')
    const { status, stderr } = await run(['--no-config', '--baseline-release', place('nowhere'), place('dist')])
    expect(status).toBe(2)
    expect(stderr).toContain('There is no file or directory')
  })

  it('is `baseline` of the library', async () => {
    const report = await audit([place('dist', 'demo-1.0-py3-none-any.whl')], {
      baseline: [place('old', 'demo-0.9-py3-none-any.whl')],
      select: ['baseline-py-typed-lost'],
    })
    expect(report.releases[0]?.findings.map(({ rule }) => rule)).toEqual(['baseline-py-typed-lost'])
  })
})
