import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { RULES } from '../rules/registry/index.js'
import { snippetOf } from '../src/report/snippet.js'
import { contentsOf } from './fuzz/seeds.js'
import { type Case, targetsOf } from './fuzz/targets.js'
import { auditBuilt } from './support/audit-built.js'
import { cpuSeconds } from './support/cpu.js'
import { unsafeIn } from './support/unsafe.js'

/** Files that broke a reader, a rule or an output once; cases.json tells how, and what is said of each now. */
interface Regression {
  /** The name under which it is audited. */
  readonly as: string
  readonly was: string
  /** All rules that give an error, and others that must be among the findings. */
  readonly errors: readonly string[]
  readonly gives?: readonly string[]
}

const folder = fileURLToPath(new URL('../fixtures/regressions/', import.meta.url))
const cases = JSON.parse(readFileSync(`${folder}cases.json`, 'utf8')) as Readonly<Record<string, Regression>>
const targets = targetsOf({ zips: [], tars: [], texts: () => [] })
const LARGEST = 64 * 1024
/** Seconds of the processor; what broke took many seconds, or had no end. */
const MOST = 5

const read = (file: string) => new Uint8Array(readFileSync(folder + file))

/** Lets a target of the fuzzer run, with every check that it makes only now and then. */
async function replay(name: string, input: Case): Promise<string | undefined> {
  const took = await cpuSeconds(MOST, () => targets[name]?.run(input, () => 0))
  return took > MOST ? `${name} took ${took.toFixed(1)} s` : undefined
}

describe('files that broke something once', () => {
  it('are all small, and all told', () => {
    const files = readdirSync(folder).filter(file => file !== 'cases.json')
    expect(files.sort()).toEqual(Object.keys(cases).sort())
    expect(files.filter(file => read(file).length > LARGEST)).toEqual([])
  })

  it.each(Object.entries(cases))('%s gives what is told', async (file, { as, errors, gives = [] }) => {
    const { findings, errors: faults } = await auditBuilt([{ filename: as, bytes: read(file) }], RULES)
    expect(faults).toEqual([])
    const found = (wanted: (severity: string) => boolean) => [
      ...new Set(findings.filter(({ severity }) => wanted(severity)).map(({ rule }) => rule)),
    ]
    expect(found(severity => severity === 'error').sort()).toEqual([...errors].sort())
    expect(found(() => true)).toEqual(expect.arrayContaining([...gives]))
  })

  it.each(Object.entries(cases))('%s goes through every reader', async (file, { as }) => {
    const bytes = read(file)
    const isTar = as.endsWith('.tar.gz')
    const containers = [isTar ? 'tar' : 'zip', 'differential', 'audit']
    const slow: (string | undefined)[] = []
    for (const name of containers) slow.push(await replay(name, { filename: as, bytes }))
    for (const { name: filename, data } of await contentsOf(bytes, isTar))
      for (const name of Object.keys(targets))
        if (!targets[name]?.from) slow.push(await replay(name, { filename, bytes: data }))
    expect(slow.filter(text => text !== undefined)).toEqual([])
  })

  it('print no command of a CI runner, not even one that the marked span divides', () => {
    for (const line of ['##[group]x', 'a ##vso[task.complete]', 'section_start:0:a'])
      for (let column = 1; column <= line.length; column++) {
        const { text } = snippetOf(line, column, line.slice(column - 1, column + 2), 80)
        expect(unsafeIn(text), text).toBeUndefined()
      }
  })
})
