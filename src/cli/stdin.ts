import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { unreadable } from '../distribution/read.js'
import type { Target } from '../inputs.js'
import { UsageError } from '../usage-error.js'
import { reasonOf } from '../wording.js'

/** What standard input may have: no archive has more inside. */
const MOST_BYTES = 8 * 1024 ** 3

/**
 * What `-` means: the bytes of standard input under a name. An archive is read from its end too, so they are kept in a temporary
 * file, which has no name any more as soon as it is open: nothing is left when the command ends, however it ends.
 * @throws UsageError without a name, when standard input is a terminal, and when there is no room for the temporary file.
 */
export async function stdinTarget(name: string | undefined, stdin: NodeJS.ReadStream): Promise<Target> {
  const example = 'distaudit - --stdin-filename demo-1.0-py3-none-any.whl'
  if (name === undefined)
    throw new UsageError(`'-' needs --stdin-filename, since the name says what the file is: ${example}.`)
  const filename = basename(name)
  if (filename === '') throw new UsageError('--stdin-filename needs a file name.')
  if (/\.toml$|^setup\.(?:py|cfg)$/i.test(filename))
    throw new UsageError(
      `'-' reads a wheel or an sdist: a source tree is more than one file. Name it by its path: distaudit ${name}.`,
    )
  if (stdin.isTTY)
    throw new UsageError(`Standard input is a terminal. '-' reads a file from a pipe: curl -sL URL | ${example}.`)
  try {
    return { path: name, filename, descriptor: await keep(stdin) }
  } catch (error) {
    if (error instanceof UsageError) throw error
    const reason = `standard input: ${reasonOf(error)}`
    return { path: name, filename, broken: unreadable(name, filename, 'unreadable', reason) }
  }
}

async function keep(stdin: NodeJS.ReadStream): Promise<number> {
  const descriptor = openTemporary()
  try {
    let size = 0
    for await (const chunk of stdin as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > MOST_BYTES) throw new Error('it has more than 8 GiB')
      for (let done = 0; done < chunk.length; ) done += inTemporary(() => writeSync(descriptor, chunk, done))
    }
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

const openTemporary = (): number =>
  inTemporary(() => {
    const folder = mkdtempSync(join(tmpdir(), 'distaudit-'))
    try {
      return openSync(join(folder, 'stdin'), 'wx+', 0o600)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

/** What goes wrong there says nothing about the file. */
function inTemporary<T>(step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw new UsageError(
      `Standard input is kept in a temporary file, which cannot be written: ${reasonOf(error)}. Set TMPDIR to another directory.`,
    )
  }
}
