/**
 * `npm test`: format and lint, types, unused code, the bundle, generated files, and every test; with a second Node too when
 * DISTAUDIT_SECOND_NODE names one. Ends with `N passed, M failed`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('../', import.meta.url)))
const scratch = mkdtempSync(join(tmpdir(), 'distaudit-test-'))
let passed = 0
let failed = 0
let skipped = 0
/** What failed, told last: a log that is cut keeps its end. */
const failures: string[] = []

/** Runs a step to its end and shows what it printed when it failed. */
async function step(name: string, command: string, args: readonly string[]): Promise<void> {
  const started = Date.now()
  const code = await new Promise<number>(resolve => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', chunk => {
      output += chunk
    })
    child.stderr.on('data', chunk => {
      output += chunk
    })
    child.on('close', status => {
      if (status !== 0) process.stdout.write(output)
      resolve(status ?? 1)
    })
  })
  if (code === 0) passed++
  else {
    failed++
    failures.push(name)
  }
  process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
}

/** The part of vitest's JSON report that is read here. */
interface TestResults extends Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests', number> {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

/** Runs vitest with a Node, on the files of `paths` or on all but those left out, and adds its counts. */
function tests(name: string, node: string, paths: readonly string[], leftOut: readonly string[] = []): void {
  const file = join(scratch, `${name.replace(/\W/g, '-')}.json`)
  const { status } = spawnSync(
    node,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...paths,
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: leftOut.length === 0 ? process.env : { ...process.env, DISTAUDIT_TESTS_LEFT_OUT: leftOut.join(',') },
    },
  )
  try {
    const result = JSON.parse(readFileSync(file, 'utf8')) as TestResults
    passed += result.numPassedTests
    failed += result.numFailedTests
    skipped += result.numPendingTests
    for (const { name: path, status, message, assertionResults } of result.testResults) {
      const tests = assertionResults.filter(one => one.status === 'failed')
      for (const one of tests) failures.push(`${path}: ${one.fullName}\n${one.failureMessages.join('\n')}`)
      // A file that does not load has no failed test of its own.
      if (status === 'failed' && tests.length === 0) failures.push(`${path}: ${message}`)
    }
    if (status !== 0 && result.numFailedTests === 0) failed++
  } catch {
    failed++
    failures.push(`${name}: no results`)
  }
}

/**
 * What these look at is text, or the core with a Node that the first run had: a second one cannot tell otherwise. It renders
 * the rules' examples for the pages instead of asking each rule alone. In the workflows every Node runs all tests.
 */
const SAME_ON_ANY_NODE = [
  'test/advice/**',
  'test/archive/*-readers.test.ts',
  'test/authorities/**',
  'test/browser.test.ts',
  'test/builds/**',
  'test/conformance/**',
  'test/hostile/growth.test.ts',
  'test/judged/**',
  'test/layers.test.ts',
  'test/licenses/**',
  'test/native/**',
  'test/partial.test.ts',
  'test/python/**',
  'test/regexes/**',
  'test/release/**',
  'test/report/source-regions.test.ts',
  'test/rules.test.ts',
  'test/rules-linear.test.ts',
  'test/sbom/**',
  'test/scripts/**',
  'test/show/**',
  'test/standards/**',
  'test/unread.test.ts',
  'test/variants/**',
  'test/words.test.ts',
]

const bin = (name: string) => `node_modules/.bin/${name}`
const generated = (node: string) =>
  step('generated files are up to date', node, [bin('tsx'), 'scripts/generate.ts', '--check'])
const paths = process.argv.slice(2)
if (paths.length === 0) {
  await Promise.all([
    // The pages need the renderer of descriptions, which comes with the bundle.
    step('bundle', process.execPath, [bin('tsx'), 'scripts/build.ts']).then(() => generated(process.execPath)),
    step('format and lint', bin('biome'), ['check', '--error-on-warnings', '.']),
    step('types', bin('tsc'), ['--noEmit']),
    step('types of the page', bin('tsc'), ['-p', 'src/page']),
    step('unused code and cycles', bin('knip'), ['--treat-config-hints-as-errors']),
  ])
}
tests('tests', process.execPath, paths)
const second = process.env.DISTAUDIT_SECOND_NODE
if (second && paths.length === 0) {
  process.stdout.write(`\nAgain with ${second}\n`)
  await generated(second)
  tests('second', second, [], SAME_ON_ANY_NODE)
}
rmSync(scratch, { recursive: true, force: true })
for (const one of failures) process.stdout.write(`\nFAILED ${one.slice(0, 2000)}\n`)
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exitCode = failed === 0 ? 0 : 1
