import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'

/** A program that answers each file, given as its length in four bytes and its bytes, with a line of JSON. */
export function startReader<Answer>(command: string, args: readonly string[]) {
  const child: ChildProcess = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const { stdin, stdout } = child as ChildProcess & { stdin: Writable; stdout: NodeJS.ReadableStream }
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return {
    async ask(files: readonly Uint8Array[]): Promise<readonly Answer[]> {
      const sending = (async () => {
        for (const file of files) {
          const head = Buffer.alloc(4)
          head.writeUInt32LE(file.length)
          stdin.write(head)
          if (!stdin.write(file)) await once(stdin, 'drain')
        }
      })()
      const answers: Answer[] = []
      while (answers.length < files.length) {
        const { value, done } = await lines.next()
        if (done) throw new Error(`${command} ended after ${answers.length} answers`)
        answers.push(JSON.parse(value) as Answer)
      }
      await sending
      return answers
    },
    end: () => {
      stdin.end()
    },
  }
}
