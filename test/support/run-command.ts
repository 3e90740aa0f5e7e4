import { Readable, Writable } from 'node:stream'
import { main } from '../../src/cli/main.js'

export interface Result {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command in this process, with streams that are no terminals. */
export async function run(
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string; stdin?: Uint8Array } = {},
): Promise<Result> {
  const stdout = collector()
  const stderr = collector()
  const status = await main(args, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    stdin: Readable.from(options.stdin ? [options.stdin] : []) as unknown as NodeJS.ReadStream,
    env: options.env ?? {},
    cwd: options.cwd ?? process.cwd(),
  })
  return { status, stdout: stdout.text(), stderr: stderr.text() }
}

function collector() {
  let text = ''
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => text }
}
