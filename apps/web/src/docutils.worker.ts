import type { RendererAnswer } from './docutils.ts'

// Pyodide with docutils and readme_renderer in its memory, as build.ts puts them next to the page.

interface PythonModule {
  readonly HEAP8: Int8Array
  _malloc(size: number): number
}
interface Renderer {
  restore_files(): void
  render(text: string): string
}
interface Pyodide {
  loadPyodide(options: object): Promise<{ pyimport(name: string): unknown }>
}

let renderer: Renderer | undefined
const send = (answer: RendererAnswer) => postMessage(answer)

async function load(folder: string): Promise<Renderer> {
  const at = (name: string) => new URL(name, folder).href
  const bytes = async (name: string) => {
    const response = await fetch(at(name))
    if (!response.ok || !response.body) throw new Error(`the server does not have ${name}`)
    return response
  }
  const snapshot = bytes('snapshot.gz').then(
    async ({ body }) =>
      new Uint8Array(await new Response(body?.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()),
  )
  snapshot.catch(() => {})
  const [pyodide, { default: create }] = (await Promise.all([
    import(/* @vite-ignore */ at('pyodide.mjs')),
    import(/* @vite-ignore */ at('pyodide.asm.mjs')),
  ])) as [Pyodide, { default: (settings: unknown) => Promise<PythonModule> }]
  const size = (await snapshot).length
  const createPyodideModule = async (settings: unknown) => {
    const module = await create(settings)
    // Pyodide copies the snapshot into the memory it starts with, which is smaller: let it grow first.
    while (module.HEAP8.length < size)
      if (module._malloc(1 << 20) === 0) throw new Error('there is no memory for the renderer')
    return module
  }
  const python = await pyodide.loadPyodide({ indexURL: folder, _loadSnapshot: snapshot, createPyodideModule })
  const made = python.pyimport('distaudit_renderer') as Renderer
  made.restore_files()
  return made
}

addEventListener('message', async ({ data }: MessageEvent<{ readonly folder: string } | { readonly text: string }>) => {
  try {
    if ('folder' in data) {
      renderer = await load(data.folder)
      send({ ready: true })
    } else if (renderer) send({ json: renderer.render(data.text) })
  } catch (error) {
    // One line: an error from Pyodide may have a megabyte of source text.
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n', 1)
    send({ fault: line.slice(0, 300) })
  }
})
