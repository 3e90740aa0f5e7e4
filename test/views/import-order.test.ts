import { expect, it } from 'vitest'
import { auditFiles } from '../../fixtures/audit.js'
import { buildWheel } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { cpuSeconds } from '../support/cpu.js'

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
