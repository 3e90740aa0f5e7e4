/** Bundles the command, the library, the grammars and the worker into dist/, with type declarations. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { buildRenderer } from './build-renderer.js'

const root = fileURLToPath(new URL('../', import.meta.url))
process.chdir(root)
rmSync('dist', { recursive: true, force: true })

await build({
  entryPoints: { index: 'src/index.ts', cli: 'src/cli.ts', worker: 'src/cli/worker.ts', standards: 'src/standards/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['pyodide'],
  minifySyntax: true,
  minifyWhitespace: true,
  // CommonJS dependencies call require for node's own modules.
  banner: { js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);" },
  logLevel: 'warning',
})
chmodSync('dist/cli.js', 0o755)
await buildRenderer()
if (!process.argv.includes('--no-types') && existsSync('tsconfig.build.json'))
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
