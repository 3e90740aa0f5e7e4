import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gzipSync } from 'node:zlib'
import { diff, formats } from 'distaudit/browser'
import { build, type InlineConfig } from 'vite'
import { ruleTexts, withoutExamples } from './without-examples.ts'

/**
 * `npm run build -- [DIR] [--from ORIGIN]…`: builds the page into DIR, or into dist, from the core that `npm run build` made before.
 * `--from` names who may be asked for files by their address; by default that is PyPI.
 */
const { dir, origins } = argumentsOf(process.argv.slice(2))
const root = fileURLToPath(new URL('.', import.meta.url))
const out = dir === undefined ? join(root, 'dist') : resolve(process.env.INIT_CWD ?? '.', dir)
const core = createRequire(import.meta.url)
const { version } = JSON.parse(readFileSync(core.resolve('distaudit/package.json'), 'utf8')) as { version: string }

function argumentsOf(args: readonly string[]) {
  const origins: string[] = []
  let dir: string | undefined
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (arg === '--from') {
      const given = args[++at]
      const url = given === undefined ? null : URL.parse(given)
      if (!url || !/^https?:$/.test(url.protocol))
        throw new Error('--from takes an origin, such as https://example.org')
      origins.push(url.origin)
    } else if (arg.startsWith('-') || dir !== undefined) throw new Error(`unknown argument ${arg}`)
    else dir = arg
  }
  return { dir, origins: origins.length > 0 ? origins : ['https://files.pythonhosted.org'] }
}

const hashOf = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('base64')

/** The pages that are shown in a frame have the policy of this page beside their own: it has to know their script and styles. */
async function policy(): Promise<string> {
  const part = (name: string) => `'sha256-${hashOf(readFileSync(core.resolve(`distaudit/page/${name}`)))}'`
  const { differenceHtml } = await formats()
  const difference = /style-src ('sha256-[^']+')/.exec(differenceHtml(await diff([], [])))?.[1]
  if (difference === undefined) throw new Error('the page of a comparison has no policy')
  return [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${part('page.js')}`,
    `style-src 'self' ${part('page.css')} ${part('frame.css')} ${difference}`,
    "worker-src 'self' blob:",
    `connect-src 'self' ${origins.join(' ')}`,
    "img-src 'self' data:",
    "manifest-src 'self'",
    'frame-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Puts docutils and Pyodide next to the page. Gives their folder, or nothing where pyodide is not installed. */
function renderer(): string | undefined {
  const made = join(core.resolve('distaudit/package.json'), '../dist/renderer')
  if (!existsSync(join(made, 'snapshot.br'))) {
    console.warn(
      'The page is built without pyodide: descriptions in reStructuredText that are not sure are not checked.',
    )
    return undefined
  }
  const pyodide = join(createRequire(core.resolve('distaudit/package.json')).resolve('pyodide/package.json'), '..')
  const snapshot = brotliDecompressSync(readFileSync(join(made, 'snapshot.br')))
  const folder = `renderer-${createHash('sha256').update(snapshot).digest('hex').slice(0, 12)}/`
  mkdirSync(join(out, folder))
  // Browsers without brotli in their streams are many.
  writeFileSync(join(out, folder, 'snapshot.gz'), gzipSync(snapshot, { level: 9 }))
  for (const name of ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'])
    cpSync(join(pyodide, name), join(out, folder, name))
  return folder
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const folder = renderer()
const define = {
  ORIGINS: JSON.stringify(origins),
  RENDERER: JSON.stringify(folder) ?? 'undefined',
  VERSION: JSON.stringify(version),
}
const common: InlineConfig = { root, base: './', configFile: false, logLevel: 'warn', publicDir: false }
/** Builds take seconds; which plugin takes them is of no interest. */
const rolldownOptions = { checks: { bundlerTimings: false } }
const target = 'es2023'
const csp = await policy()
await build({
  ...common,
  define,
  publicDir: 'public',
  worker: { format: 'es', rolldownOptions, plugins: () => [withoutExamples, ruleTexts] },
  build: {
    outDir: out,
    rolldownOptions,
    emptyOutDir: false,
    target,
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
  plugins: [
    {
      name: 'policy',
      transformIndexHtml: {
        order: 'post',
        handler: html =>
          html.replace(
            '<meta charset="utf-8">',
            () => `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${csp}">`,
          ),
      },
    },
  ],
})
const files = readdirSync(out, { recursive: true, encoding: 'utf8' })
  .filter(name => statSync(join(out, name)).isFile() && (folder === undefined || !name.startsWith(folder)))
  .map(name => relative(out, join(out, name)).replaceAll('\\', '/'))
  .sort()
const state = createHash('sha256')
for (const name of files) state.update(`${name}\0`).update(readFileSync(join(out, name)))
await build({
  ...common,
  define: {
    ...define,
    FILES: JSON.stringify(files.map(name => `./${name}`)),
    BUILD: JSON.stringify(state.digest('hex').slice(0, 16)),
  },
  build: {
    outDir: out,
    rolldownOptions,
    emptyOutDir: false,
    target,
    lib: { entry: 'sw/sw.ts', formats: ['iife'], name: 'sw', fileName: () => 'sw.js' },
  },
})
// For hosts that read it: the same policy as a header, and what a page cannot say of itself.
writeFileSync(
  join(out, '_headers'),
  `/*\n  Content-Security-Policy: ${csp}\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n`,
)
