import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { TarCase } from './tar-cases.js'

/** What an error of Python looks like from here. */
interface Failed {
  readonly error: string
  readonly text?: string
}

export type Tree = Readonly<Record<string, string>>
export type Unpacked = Failed | { readonly tree: Tree }

export type PythonMember = readonly [path: string, type: string, size: number, link: string | null, crc: string | null]

export interface PythonAnswer {
  readonly list: Failed | { readonly members: readonly PythonMember[] }
  readonly pypi: Failed | { readonly refused: string } | { readonly ok: true }
  readonly pip?: Unpacked
}

/** A process that answers each archive with a line of JSON. */
export interface Reader<Answer> {
  ask(cases: readonly TarCase[]): Promise<Answer[]>
  end(): void
}

export function reader<Answer>(command: string, args: readonly string[]): Reader<Answer> {
  const child: ChildProcessWithoutNullStreams = spawn(command, args)
  child.stderr.pipe(process.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(cases) {
      for (const { bytes, gzip } of cases) {
        const head = Buffer.alloc(5)
        head.writeUInt32LE(bytes.length)
        head[4] = (gzip ? 'z' : 't').charCodeAt(0)
        child.stdin.write(head)
        child.stdin.write(bytes)
      }
      const answers: Answer[] = []
      for (const each of cases) {
        const { value, done } = await lines.next()
        if (done) throw new Error(`${command} ended at a case: ${each.told.join(' + ')}`)
        answers.push(JSON.parse(value) as Answer)
      }
      return answers
    },
    end: () => {
      child.stdin.end()
    },
  }
}
