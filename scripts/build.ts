/** Bundles the command, the library, the grammars and the library for browsers into dist/, with type declarations and the renderer's snapshot. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type InputOptions, rolldown } from 'rolldown'
import { browserInput, browserOutput } from './browser-bundle.js'
import { buildPage } from './build-page.js'
import { buildRenderer } from './build-renderer.js'
import { edition } from './edition.js'
import { lazyExamples } from './lazy-examples.js'
import { pruneTypes } from './prune-types.js'

const root = fileURLToPath(new URL('../', import.meta.url))
process.chdir(root)
/** Made next to the old one, so that a build that fails, or goes on, disturbs nobody. */
const out = '.cache/dist'
rmSync(out, { recursive: true, force: true })

/** What few files of the command ask for: where they are. */
const OWN_URL = '__moduleUrl'

/** A character of a string or a pattern, as code of ASCII alone says it. */
const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`

const input: InputOptions = {
  platform: 'node',
  external: ['pyodide'],
  transform: { target: 'node20.19' },
  plugins: [lazyExamples],
  // The part with the rules about binaries has the module already; without it, it loads alone.
  checks: { ineffectiveDynamicImport: false },
}

// The command is CommonJS: Node starts it in less time than modules. What is imported dynamically becomes a file of its own.
const command = await rolldown({
  ...input,
  input: { main: 'src/cli.ts', worker: 'src/cli/worker.ts', inflate: 'src/cli/inflate.ts' },
  transform: { ...input.transform, define: { 'import.meta.url': OWN_URL } },
})
await command.write({
  dir: out,
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'command/[name].cjs',
  minify: true,
})
const build = createHash('sha256')
for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' }).sort()) {
  if (!file.endsWith('.cjs')) continue
  const code = readFileSync(`${out}/${file}`, 'utf8').replace(/[^\0-\x7f]/g, escaped)
  const whole = code.includes(OWN_URL)
    ? `const ${OWN_URL}=require("node:url").pathToFileURL(__filename).href;${code}`
    : code
  writeFileSync(`${out}/${file}`, whole)
  build.update(`${file}\0${whole}\0`)
}
const library = await rolldown({
  ...input,
  input: { index: 'src/index.ts', remote: 'src/remote/index.ts', standards: 'src/standards/index.ts' },
})
await library.write({ dir: out, format: 'esm', chunkFileNames: 'library/[name]-[hash].js' })
const browser = await rolldown(browserInput)
await browser.write({ ...browserOutput, dir: out })

writeFileSync(
  `${out}/cli.cjs`,
  readFileSync('src/cli/boot.cjs', 'utf8').replace("'BUILD'", `'${build.digest('hex').slice(0, 16)}'`),
)
chmodSync(`${out}/cli.cjs`, 0o755)
await buildPage(`${root}${out}`)
writeFileSync(`${out}/edition.json`, edition())
await buildRenderer(`${root}${out}`)
if (!process.argv.includes('--no-types') && existsSync('tsconfig.build.json')) {
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json', '--outDir', `${out}/types`], { stdio: 'inherit' })
  pruneTypes(`${out}/types`, [
    'src/index.d.ts',
    'src/browser.d.ts',
    'src/remote/index.d.ts',
    'src/standards/index.d.ts',
  ])
}
rmSync('dist', { recursive: true, force: true })
renameSync(out, 'dist')
