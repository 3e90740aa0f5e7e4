import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { preparePython } from '../conformance/python.js'

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** entry_points.txt or METADATA. */
export type TextKind = 'e' | 'm'

/** A program that answers each text with a line of JSON. */
export interface TextReader<Answer> {
  ask(kind: TextKind, texts: readonly Uint8Array[]): Promise<readonly Answer[]>
  end(): void
}

function startReader<Answer>(command: string, args: readonly string[]): TextReader<Answer> {
  const { stdin, stdout } = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: stdout, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]()
  const send = async (kind: TextKind, texts: readonly Uint8Array[]) => {
    for (const text of texts) {
      const head = Buffer.alloc(5)
      head.write(kind)
      head.writeUInt32LE(text.length, 1)
      if (!stdin.write(Buffer.concat([head, text]))) await once(stdin, 'drain')
    }
  }
  return {
    async ask(kind, texts) {
      const sending = send(kind, texts)
      const answers: Answer[] = []
      while (answers.length < texts.length) {
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

/** pip, importlib.metadata, ConfigParser and packaging; `python` is one that has pip and packaging. */
export const pythonReader = <Answer>(python: string | undefined): TextReader<Answer> =>
  startReader(python ?? preparePython('differential-venv', ['pip==26.3', 'packaging==26.4']), [here('./text.py')])

/** uv's crates; `program` is what cargo builds of uv-text/. */
export function uvReader<Answer>(program: string | undefined): TextReader<Answer> {
  if (program !== undefined) return startReader(program, [])
  const manifest = here('./uv-text/Cargo.toml')
  execFileSync('cargo', ['build', '--release', '--quiet', '--ignore-rust-version', '--manifest-path', manifest], {
    stdio: 'inherit',
  })
  return startReader(here('./uv-text/target/release/distaudit-uv-text'), [])
}
