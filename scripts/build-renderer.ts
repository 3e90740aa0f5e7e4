/**
 * Makes dist/renderer: the program of the rendering thread, the wheels it runs, and a memory snapshot of Pyodide that has
 * imported them (`tsx scripts/build-renderer.ts`). Wheels come from the package index once and are checked against
 * scripts/renderer-lock.json; they and the snapshot stay in .cache/renderer.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { rolldown } from 'rolldown'
import {
  install,
  type Manifest,
  MODULE,
  type PyodidePackage,
  pyodideDirectory,
} from '../src/description/pyodide-thread.js'

interface Wheel {
  readonly project: string
  readonly version: string
  readonly filename: string
  readonly sha256: string
}

const root = fileURLToPath(new URL('../', import.meta.url))
const cache = `${root}.cache/renderer`
const lockText = readFileSync(`${root}scripts/renderer-lock.json`, 'utf8')
const { wheels } = JSON.parse(lockText) as { readonly wheels: readonly Wheel[] }
const program = readFileSync(`${root}src/description/renderer.py`)

const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex')

/** The wheel's address on the index that pip is told to use by its environment, else on PyPI. */
async function fetchWheel({ project, filename }: Wheel): Promise<Uint8Array> {
  const index = (process.env.PIP_INDEX_URL ?? 'https://pypi.org/simple').replace(/\/+$/, '')
  const headers = { Accept: 'application/vnd.pypi.simple.v1+json' }
  const page = await fetch(`${index}/${project}/`, { headers, signal: AbortSignal.timeout(60_000) })
  if (!page.ok) throw new Error(`${index}/${project}/ answers ${page.status}`)
  const { files } = (await page.json()) as {
    readonly files: readonly { readonly filename: string; readonly url: string }[]
  }
  const file = files.find(one => one.filename === filename)
  if (!file) throw new Error(`${index} has no ${filename}`)
  const answer = await fetch(new URL(file.url, `${index}/${project}/`), { signal: AbortSignal.timeout(120_000) })
  if (!answer.ok) throw new Error(`${file.url} answers ${answer.status}`)
  return new Uint8Array(await answer.arrayBuffer())
}

/** pip knows proxies, certificates and indexes that are configured elsewhere. */
function downloadWithPip({ project, version, filename }: Wheel): Uint8Array {
  const options = ['--quiet', '--no-deps', '--only-binary', ':all:', '--dest', cache]
  execFileSync('python3', ['-m', 'pip', 'download', ...options, `${project}==${version}`], { stdio: 'inherit' })
  return readFileSync(`${cache}/${filename}`)
}

async function wheelBytes(wheel: Wheel): Promise<Uint8Array> {
  const path = `${cache}/${wheel.filename}`
  if (existsSync(path) && sha256(readFileSync(path)) === wheel.sha256) return readFileSync(path)
  mkdirSync(cache, { recursive: true })
  const bytes = await fetchWheel(wheel).catch((reason: unknown) => {
    console.warn(`renderer: ${reason instanceof Error ? reason.message : String(reason)}; trying pip`)
    return downloadWithPip(wheel)
  })
  if (sha256(bytes) !== wheel.sha256) {
    rmSync(path, { force: true })
    throw new Error(`${wheel.filename} has not the SHA-256 of scripts/renderer-lock.json`)
  }
  writeFileSync(path, bytes)
  return bytes
}

/** Loads Pyodide, imports docutils and readme_renderer, and takes the memory. */
async function takeSnapshot(pyodide: PyodidePackage, bytes: readonly Uint8Array[]): Promise<Uint8Array> {
  const python = await pyodide.loadPyodide({ indexURL: pyodideDirectory(), _makeSnapshot: true })
  const renderer = install(
    python,
    bytes.map(wheel => new Uint8Array(wheel)),
    new Uint8Array(program),
  )
  renderer.warm()
  // A snapshot cannot hold a reference from JavaScript.
  renderer.destroy()
  return python.makeMemorySnapshot()
}

/** Fills a directory of the cache and gives its path. */
async function snapshotDirectory(): Promise<string> {
  const require = createRequire(import.meta.url)
  const { version } = require('pyodide/package.json') as { readonly version: string }
  const made = `${cache}/${sha256(`${lockText}${sha256(program)}${version}`).slice(0, 16)}`
  if (existsSync(made)) return made
  const bytes = await Promise.all(wheels.map(wheelBytes))
  const snapshot = await takeSnapshot((await import('pyodide')) as unknown as PyodidePackage, bytes)
  const part = `${made}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const params = { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_LGWIN]: 24 }
  writeFileSync(`${part}/snapshot.br`, brotliCompressSync(snapshot, { params }))
  wheels.forEach(({ filename }, i) => {
    writeFileSync(`${part}/${filename}`, bytes[i]!)
  })
  writeFileSync(`${part}/${MODULE}.py`, program)
  const manifest: Manifest = { pyodide: version, memory: snapshot.length, wheels: wheels.map(wheel => wheel.filename) }
  writeFileSync(`${part}/renderer.json`, `${JSON.stringify(manifest, undefined, 2)}\n`)
  renameSync(part, made)
  return made
}

/**
 * Writes the renderer into `<dist>/renderer`. Without Pyodide (it is optional) there is none, and descriptions in
 * reStructuredText are reported as not checked.
 */
export async function buildRenderer(dist = `${root}dist`): Promise<boolean> {
  if (!existsSync(`${root}node_modules/pyodide`)) {
    console.warn('renderer: pyodide is not installed; descriptions in reStructuredText will not be checked')
    return false
  }
  const directory = `${dist}/renderer`
  rmSync(directory, { recursive: true, force: true })
  cpSync(await snapshotDirectory(), directory, { recursive: true })
  const worker = await rolldown({
    input: { worker: 'src/description/pyodide-worker.ts' },
    cwd: root,
    platform: 'node',
    external: /^pyodide(\/|$)/,
    transform: { target: 'node20.19' },
  })
  await worker.write({ dir: directory, format: 'esm', minify: true })
  return true
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildRenderer()
