import { main } from './cli/main.js'

let status: number | undefined
// A reader that closes the pipe early (`| head`) ends the command quietly, with the status reached so far.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(status ?? 0)
  throw error
})
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))
process.on('exit', () => {
  if (status !== undefined || process.exitCode !== undefined) return
  // The event loop ran dry before the work was done: never report that as success.
  process.stderr.write('distaudit: the audit stopped before its end. This is a fault of distaudit; please report it.\n')
  process.exitCode = 2
})
const { stdout, stderr, env } = process
void main(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd() }).then(result => {
  status = result
  process.exitCode = result
})
