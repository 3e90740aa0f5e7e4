import { fileURLToPath } from 'node:url'
import type { InputOptions, OutputOptions } from 'rolldown'

// dist/browser.js, as scripts/build.ts writes it; the test of it and THIRD-PARTY.md are made of the same.

const root = fileURLToPath(new URL('../', import.meta.url))

/** What a browser has other modules for. */
const REPLACED: ReadonlyMap<string, string> = new Map([[`${root}src/runtime.ts`, `${root}src/runtime-browser.ts`]])

export const browserInput: InputOptions = {
  cwd: root,
  input: { browser: 'src/browser.ts' },
  platform: 'browser',
  // A worker has no document: what needs one in a browser has another module for it.
  resolve: { conditionNames: ['worker', 'browser', 'import', 'default'] },
  transform: { target: 'es2023' },
  checks: { ineffectiveDynamicImport: false },
  plugins: [
    {
      name: 'browser-modules',
      resolveId: {
        filter: { id: /^\..*\/runtime\.js$/ },
        async handler(source, importer) {
          const resolved = await this.resolve(source, importer)
          return REPLACED.get(resolved?.id ?? '')
        },
      },
    },
  ],
}

export const browserOutput: OutputOptions = {
  format: 'esm',
  minify: true,
  // What few files need loads when one comes: tables of licenses and SBOM schemas, readers of binaries.
  chunkFileNames: 'browser/[name]-[hash].js',
}
