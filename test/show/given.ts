import { readdirSync, readFileSync } from 'node:fs'
import { buildExample, type File } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { inspect } from '../../src/inspect/inspect.js'
import { givenBytes } from '../../src/library.js'
import type { Given } from '../../src/run.js'
import type { Shown, ShownDistribution } from '../../src/show/shown.js'
import { bytesSource } from '../../src/source/source.js'
import { isDrawn } from '../support/fc.js'

export const givenOf = (name: string, bytes: Uint8Array): Given => givenBytes({ name, source: bytesSource(bytes) })

export const shownOf = (name: string, bytes: Uint8Array): Promise<Shown> => inspect(givenOf(name, bytes), { md5: true })

/** The same of a file that is a wheel or an sdist. */
export async function opened(name: string, bytes: Uint8Array): Promise<ShownDistribution> {
  const shown = await shownOf(name, bytes)
  if (shown.kind === 'unknown') throw new Error(`${name}: ${shown.problems[0]?.message}`)
  return shown
}

const folder = (path: string) => new URL(`../../fixtures/${path}/`, import.meta.url)

/** The files of a folder of fixtures. */
export const filesIn = (path: string): readonly (readonly [name: string, bytes: Uint8Array])[] =>
  readdirSync(folder(path))
    .filter(name => !name.endsWith('.json'))
    .map(name => [name, readFileSync(new URL(name, folder(path)))] as const)

export const real = (name: string): readonly [string, Uint8Array] => [name, readFileSync(new URL(name, folder('real')))]

/** Files of one in four of the examples of rules: damaged and hostile ones too. */
export async function* exampleFiles(): AsyncGenerator<File> {
  const examples = RULES.flatMap(rule => [rule.bad, rule.good].flat()).filter(example => !example.tree)
  for (const example of examples.filter((_, i) => isDrawn(i, 4))) yield* await buildExample(example)
}
