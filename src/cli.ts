import { main } from './cli/main.js'
import { escapeTerminal } from './report/escape.js'

let status: number | undefined

/** Whatever goes wrong here is no finding: status 1 is for those. */
function fail(text: string): never {
  process.stderr.write(`distaudit: ${escapeTerminal(text)}\n`)
  process.exit(2)
}
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

// A reader that closes the pipe early (`| head`) ends the command quietly, with the status reached so far.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(status ?? 0)
  fail(`The report cannot be written to the standard output: ${error.message}.`)
})
// There is nobody left to tell.
process.stderr.on('error', () => {})
process.on('uncaughtException', error => {
  if (process.env.DISTAUDIT_DEBUG && error.stack) process.stderr.write(`${error.stack}\n`)
  fail(`${reasonOf(error)}. This is a fault of distaudit; please report it.`)
})
// Node itself ends the process on both signals, and what a busy loop of ours holds up is only what we would listen with. But the
// kernel spares the first process of a container unless it listens.
if (process.pid === 1) {
  process.on('SIGINT', () => process.exit(130))
  process.on('SIGTERM', () => process.exit(143))
}
process.on('exit', () => {
  if (status !== undefined || process.exitCode !== undefined) return
  // The event loop ran dry before the work was done: never report that as success.
  process.stderr.write('distaudit: the audit stopped before its end. This is a fault of distaudit; please report it.\n')
  process.exitCode = 2
})

function workingDirectory(): string {
  try {
    return process.cwd()
  } catch (error) {
    return fail(`The working directory cannot be found: ${reasonOf(error)}.`)
  }
}

const { stdout, stderr, env } = process
const terminal = {
  stdout,
  stderr,
  env,
  cwd: workingDirectory(),
  // It begins to read when it is first asked for.
  get stdin() {
    return process.stdin
  },
}
void main(process.argv.slice(2), terminal).then(result => {
  status = result
  process.exitCode = result
})
