import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseGitIndex, readGitIndex } from '../../src/project/git-index.js'

interface Entry {
  readonly path: string
  readonly mode?: number
  readonly isExtended?: boolean
}

/** Big-endian 32-bit number. */
const u32 = (value: number) => [24, 16, 8, 0].map(shift => (value >>> shift) & 0xff)

/** An index as gitformat-index describes it, with object names of `hashSize` bytes. */
function indexOf(version: 2 | 3 | 4, entries: readonly Entry[], { hashSize = 20, extensions = [] as number[] } = {}) {
  const bytes = [...Buffer.from('DIRC'), ...u32(version), ...u32(entries.length)]
  let previous: readonly number[] = []
  for (const { path, mode = 0o100644, isExtended = false } of entries) {
    const start = bytes.length
    const name = [...Buffer.from(path)]
    const flags = (isExtended ? 0x4000 : 0) | Math.min(name.length, 0xfff)
    bytes.push(...Array(24).fill(0), ...u32(mode), ...Array(12 + hashSize).fill(1), flags >> 8, flags & 0xff)
    if (isExtended) bytes.push(0x40, 0)
    if (version === 4) {
      let same = 0
      while (same < previous.length && previous[same] === name[same]) same++
      bytes.push(previous.length - same, ...name.slice(same), 0)
    } else {
      bytes.push(...name, 0)
      while ((bytes.length - start) % 8 !== 0) bytes.push(0)
    }
    previous = name
  }
  return Uint8Array.from([...bytes, ...extensions, ...Array(hashSize).fill(9)])
}

const PATHS = ['a', 'src/demo/__init__.py', 'src/demo/core.py', 'ü.txt']
const entries = PATHS.map(path => ({ path }))

describe('an index of git', () => {
  it.each([2, 3, 4] as const)('of version %i gives the tracked paths', version => {
    expect([...(parseGitIndex(indexOf(version, entries))?.paths ?? [])]).toEqual(PATHS)
  })

  it('may have extended flags, extensions, and SHA-256', () => {
    const extended = entries.map(entry => ({ ...entry, isExtended: true }))
    expect(parseGitIndex(indexOf(3, extended))?.paths.size).toBe(4)
    const extensions = [...Buffer.from('TREE'), ...u32(3), 1, 2, 3]
    expect(parseGitIndex(indexOf(2, entries, { extensions }))?.paths.size).toBe(4)
    expect(parseGitIndex(indexOf(4, entries, { hashSize: 32 }))?.paths.size).toBe(4)
  })

  it('names submodules and sparse folders as folders', () => {
    const index = parseGitIndex(
      indexOf(2, [
        { path: 'vendor/lib', mode: 0o160000 },
        { path: 'huge/', mode: 0o040000 },
        { path: 'a', mode: 0o120000 },
      ]),
    )
    expect(index?.folders).toEqual(['vendor/lib', 'huge'])
    expect([...(index?.paths ?? [])]).toEqual(['a'])
  })

  it('is not understood when it is split, cut, of another version, or no index', () => {
    const extensions = [...Buffer.from('link'), ...u32(20), ...Array(20).fill(0)]
    expect(parseGitIndex(indexOf(2, entries, { extensions }))).toBeUndefined()
    const whole = indexOf(4, entries)
    for (let length = 0; length < whole.length; length++)
      expect(parseGitIndex(whole.subarray(0, length))).toBeUndefined()
    expect(parseGitIndex(Uint8Array.from(whole, (byte, i) => (i === 7 ? 5 : byte)))).toBeUndefined()
    expect(parseGitIndex(new TextEncoder().encode('DIRC is not enough to make an index of git'))).toBeUndefined()
  })
})

describe('the index of a repository', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'distaudit-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  const put = (path: string, text: string | Uint8Array) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }

  it('is found through the file that a worktree has', async () => {
    put('main/.git/worktrees/w/index', indexOf(2, entries))
    put('w/.git', 'gitdir: ../main/.git/worktrees/w\n')
    expect((await readGitIndex(join(dir, 'w')))?.paths.size).toBe(4)
    expect(await readGitIndex(join(dir, 'main'))).toBeUndefined()
  })

  const hasGit = spawnSync('git', ['--version']).status === 0
  it.skipIf(!hasGit)('is what git itself writes, in each version (needs git)', async () => {
    for (const path of PATHS) put(path, path)
    const git = (...args: string[]) => expect(spawnSync('git', args, { cwd: dir }).status).toBe(0)
    git('init', '-q')
    git('add', '.')
    for (const version of ['2', '4']) {
      git('update-index', '--index-version', version)
      expect([...((await readGitIndex(dir))?.paths ?? [])].sort()).toEqual([...PATHS].sort())
    }
  })
})
