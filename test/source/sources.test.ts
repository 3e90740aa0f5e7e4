import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { blobSource } from '../../src/source/blob.js'
import { checkedSource, foreignSource } from '../../src/source/checked.js'
import { fileSource } from '../../src/source/file.js'
import { MediumError } from '../../src/source/medium-error.js'
import { type ByteSource, bytesSource } from '../../src/source/source.js'

const folder = mkdtempSync(join(tmpdir(), 'distaudit-source-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const failure = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work()
  } catch (error) {
    return error
  }
  return undefined
}

function fileOf(content: string): string {
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return path
}

describe('a file', () => {
  it('gives its bytes, cut at its end', async () => {
    const source = await fileSource(fileOf('hello'))
    expect(source.size).toBe(5)
    expect(new TextDecoder().decode(await source.read(1, 100))).toBe('ello')
    await source.close?.()
  })

  it.each([
    ['that is not there', () => join(folder, 'none'), 'ENOENT'],
    ['whose name no system takes', () => 'a\0b', 'null bytes'],
    ['that is a directory', () => folder, 'not a regular file'],
  ])('%s is a fault of the medium', async (_, path, reason) => {
    const error = await failure(() => fileSource(path()))
    expect(error).toBeInstanceOf(MediumError)
    expect((error as Error).message).toContain(reason)
  })

  it('that the system does not read is a fault of the medium, with its reason', async () => {
    const source = await fileSource(fileOf('hello'))
    await source.close?.()
    const error = await failure(() => source.read(0, 5))
    expect(error).toBeInstanceOf(MediumError)
    expect(error).toMatchObject({ cause: { code: 'EBADF' } })
  })

  it('is not to blame for being asked for what is impossible', async () => {
    const source = await fileSource(fileOf('hello'))
    const error = await failure(() => source.read(0, Number.NaN))
    await source.close?.()
    expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_/) })
    expect(error).not.toBeInstanceOf(MediumError)
  })

  it('that shrinks while it is read has failed', async () => {
    const path = fileOf('hello')
    const file = await fileSource(path)
    truncateSync(path, 2)
    const error = await failure(() => checkedSource(file).read(0, 5))
    await file.close?.()
    expect(error).toEqual(new MediumError('it returned 2 of 5 bytes from offset 0, although its size is 5 bytes'))
  })
})

it('a Blob that can no longer be read is a fault of the medium', async () => {
  class Changed extends Blob {
    override slice(): Blob {
      return this
    }
    override arrayBuffer(): Promise<ArrayBuffer> {
      return Promise.reject(new DOMException('The file changed.', 'NotReadableError'))
    }
  }
  const error = await failure(() => blobSource(new Changed(['hello'])).read(0, 5))
  expect(error).toBeInstanceOf(MediumError)
  expect(error).toMatchObject({ message: 'The file changed.', cause: { name: 'NotReadableError' } })
})

describe('a Blob that is read in long pieces', () => {
  const MiB = 1024 * 1024
  const content = Uint8Array.from({ length: 5 * MiB + 7 }, (_, at) => (at * 31) >>> 5)
  class Counted extends Blob {
    slices = 0
    override slice(from?: number, to?: number): Blob {
      this.slices++
      return super.slice(from, to)
    }
  }
  const readAll = async (offsets: readonly number[], length: number) => {
    const blob = new Counted([content])
    const source = blobSource(blob)
    for (const offset of offsets)
      expect(Buffer.from(content.subarray(offset, offset + length)).equals(await source.read(offset, length))).toBe(
        true,
      )
    await source.close?.()
    return blob.slices
  }
  const inOrder = [0, 1, 2, 3, 4, 5].map(at => at * MiB)

  it('gives those that follow one another from one stream', async () => {
    expect(await readAll(inOrder, MiB)).toBe(2)
  })

  it('gives the same to two readers, and to one that jumps', async () => {
    expect(
      await readAll(
        inOrder.flatMap(at => [at, at + 5]),
        MiB,
      ),
    ).toBe(4)
    await readAll([...inOrder, 100, MiB + 100, 2 * MiB + 100, ...inOrder, 0, 0, MiB, MiB], MiB)
    await readAll([0, 10, 20, 5 * MiB, 5 * MiB + 10], 10)
  })

  it('gives it to several that ask at once', async () => {
    const source = blobSource(new Blob([content]))
    await source.read(0, MiB)
    const found = await Promise.all(Array.from({ length: 3 }, () => source.read(MiB, 2 * MiB)))
    for (const bytes of found) expect(Buffer.from(content.subarray(MiB, 3 * MiB)).equals(bytes)).toBe(true)
  })
})

describe('a source that is held to its word', () => {
  const hello = bytesSource(new TextEncoder().encode('hello'))
  const text = async (source: ByteSource, offset: number, length: number) =>
    new TextDecoder().decode(await source.read(offset, length))

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5, 2 ** 53, 5n, '5', undefined])('has no size of %s', size => {
    expect(() => checkedSource({ ...hello, size: size as number })).toThrow(MediumError)
  })

  it('gives what its size promises', async () => {
    expect(await text(checkedSource(hello), 0, 100)).toBe('hello')
    expect(await text(checkedSource(hello), 5, 100)).toBe('')
    const error = await failure(() => checkedSource({ ...hello, size: 1e15 }).read(2, 10))
    expect(error).toEqual(
      new MediumError('it returned 3 of 10 bytes from offset 2, although its size is 1,000,000,000,000,000 bytes'),
    )
  })

  it('is not asked past its end, and gives no more than it is asked for', async () => {
    const generous: ByteSource = { size: 5, read: () => Promise.resolve(new TextEncoder().encode('hello world')) }
    expect(await text(checkedSource(generous), 0, 3)).toBe('hel')
    const strict: ByteSource = { size: 5, read: () => Promise.reject(new RangeError('past the end')) }
    expect(await text(checkedSource(strict), 5, 3)).toBe('')
  })

  it('gives bytes', async () => {
    const odd = { size: 5, read: () => Promise.resolve('hello') } as unknown as ByteSource
    expect(await failure(() => checkedSource(odd).read(0, 5))).toBeInstanceOf(MediumError)
  })
})

describe('a source of somebody else', () => {
  it.each([
    [new RangeError('too far'), 'too far'],
    [Object.assign(new RangeError('The value is out of range'), { code: 'ERR_OUT_OF_RANGE' }), 'out of range'],
    [new TypeError(''), 'TypeError'],
    ['offline', 'offline'],
    [undefined, 'the source does not give a reason'],
    [404, 'the source does not give a reason'],
  ])('may throw %s', async (cause, reason) => {
    const thrower = () => {
      throw cause
    }
    for (const read of [thrower, () => Promise.reject(cause)]) {
      const error = await failure(() => foreignSource({ size: 5, read }).read(0, 5))
      expect(error).toBeInstanceOf(MediumError)
      expect(error).toMatchObject({ cause, message: expect.stringContaining(reason) })
    }
    const sizeless = {
      get size(): number {
        return thrower()
      },
      read: thrower,
    }
    expect(() => foreignSource(sizeless).size).toThrow(MediumError)
    expect(
      await failure(async () => foreignSource({ size: 5, read: thrower, close: thrower }).close?.()),
    ).toBeInstanceOf(MediumError)
  })
})
