/**
 * `npm run differential -- TARGET [--cases N] [--seed N] [NAME=VALUE …]`: made files, each asked of the real readers and of us,
 * and every difference that nothing explains. TARGET is a file of this folder that exports `run`.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

export interface DifferentialOptions {
  readonly cases: number
  readonly seed: number
  /** What only one target knows, as `name=value` on the command line. */
  readonly more: ReadonlyMap<string, string>
}

/** The number of differences that nothing explains. */
export type Run = (options: DifferentialOptions) => Promise<number>

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { cases: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
})
const [target = '', ...rest] = positionals
const file = new URL(`./${target}.ts`, import.meta.url)
if (!/^[a-z]+(?:-[a-z]+)?$/.test(target) || target === 'index' || !existsSync(fileURLToPath(file))) {
  console.error('usage: npm run differential -- tar|zip|entry-points|metadata [--cases N] [--seed N] [NAME=VALUE …]')
  process.exit(2)
}
const { run } = (await import(file.href)) as { run: Run }
const more = new Map(rest.map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const))
const different = await run({ cases: Number(values.cases), seed: Number(values.seed), more })
process.exit(different === 0 ? 0 : 1)
