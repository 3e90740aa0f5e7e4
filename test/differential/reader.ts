import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program that answers each file with a line of JSON. */
export interface Reader<Answer> {
  /** Each file is what `framed` made of it. */
  ask(files: readonly (readonly Uint8Array[])[]): Promise<readonly Answer[]>
  end(): void
}

/** A file as a program reads it: the length of the bytes in four, and what the program wants to know before and behind that. */
export function framed(bytes: Uint8Array, before = '', behind = ''): readonly Uint8Array[] {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return [Buffer.concat([Buffer.from(before), length, Buffer.from(behind)]), bytes]
}

export function startReader<Answer>(command: string, args: readonly string[]): Reader<Answer> {
  const { stdin, stdout } = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: stdout, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const send = async (files: readonly (readonly Uint8Array[])[]) => {
    for (const part of files.flat()) if (!stdin.write(part)) await once(stdin, 'drain')
  }
  return {
    async ask(files) {
      const sending = send(files)
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
