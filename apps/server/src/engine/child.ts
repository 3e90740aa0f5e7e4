import { type FileHandle, open, rm } from 'node:fs/promises'
import { audit, type ByteSource, html } from 'distaudit'
import { connect } from 'distaudit/remote'
import { metadataRules } from '../edition.ts'
import { keptSource, recording } from './facts.ts'
import type { Answer, FromChild, Request } from './messages.ts'

// A process that audits one file after another. Whoever started it may kill it at any time.

const EVERY = 200

process.on('message', (request: Request) => void answer(request))
process.on('disconnect', () => process.exit())

const tell = (message: FromChild) => process.send?.(message)

async function answer(request: Request): Promise<void> {
  try {
    const { from } = request
    if (from.kind === 'facts') tell(await fromFacts(request, from))
    else if (from.kind === 'address') tell(await fromAddress(request, from))
    else tell(await fromFile(request, from))
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

const optionsOf = ({ profile, select, seconds }: Request) => ({ profile, select, limits: { seconds }, preview: true })

async function fromFacts(
  request: Request,
  { facts, sha256 }: { facts: Uint8Array; sha256: string },
): Promise<FromChild> {
  const { source, missed } = keptSource(facts)
  const report = await audit([{ name: request.filename, source }], optionsOf(request))
  if (missed()) return { kind: 'facts-missing' }
  const distributions = report.distributions.map(one => ({ ...one, sha256 }))
  return { kind: 'done', answer: { report: { ...report, distributions }, bytesRead: 0 } }
}

async function fromAddress(
  request: Request,
  { address, sha256 }: { address: string; sha256: string },
): Promise<FromChild> {
  const remote = await connect()
  try {
    const file = remote.file(address, { filename: request.filename, sha256 })
    const report = await audit([file], optionsOf(request))
    const [found] = report.distributions
    const unread = found?.findings.find(({ rule }) => rule === 'file-unreadable' || rule === 'index-digest-mismatch')
    if (unread) return { kind: 'failed', reason: unread.message }
    const distributions = report.distributions.map(one => ({ ...one, sha256 }))
    return { kind: 'done', answer: { report: { ...report, distributions }, bytesRead: remote.traffic.bytes } }
  } finally {
    remote.close()
  }
}

async function fromFile(request: Request, { path, unlink }: { path: string; unlink: boolean }): Promise<FromChild> {
  const file = await open(path, 'r')
  try {
    if (unlink) await rm(path)
    const { size } = await file.stat()
    let bytesRead = 0
    let told = performance.now()
    const source: ByteSource = {
      size,
      async read(offset, length) {
        const wanted = Math.max(0, Math.min(length, size - offset))
        const bytes = await readAt(file, offset, wanted)
        bytesRead += bytes.length
        if (performance.now() - told > EVERY) {
          told = performance.now()
          tell({ kind: 'progress', bytesRead, size })
        }
        return bytes
      },
    }
    const input = { name: request.filename, source }
    const answer: Answer = {
      report: await audit([input], optionsOf(request)),
      html: request.format === 'html' ? await html([input], optionsOf(request)) : undefined,
      facts: request.keepFacts ? await factsOf(request, source) : undefined,
      bytesRead,
    }
    return { kind: 'done', answer }
  } finally {
    await file.close().catch(() => {})
  }
}

async function readAt(file: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

/** Asks the rules about metadata once more, of a source where every byte counts, and keeps what they read. */
async function factsOf(request: Request, source: ByteSource): Promise<Uint8Array | undefined> {
  const recorded = recording(source)
  await audit([{ name: request.filename, source: recorded.source }], { ...optionsOf(request), select: metadataRules() })
  return recorded.kept()
}
