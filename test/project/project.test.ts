import { describe, expect, it } from 'vitest'
import { projectOf } from '../../src/project/project.js'

const projectIn = (texts: Readonly<Record<string, string>>, folder?: string) => {
  const { files, readmes, context } = projectOf(new Map(Object.entries(texts)), folder)
  return { files: [...files.keys()], readmes: [...(readmes ?? [])], context }
}

describe('a project of texts at hand', () => {
  it('has the README files that its build files name, as a folder has them', () => {
    const { files, readmes, context } = projectIn(
      {
        'README.rst': 'root',
        'packages/a/pyproject.toml': '[tool.poetry]\nreadme = ["../../README.rst", "./docs/more.md"]\n',
        'packages/a/docs/more.md': 'more',
        'packages/a/CHANGES.md': '# distaudit: ignore[summary-missing]',
      },
      'packages/a',
    )
    expect(files).toEqual(['packages/a/pyproject.toml'])
    expect(readmes).toEqual([
      ['README.rst', 'root'],
      ['packages/a/docs/more.md', 'more'],
    ])
    expect(context.text('packages/a/CHANGES.md')).toContain('distaudit')
    expect(context.relative('dist/a.whl')).toBe('dist/a.whl')
  })

  it('has those of its folder where a program may read them', () => {
    const texts = { 'a/setup.py': '', 'a/readme.md': 'x', 'a/b/README.md': '', 'README.md': '', 'ab/README.md': '' }
    expect(projectIn(texts, 'a').readmes).toEqual([['a/readme.md', 'x']])
  })

  it('has none outside of the root', () => {
    const texts = { 'pyproject.toml': '[project]\nreadme = "../README.md"\n', 'README.md': '' }
    expect(projectIn(texts).readmes).toEqual([])
  })
})
