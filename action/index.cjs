// The GitHub Action: turns its inputs into options of the command, and runs the command that a release puts into bundle/.
const { spawnSync } = require('node:child_process')
const { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const { env } = process

/** GitHub keeps the hyphens of an input's name. */
const input = name => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const lines = name =>
  input(name)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** A wrong input ends the step with what to write. */
function fail(message) {
  const data = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  process.stdout.write(`::error title=distaudit::${data}\n`)
  process.exit(2)
}

/** As YAML 1.2 writes them, like every action of GitHub. */
function isOn(name) {
  const value = input(name)
  if (/^(?:true|True|TRUE)$/.test(value)) return true
  if (/^(?:false|False|FALSE)$/.test(value)) return false
  return fail(`The input ${name} is '${value}' (expected true or false).`)
}

const program = ['bundle', '../dist'].map(folder => join(__dirname, folder, 'cli.cjs')).find(path => existsSync(path))
if (program === undefined)
  fail('This version of the action has no bundle. Use the tag or the commit of a release, not a branch.')

const wantsAnnotations = isOn('annotations')
const wantsSummary = isOn('summary')
const scratch = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'distaudit-'))
const json = join(scratch, 'report.json')
const annotations = join(scratch, 'annotations.txt')
const sarif = input('sarif')

const options = ['--format', 'text', '--format', `json=${json}`]
// It writes the summary as well.
if (wantsAnnotations || wantsSummary) options.push('--format', `github=${annotations}`)
if (sarif !== '') options.push('--format', `sarif=${sarif}`)
if (input('profile') !== '') options.push(`--profile=${input('profile')}`)
if (input('fail-on') !== '') options.push(`--fail-on=${input('fail-on')}`)
options.push(...lines('compare-with').map(path => `--compare-with=${path}`))
options.push('--', ...lines('path'))

const environment = { ...env }
if (!wantsSummary) delete environment.GITHUB_STEP_SUMMARY
// Node's own options of the runner mean other programs.
delete environment.NODE_OPTIONS
const { status, error } = spawnSync(process.execPath, [program, ...options], { stdio: 'inherit', env: environment })
if (error) fail(`The command cannot be started: ${error.message}`)
if (wantsAnnotations && existsSync(annotations)) process.stdout.write(readFileSync(annotations))
if (env.GITHUB_OUTPUT && existsSync(json)) {
  const { summary } = JSON.parse(readFileSync(json, 'utf8'))
  const outputs = {
    errors: summary.error,
    warnings: summary.warning,
    'rejected-by-pypi': summary.rejectedByPyPI,
    // A name with a line break would write other outputs.
    sarif: sarif.replaceAll(/[\r\n]/g, ''),
  }
  for (const [name, value] of Object.entries(outputs)) appendFileSync(env.GITHUB_OUTPUT, `${name}=${value}\n`)
}
rmSync(scratch, { recursive: true, force: true })
process.exitCode = status ?? 2
