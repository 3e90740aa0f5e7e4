import { blobSource, sha256 } from 'distaudit/browser'
import type { Hashing } from './hashing.ts'

// Hashes files while the audit reads them. Where it fails, the audit hashes the file itself.

addEventListener('message', async ({ data: { blob, milliseconds, port } }: MessageEvent<Hashing>) => {
  port.postMessage(await sha256(blobSource(blob), milliseconds).catch(() => undefined))
})
