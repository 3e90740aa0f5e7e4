#!/usr/bin/env node
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
  // The event loop ran dry before the work was done: never report that as success.
  if (status !== undefined || process.exitCode !== undefined) return
  process.stderr.write('distaudit: the audit stopped before its end. This is a fault of distaudit; please report it.\n')
  process.exitCode = 2
})

status = await main(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd() })
process.exitCode = status
