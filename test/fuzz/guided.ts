import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import { jazzer } from './jazzer.js'
import { WORDS } from './mutate.js'
import { PACKED_WORDS } from './packed.js'
import { caseOf, type Target } from './targets.js'

const folder = fileURLToPath(new URL('../../.cache/fuzz/', import.meta.url))
const LARGEST = 64 * 1024

/** What is below the readers, and a search whose branches say nothing of how a file is read. */
const BELOW = /[\\/](?:node_modules|data)[\\/]|[\\/]licenses[\\/]match\.ts$/

/** src/ and rules/ become one file whose branches Jazzer.js counts, the rest others. */
async function bundled(): Promise<void> {
  const entry = fileURLToPath(new URL('./guided-entry.ts', import.meta.url))
  rmSync(`${folder}code`, { recursive: true, force: true })
  const code = await rolldown({
    input: { entry },
    platform: 'node',
    external: ['pyodide'],
    transform: { target: 'node20.19', define: { 'import.meta.url': JSON.stringify(pathToFileURL(entry).href) } },
    checks: { ineffectiveDynamicImport: false },
  })
  await code.write({
    dir: `${folder}code`,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: '[name].cjs',
    codeSplitting: {
      groups: [
        { name: 'below', test: BELOW, priority: 2 },
        { name: 'counted', test: /[\\/](?:src|rules)[\\/]/, priority: 1 },
      ],
    },
  })
}

/** Words as libFuzzer's dictionaries have them: bytes that are not plain ASCII in hexadecimal. */
function dictionary(words: readonly Uint8Array[]): string {
  const escaped = (byte: number) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`
  return words.map(word => `"${Array.from(word, escaped).join('')}"\n`).join('')
}

/** Does the target give promises? Jazzer.js runs the others without ever giving way, which is faster. */
async function isAsynchronous(target: Target): Promise<boolean> {
  const result = target.run(caseOf(target, target.starts[0] ?? new Uint8Array(0)), () => 1)
  await result
  return result instanceof Promise
}

/**
 * Lets Jazzer.js search a target for some seconds; false when it found a failure. What reached new branches stays in
 * .cache/fuzz/NAME/corpus/ and is where the next search begins.
 */
export async function guided(name: string, target: Target, seconds: number, seed: number): Promise<boolean> {
  const { cli, env } = jazzer()
  await bundled()
  const [seeds, corpus] = [`${folder}${name}/seeds/`, `${folder}${name}/corpus/`]
  rmSync(seeds, { recursive: true, force: true })
  for (const each of [seeds, corpus]) mkdirSync(each, { recursive: true })
  for (const start of target.starts)
    if (start.length <= LARGEST) writeFileSync(seeds + createHash('sha1').update(start).digest('hex'), start)
  writeFileSync(`${folder}words.dict`, dictionary([...WORDS, ...PACKED_WORDS]))
  const before = readdirSync(corpus).length
  const { status } = spawnSync(
    process.execPath,
    [
      cli,
      `${folder}code/entry.cjs`,
      corpus,
      seeds,
      ...((await isAsynchronous(target)) ? [] : ['--sync']),
      ...['-i', `${folder}code/counted.cjs`, '--timeout', '20000'],
      '--',
      ...[`-dict=${folder}words.dict`, `-artifact_prefix=${folder}${name}/`, `-max_len=${LARGEST}`],
      // A case that takes over a second of the processor fails by itself; libFuzzer's clock only ends one that never does.
      ...['-rss_limit_mb=1536', '-print_final_stats=1', `-max_total_time=${seconds}`, `-seed=${seed}`],
    ],
    { env: { ...process.env, ...env, FUZZ_TARGET: name }, stdio: 'inherit' },
  )
  console.log(`${name}: ${readdirSync(corpus).length - before} new cases in ${corpus}`)
  return status === 0
}
