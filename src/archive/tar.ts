import type { ByteSource } from '../source/source.js'
import type { Archive, ReadOptions } from './archive.js'
import { type GzipRead, readGzip } from './gzip.js'
import { DEFLATE_RATIO } from './limits.js'
import { looksLike } from './looks-like.js'
import { problemList } from './problem-list.js'
import { isZeroBlock, parseHeader } from './tar-header.js'
import { tarWalk } from './tar-walk.js'

const READ_SIZE = 256 * 1024
const BLOCK = 512
/**
 * Reads a gzip-compressed or plain tar, told apart by its first bytes. Other compressions are named in a problem and not
 * read. Rejects only when the source does; whatever the bytes say ends in `problems`.
 */
export async function readTar(source: ByteSource, options: ReadOptions): Promise<Archive> {
  const { problems, note } = problemList()
  const first = await source.read(0, BLOCK)
  const what = looksLike(first)
  if (what === 'bzip2' || what === 'xz' || what === 'compress') {
    note({ kind: 'tar-compression', offset: 0, compression: what })
    return { format: 'tar', members: [], problems }
  }
  // A V7 tar has no magic: its first header's checksum tells.
  if (what !== 'gzip' && what !== 'tar' && !isTarStart(first)) {
    note({ kind: 'tar-not-a-tar', offset: 0, looksLike: what })
    return { format: 'tar', members: [], problems }
  }
  const walk = tarWalk(options, note, what === 'gzip' ? source.size * DEFLATE_RATIO : source.size)
  let gzip: GzipRead | undefined
  if (what === 'gzip')
    gzip = await readGzip(
      source,
      walk.write,
      problem => note({ ...problem, afterTar: walk.ends() > 0, afterBoth: walk.ends() > 1 }),
      walk.late,
    )
  else await readPlain(source, walk.write)
  const { members, facts, partial } = walk.end(gzip?.complete === false)
  return { format: 'tar', members, problems, tar: facts, gzip: gzip?.facts, ...(partial && { partial }) }
}

const isTarStart = (block: Uint8Array): boolean =>
  block.length === BLOCK && (isZeroBlock(block) || parseHeader(block) !== undefined)

async function readPlain(source: ByteSource, output: (chunk: Uint8Array) => boolean): Promise<void> {
  for (let at = 0; at < source.size; at += READ_SIZE) if (!output(await source.read(at, READ_SIZE))) return
}
