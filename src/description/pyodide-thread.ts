import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { parentPort } from 'node:worker_threads'
import { brotliDecompress } from 'node:zlib'
import type { Answer } from './pyodide-node.js'

// What the rendering thread does (pyodide-worker.ts), and what scripts/build-renderer.ts prepares for it.

/** renderer.json: what the files next to it were made of. */
export interface Manifest {
  /** Version of Pyodide that made the snapshot: no other one can read it. */
  readonly pyodide: string
  /** Bytes of the memory that the snapshot needs. */
  readonly memory: number
  readonly wheels: readonly string[]
}

/** The parts of Pyodide that are used here; its own types want a browser's. */
export interface Pyodide {
  readonly version: string
  readonly FS: { writeFile(path: string, data: Uint8Array): void }
  unpackArchive(archive: Uint8Array, format: 'zip', options: { extractDir: string }): void
  pyimport(name: string): unknown
  runPython(code: string): unknown
  makeMemorySnapshot(): Uint8Array
}
interface PyodideModule {
  readonly HEAP8: Int8Array
  _malloc(size: number): number
}
export interface PyodidePackage {
  readonly version: string
  loadPyodide(options: {
    /** Directory of the package. Without it Pyodide looks at a stack trace, which source maps falsify. */
    readonly indexURL: string
    readonly _makeSnapshot?: boolean
    readonly _loadSnapshot?: Promise<Uint8Array>
    readonly createPyodideModule?: (settings: unknown) => Promise<PyodideModule>
  }): Promise<Pyodide>
}
export interface PythonRenderer {
  restore_files(): void
  warm(): void
  render(text: string): string
  destroy(): void
}

/** The Python module of this directory, by the name it has inside. */
export const MODULE = 'distaudit_renderer'
const SITE_PACKAGES = '/lib/python3.14/site-packages'

/** Puts the wheels and our module in and imports it: what the snapshot has done already. */
export function install(python: Pyodide, wheels: readonly Uint8Array[], module: Uint8Array): PythonRenderer {
  for (const wheel of wheels) python.unpackArchive(wheel, 'zip', { extractDir: SITE_PACKAGES })
  python.FS.writeFile(`${SITE_PACKAGES}/${MODULE}.py`, module)
  return python.pyimport(MODULE) as PythonRenderer
}

/** Where the package is, as this file finds it. */
export function pyodideDirectory(): string {
  return `${dirname(createRequire(import.meta.url).resolve('pyodide/package.json'))}/`
}

async function fromSnapshot(pyodide: PyodidePackage, { memory }: Manifest, snapshot: Promise<Uint8Array>) {
  const { default: create } = (await import('pyodide/pyodide.asm.mjs' as string)) as {
    default: (settings: unknown) => Promise<PyodideModule>
  }
  const createPyodideModule = async (settings: unknown) => {
    const module = await create(settings)
    // Pyodide copies the snapshot into the memory it starts with, which is smaller: let it grow first.
    while (module.HEAP8.length < memory)
      if (module._malloc(1 << 20) === 0) throw new Error('there is no memory for the renderer')
    return module
  }
  const python = await pyodide.loadPyodide({
    indexURL: pyodideDirectory(),
    _loadSnapshot: snapshot,
    createPyodideModule,
  })
  const renderer = python.pyimport(MODULE) as PythonRenderer
  renderer.restore_files()
  return renderer
}

async function load(directory: URL): Promise<PythonRenderer> {
  const read = async (name: string) => new Uint8Array(await readFile(new URL(name, directory)))
  const manifest = JSON.parse(await readFile(new URL('renderer.json', directory), 'utf8')) as Manifest
  const snapshot = read('snapshot.br')
    .then(bytes => promisify(brotliDecompress)(bytes))
    .then(buffer => new Uint8Array(buffer))
  // Awaited later, or never where another version of Pyodide is installed.
  snapshot.catch(() => {})
  const pyodide = (await import('pyodide')) as unknown as PyodidePackage
  if (pyodide.version === manifest.pyodide) return fromSnapshot(pyodide, manifest, snapshot)
  const wheels = await Promise.all(manifest.wheels.map(read))
  return install(await pyodide.loadPyodide({ indexURL: pyodideDirectory() }), wheels, await read(`${MODULE}.py`))
}

/** Loads the renderer and answers each text with its rendering. */
export async function serve(directory: URL): Promise<void> {
  const port = parentPort
  if (!port) return
  const send = (answer: Answer) => port.postMessage(answer)
  try {
    const renderer = await load(directory)
    port.on('message', (text: string) => {
      try {
        send({ json: renderer.render(text) })
      } catch (error) {
        send({ fault: `the renderer broke down: ${reasonOf(error)}` })
      }
    })
    send({ ready: true })
  } catch (error) {
    send({ fault: reasonOf(error) })
  }
}

/** One line: Node adds a megabyte of source text to an error from Pyodide. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')
    return 'the optional package pyodide is not installed'
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n', 1)
  return line.slice(0, 300)
}
