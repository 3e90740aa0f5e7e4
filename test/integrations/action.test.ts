/** The Action, run as GitHub runs it: inputs in INPUT_*, files for the outputs and the summary. It uses the bundle in dist/. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'distaudit-action-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const DEFAULTS: Readonly<Record<string, string>> = {}
for (const [, name = '', value = ''] of readFileSync(`${root}action.yml`, 'utf8').matchAll(
  /^ {2}([\w-]+):\n(?: {4}.*\n)*? {4}default: "?(.*?)"?$/gm,
))
  Object.assign(DEFAULTS, { [name]: value })

const bad = join(root, 'fixtures/real/toml-0.9.6-py2.py3-none-any.whl')
const good = join(root, 'fixtures/real/zipp-4.1.2-py3-none-any.whl')
let count = 0

function runAction(inputs: Readonly<Record<string, string>>) {
  const folder = join(scratch, String(count++))
  const runner = join(folder, 'runner')
  mkdirSync(runner, { recursive: true })
  const output = join(folder, 'output.txt')
  const summary = join(folder, 'summary.md')
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: runner,
  }
  for (const [name, value] of Object.entries({ ...DEFAULTS, ...inputs })) env[`INPUT_${name.toUpperCase()}`] = value
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'action/index.cjs')], {
    cwd: folder,
    env,
    encoding: 'utf8',
  })
  const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
  return { status, stdout, stderr, output: text(output), summary: text(summary), folder, left: readdirSync(runner) }
}

describe('the Action', () => {
  it('reports, annotates, sums up, sets its outputs, and fails on errors', () => {
    const { status, stdout, stderr, output, summary, left, folder } = runAction({
      path: `${bad}\n ${good} \n`,
      sarif: 'out.sarif',
    })
    expect({ status, stderr, left }).toEqual({ status: 1, stderr: '', left: [] })
    expect(stdout).toContain('error[metadata-version-withdrawn]')
    expect(stdout).toMatch(/^::error .*title=distaudit%3A metadata-version-withdrawn::/m)
    expect(output).toBe('errors=2\nwarnings=1\nrejected-by-pypi=1\nsarif=out.sarif\n')
    expect(summary).toMatch(/^### distaudit/)
    expect(JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')).runs).toHaveLength(1)
  })

  it('leaves out what is turned off, and passes with fail-on never', () => {
    const { status, stdout, summary } = runAction({
      path: bad,
      annotations: 'false',
      summary: 'false',
      'fail-on': 'never',
    })
    expect({ status, summary }).toEqual({ status: 0, summary: undefined })
    expect(stdout).toContain('error[metadata-version-withdrawn]')
    expect(stdout).not.toMatch(/^::/m)
  })

  it('writes a summary without annotations', () => {
    const { stdout, summary } = runAction({ path: bad, annotations: 'False' })
    expect(stdout).not.toMatch(/^::/m)
    expect(summary).toMatch(/^### distaudit/)
  })

  it('runs the rules of the profile and compares with an earlier release', () => {
    const { status, output } = runAction({ path: good, profile: 'pypi', 'compare-with': bad })
    expect({ status, output }).toEqual({ status: 0, output: 'errors=0\nwarnings=0\nrejected-by-pypi=0\nsarif=\n' })
  })

  it('says what is wrong with an input, with status 2', () => {
    const wrong = runAction({ path: good, summary: 'yes\r::error::x' })
    expect({ status: wrong.status, left: wrong.left }).toEqual({ status: 2, left: [] })
    expect(wrong.stdout).toBe(
      "::error title=distaudit::The input summary is 'yes%0D::error::x' (expected true or false).\n",
    )
    expect(runAction({ path: 'nothing/' }).status).toBe(2)
    expect(runAction({ path: good, profile: 'pipy' }).stderr).toContain('pipy')
    const dashed = runAction({ path: '--version' })
    expect({ status: dashed.status, stdout: dashed.stdout }).toEqual({ status: 2, stdout: '' })
  })

  it('writes no second output for a name with a line break', () => {
    const { output } = runAction({ path: good, sarif: 'a\nerrors=9' })
    expect(output).toBe('errors=0\nwarnings=0\nrejected-by-pypi=0\nsarif=aerrors=9\n')
  })
})
