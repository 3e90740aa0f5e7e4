// What test/fuzz/guided.ts bundles for Jazzer.js: one target, named in the environment.
import { crc32 } from 'node:zlib'
import { generator } from './mutate.js'
import { caseOf, targetsOf } from './targets.js'
import { tried } from './tried.js'

const name = process.env.FUZZ_TARGET ?? ''
const target = targetsOf({ zips: [], tars: [], texts: () => [] })[name]

export function fuzz(data: Uint8Array): undefined | Promise<void> {
  if (!target) throw new Error(`there is no target ${name}`)
  // A copy: the readers keep views of what they are given.
  const bytes = new Uint8Array(data)
  const took = tried(name, target, caseOf(target, bytes), generator(crc32(bytes)), 'a case')
  return took instanceof Promise ? took.then(() => undefined) : undefined
}
