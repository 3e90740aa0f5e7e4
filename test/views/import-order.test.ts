import { expect, it } from 'vitest'
import { pythonFile } from '../../src/python/file.js'
import { earlyImport, MOST_RUN } from '../../src/views/import-order.js'
import type { ModuleEntry } from '../../src/views/python-modules.js'
import { cpuSeconds } from '../support/cpu.js'

/** What each start finds, of modules that are next to one another. */
function search(texts: Readonly<Record<string, string>>): number {
  const modules = new Map<string, ModuleEntry>(
    Object.entries(texts).map(([name, text]) => [
      name,
      { kind: 'module', installed: undefined, file: pythonFile(new TextEncoder().encode(text), false) },
    ]),
  )
  const read = (name: string) => modules.get(name)?.file?.module
  const left = { count: MOST_RUN }
  const known = { modules, read, namesBefore: () => new Set<string>() }
  return [...modules.keys()].filter(start => earlyImport(start, known, left)).length
}

it('finds what a module takes of one that is still being imported', () => {
  expect(search({ a: 'from b import y\nx = 1\n', b: 'from a import x\ny = 1\n' })).toBe(2)
  expect(search({ a: 'import b\nx = 1\n', b: 'import a\ny = 1\n' })).toBe(0)
})

it('takes little time where thousands of modules import one another', async () => {
  const count = 4000
  const texts = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `m${i}`,
      [7, 3, 5].map(by => `import m${(i * by + 1) % count}\n`).join(''),
    ]),
  )
  expect(await cpuSeconds(5, () => search(texts))).toBeLessThan(5)
  const ring = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`m${i}`, `from m${(i + 1) % count} import x\nx = 1\n`]),
  )
  expect(await cpuSeconds(5, () => search(ring))).toBeLessThan(5)
})
