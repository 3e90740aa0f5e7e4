import { describe, expect, it } from 'vitest'
import { filtered, groupsOf, searchable } from '../../src/page/filter.js'
import { firstState, hashOf, stateOf } from '../../src/page/state.js'
import { boxesOf, byKind, childrenOf, folderAt, treeOf } from '../../src/page/tree.js'
import type { Members, PageData, PageFinding } from '../../src/report/html/data.js'

const found = (changes: Partial<PageFinding>): PageFinding => ({
  rule: 'name-invalid',
  severity: 'error',
  message: 'The name is not valid.',
  help: 'Rename it.',
  file: 0,
  place: 'demo.whl',
  lines: [],
  related: [],
  ...changes,
})

describe('the state in the address', () => {
  const first = firstState(['error', 'info'])

  it('comes back as it was', () => {
    const state = {
      ...first,
      severities: ['info'] as const,
      rule: 'a-rule',
      find: 'two words & more',
      file: 2,
      folder: 'a/b c',
      measure: 'packed' as const,
    }
    expect(stateOf(`#${hashOf(state, first)}`, first, 3)).toEqual(state)
    expect(hashOf(first, first)).toBe('')
    expect(stateOf(`#${hashOf({ ...first, severities: [] }, first)}`, first, 1).severities).toEqual([])
  })

  it('is the first one where the address says nothing that exists', () => {
    expect(stateOf('#file=9&by=x&%', first, 3)).toEqual(first)
    expect(firstState(['info']).severities).toEqual(['error', 'warning', 'info'])
  })
})

it('finds every word in any order, and groups by file and release', () => {
  const findings = [
    found({}),
    found({ rule: 'b', severity: 'warning', message: 'large file', file: 1 }),
    found({ release: 0 }),
  ]
  const data = { files: [{ filename: 'demo.whl' }, { filename: 'other.tar.gz' }], findings } as unknown as PageData
  const texts = searchable(data)
  const ask = (find: string) =>
    filtered(findings, texts, { severities: ['error', 'warning'], rule: '', find }).map(({ rule }) => rule)
  expect(ask('FILE other large')).toEqual(['b'])
  expect(ask('name absent')).toEqual([])
  expect(filtered(findings, texts, { severities: ['warning'], rule: '', find: '' })).toHaveLength(1)
  expect(groupsOf(findings).map(({ file, release }) => [file, release])).toEqual([
    [0, undefined],
    [1, undefined],
    [undefined, 0],
  ])
})

describe('the tree of the map', () => {
  const members: Members = {
    paths: ['a', 'a/b.py', 'a/c/d.so', '__proto__/x', 'z'],
    sizes: [1, 10, 1000, 3, 0],
    packed: [1, 5, 500, 3, 0],
    kinds: [3, 0, 1, 3, 3],
    debug: [[2, 600]],
    more: { count: 7, size: 4, packed: 2 },
  }
  const root = treeOf(members)

  it('sums what is below each folder, and what is not listed', () => {
    expect([root.size, root.packed, root.files, root.debug]).toEqual([1018, 511, 12, 600])
    expect(folderAt(root, 'nowhere/at/all')).toBe(root)
    expect(byKind(root, 'size').get(1)).toEqual({ bytes: 1000, files: 1 })
    expect(childrenOf(root, 'size').map(({ size }) => size)).toEqual([1010, 4, 3, 1, 0])
  })

  it('shows a bounded number of boxes for any number of files', () => {
    const paths = Array.from({ length: 20_000 }, (_, i) => `f${i % 100}/g${i % 7}/m${i}`)
    const ones = paths.map(() => 1)
    const many = treeOf({ paths, sizes: ones, packed: ones, kinds: ones, debug: [] })
    const count = (box: ReturnType<typeof boxesOf>): number =>
      1 + (box.children ?? []).reduce((sum, one) => sum + count(one), 0)
    const boxes = boxesOf(many, 'size')
    expect(count(boxes)).toBeLessThan(2500)
    const leaves = (box: typeof boxes): number =>
      box.children ? box.children.reduce((sum, one) => sum + leaves(one), 0) : box.value
    expect(leaves(boxes)).toBe(20_000)
  })
})
