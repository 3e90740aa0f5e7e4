import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSourceTree } from '../../src/project/load.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'distaudit-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const put = (path: string, text = '') => {
  mkdirSync(dirname(join(dir, path)), { recursive: true })
  writeFileSync(join(dir, path), text)
}

describe('the source tree around a folder', () => {
  it('is the nearest project, with paths relative to the repository', async () => {
    put('.git/HEAD')
    put('packages/a/pyproject.toml', '[project]')
    put('packages/a/Cargo.toml', '[package]')
    put('packages/a/src/a/__init__.py')
    const tree = await loadSourceTree(join(dir, 'packages/a/src/a'))
    expect(tree.folder).toBe('packages/a')
    expect([...tree.files.keys()]).toEqual(['packages/a/pyproject.toml', 'packages/a/Cargo.toml'])
    expect(tree.context.text('packages/a/pyproject.toml')).toBe('[project]')
    expect(tree.context.relative(join(dir, 'dist/a.whl'))).toBe('dist/a.whl')
    expect(tree.context.relative(join(dir, '..', 'a.whl'))).toBeUndefined()
    expect(tree.context.relative(dir)).toBeUndefined()
  })

  it('does not go above the repository', async () => {
    put('pyproject.toml')
    put('inner/.git', 'gitdir: elsewhere')
    put('inner/x/y')
    const tree = await loadSourceTree(join(dir, 'inner/x'))
    expect(tree.folder).toBe('')
    expect(tree.files.size).toBe(0)
  })

  it('is the project itself where there is no repository', async () => {
    put('project/setup.py')
    put('project/dist/x')
    const tree = await loadSourceTree(join(dir, 'project/dist'))
    expect(tree.root.endsWith('project')).toBe(true)
    expect([...tree.files.keys()]).toEqual(['setup.py'])
  })

  it('resolves links', async () => {
    put('real/.git/HEAD')
    put('real/pyproject.toml')
    put('real/dist/a.whl')
    symlinkSync(join(dir, 'real'), join(dir, 'link'))
    const tree = await loadSourceTree(join(dir, 'link'))
    expect(tree.context.relative(join(dir, 'link/dist/a.whl'))).toBe('dist/a.whl')
    expect(tree.context.relative(join(dir, 'link/dist/missing.whl'))).toBe('dist/missing.whl')
  })

  it('leaves files that are too large alone', async () => {
    put('pyproject.toml', '#'.repeat(4 * 1024 * 1024 + 1))
    expect((await loadSourceTree(dir)).files.size).toBe(0)
  })

  it('needs a folder that exists', async () => {
    put('file')
    await expect(loadSourceTree(join(dir, 'missing'))).rejects.toThrow()
    await expect(loadSourceTree(join(dir, 'file'))).rejects.toThrow('is not a directory')
  })
})
