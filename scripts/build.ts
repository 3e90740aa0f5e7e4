/** Bundles the command, the library and the grammars into dist/, with type declarations. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build } from 'esbuild'
import { buildRenderer } from './build-renderer.js'

const root = fileURLToPath(new URL('../', import.meta.url))
process.chdir(root)
rmSync('dist', { recursive: true, force: true })

const common: BuildOptions = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: ['pyodide'],
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
}

// The command is one CommonJS file: Node starts it in less time than modules, and lazy parts are only run when needed.
await build({
  ...common,
  entryPoints: { cli: 'src/cli.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': '__moduleUrl' },
  banner: { js: "#!/usr/bin/env node\nconst __moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
})
await build({
  ...common,
  entryPoints: { index: 'src/index.ts', standards: 'src/standards/index.ts' },
  splitting: true,
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  // CommonJS dependencies call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
})
chmodSync('dist/cli.cjs', 0o755)
await buildRenderer()
if (!process.argv.includes('--no-types') && existsSync('tsconfig.build.json'))
  execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json'], { stdio: 'inherit' })
