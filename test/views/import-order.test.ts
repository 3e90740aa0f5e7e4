import { expect, it } from 'vitest'
import { auditFiles } from '../../fixtures/audit.js'
import { buildWheel } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { pythonFile } from '../../src/python/file.js'
import { earlyImport, MOST_LOOKED_AT } from '../../src/views/import-order.js'
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
  const budget = { left: MOST_LOOKED_AT }
  const known = { modules, read, namesBefore: () => new Set<string>() }
  return [...modules.keys()].filter(start => earlyImport(start, known, budget)).length
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

const MODULES = 2000

/** Seconds of the processor, and what the rule said of the wheel. */
async function judged(init: string, textOf: (i: number) => string) {
  const indexes = Array.from({ length: MODULES }, (_, i) => i)
  const files = { 'demo/__init__.py': init, ...Object.fromEntries(indexes.map(i => [`demo/m${i}.py`, textOf(i)])) }
  const entryPoints = `[console_scripts]\n${indexes.map(i => `c${i} = demo.m${i}:main\n`).join('')}`
  const built = await buildWheel({ files, entryPoints })
  const rules = RULES.filter(({ id }) => id === 'import-fails')
  let said: readonly string[] = []
  const seconds = await cpuSeconds(10, async () => {
    const { distributions, internalErrors } = await auditFiles([built], rules)
    const messages = distributions.flatMap(({ findings }) => findings.map(({ message }) => message))
    said = [...messages, ...(internalErrors ?? []).map(({ rule }) => rule)]
  })
  return { seconds, said }
}

it.each<[string, string, (i: number) => string]>([
  ['one behind the other', 'from . import m0\n', i => `from . import m${(i + 1) % MODULES}\ndef main(): ...\n`],
  [
    'by their package',
    Array.from({ length: MODULES }, (_, i) => `from . import m${i}\n`).join(''),
    () => 'def main(): ...\n',
  ],
])('many modules that import one another, %s, are followed in little time', async (_, init, textOf) => {
  const { seconds, said } = await judged(init, textOf)
  expect(said).toEqual([])
  expect(seconds).toBeLessThan(10)
})
