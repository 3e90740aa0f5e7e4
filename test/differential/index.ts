/**
 * `npm run differential -- TARGET [--cases N] [--seed N] [NAME=VALUE …]`: made files, each asked of the real readers and of us,
 * and every difference that nothing explains. TARGET is a file of this folder that exports `run`.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'
import { lazyExamples } from '../../scripts/lazy-examples.js'

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
const { run } = (await import(pathToFileURL(await bundled(fileURLToPath(file))).href)) as { run: Run }
const more = new Map(rest.map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const))
const different = await run({ cases: Number(values.cases), seed: Number(values.seed), more })
process.exit(different === 0 ? 0 : 1)

/** As one file: tsx asks a thread for each dynamic import, which takes as long as an audit. */
async function bundled(input: string): Promise<string> {
  const bundle = await rolldown({
    input,
    platform: 'node',
    external: ['pyodide'],
    plugins: [lazyExamples],
    // The programs that answer stand in this folder.
    transform: { define: { 'import.meta.url': JSON.stringify(import.meta.url) } },
    checks: { ineffectiveDynamicImport: false },
  })
  const dir = fileURLToPath(new URL('../../.cache/differential', import.meta.url))
  await bundle.write({ dir, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' })
  return `${dir}/${target}.mjs`
}
