import { describe, expect, it } from 'vitest'
import { pythonFile } from '../../src/python/file.js'

const file = (text: string, cut: boolean) => pythonFile(new TextEncoder().encode(text), cut).module

describe('a file of which only the beginning was kept', () => {
  const text = 'import os\ndata = b"\\\n=01 \\\nprint x \\\n'

  it('has no code in the string that was cut', () => {
    const module = file(text, true)
    expect(module.constructs).toEqual([])
    expect(module.broken).toBeUndefined()
    expect(module.imports.map(({ module }) => module)).toEqual(['os'])
    expect(module.isOpen).toBe(true)
  })

  it('is broken where it is whole', () => expect(file(text, false).broken).toBeDefined())
})

describe('a file in another encoding', () => {
  const bytes = (head: string) =>
    pythonFile(Uint8Array.from([...new TextEncoder().encode(`${head}x = '`), 0xe9, 0x27]), false)

  it('is read where a comment names it', () =>
    expect(bytes('#!python\n# -*- coding: latin-1 -*-\n').module.broken).toBeUndefined())

  it('is broken where none does', () => {
    expect(bytes('y = 1\n').module.broken).toEqual({ line: 2, column: 6 })
    expect(bytes('# coding: utf-8\n').module.broken).toEqual({ line: 2, column: 6 })
  })
})

it('keeps what was read when the bytes are dropped', () => {
  const file = pythonFile(new TextEncoder().encode('def main(): ...\n'), false)
  expect(file.module.names.has('main')).toBe(true)
  file.drop()
  expect([file.cut, file.module.isOpen, file.module.names.has('main')]).toEqual([false, false, true])
})

it('does not take for empty what was dropped before it was read', () => {
  const file = pythonFile(new TextEncoder().encode('def main(): ...\n'), false)
  file.drop()
  expect([file.cut, file.module.isOpen]).toEqual([true, true])
})
