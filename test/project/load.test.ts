import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadProject, loadSourceTree } from '../../src/project/load.js'

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

  it('has the README files that the project names, links resolved, in their order', async () => {
    put('.git/HEAD')
    put('README.rst', 'root')
    put('packages/a/pyproject.toml', '[tool.poetry]\nreadme = ["README.rst", "docs/more.md", "README.rst"]\n')
    put('packages/a/docs/more.md', 'more')
    put('packages/a/CHANGES.md', 'not named')
    symlinkSync(join(dir, 'README.rst'), join(dir, 'packages/a/README.rst'))
    const tree = await loadSourceTree(join(dir, 'packages/a'))
    expect([...tree.readmes]).toEqual([
      ['README.rst', 'root'],
      ['packages/a/docs/more.md', 'more'],
    ])
    expect([...tree.files.keys()]).toEqual(['packages/a/pyproject.toml'])
    expect(tree.context.text('README.rst')).toBe('root')
  })

  it.each([
    ['a program', 'setup.py', ['README', 'README.rst', 'readme.pypi.md']],
    ['nobody', 'pyproject.toml', []],
  ])('takes those of the folder where %s may read them', async (_, file, found) => {
    put(file)
    for (const name of ['README.rst', 'README', 'readme.pypi.md', 'README-not.md', 'docs/README.md', 'LICENSE'])
      put(name)
    expect([...(await loadSourceTree(dir)).readmes.keys()].sort()).toEqual(found)
  })

  it.each([
    ['../outside.md', undefined],
    ['link.md', undefined],
    ['folder', undefined],
    ['missing.md', undefined],
    ['large.md', undefined],
    ['a\\u0000b', undefined],
    ['docs/../README.md', 'README.md'],
  ])('reads no README outside of the root, no folder and nothing large: %s', async (name, found) => {
    put('outside.md', 'secret')
    put('project/pyproject.toml', `[project]\nreadme = "${name}"\n`)
    put('project/README.md', 'x')
    put('project/docs/x')
    put('project/large.md', 'x'.repeat(4 * 1024 * 1024 + 1))
    mkdirSync(join(dir, 'project/folder'))
    symlinkSync(join(dir, 'outside.md'), join(dir, 'project/link.md'))
    expect([...(await loadSourceTree(join(dir, 'project'))).readmes.keys()]).toEqual(found === undefined ? [] : [found])
  })

  it('reads at most 20 README files', async () => {
    const names = Array.from({ length: 30 }, (_, i) => `${i}.md`)
    for (const name of names) put(name)
    put('pyproject.toml', `[tool.poetry]\nreadme = ${JSON.stringify(names)}\n`)
    expect((await loadSourceTree(dir)).readmes.size).toBe(20)
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

describe('what git tracks', () => {
  /** An index of version 2 without files. */
  const index = () => {
    put('.git/HEAD')
    writeFileSync(
      join(dir, '.git/index'),
      Uint8Array.from([...Buffer.from('DIRC'), 0, 0, 0, 2, 0, 0, 0, 0, ...Array(20).fill(9)]),
    )
  }

  it('is known of the project around the working directory, where its files say its name', async () => {
    index()
    put('pyproject.toml', '[project]\nname = "Demo"\nversion = "1.0"\n')
    expect((await loadProject(undefined, dir))?.tracked).toMatchObject({ names: ['demo'], folder: '' })
    put('pyproject.toml', '[build-system]\n')
    expect((await loadProject(undefined, dir))?.tracked).toBeUndefined()
    expect((await loadProject(dir, '/'))?.tracked).toMatchObject({ names: [] })
  })
})
