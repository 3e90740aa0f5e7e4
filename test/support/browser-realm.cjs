/**
 * A thread that runs the browser bundle (workerData: code by file name) where there is nothing but the language and what web
 * workers have, and audits what it is sent. Needs --experimental-vm-modules.
 */
const { posix } = require('node:path')
const vm = require('node:vm')
const { parentPort, workerData } = require('node:worker_threads')

// Of the web's names only those that some part of the core may use; `WebAssembly` comes with the language.
const WEB = {
  TextDecoder,
  TextEncoder,
  Blob,
  File,
  URL,
  atob,
  btoa,
  crypto,
  performance,
  queueMicrotask,
  setTimeout,
  clearTimeout,
}
const context = vm.createContext({ ...WEB }, { codeGeneration: { strings: false, wasm: false } })

const modules = new Map()
function moduleOf(file) {
  const code = workerData[file]
  if (code === undefined) throw new Error(`the bundle has no ${file}`)
  let module = modules.get(file)
  if (!module) {
    module = new vm.SourceTextModule(code, { context, identifier: file, importModuleDynamically })
    modules.set(file, module)
  }
  return module
}
const link = (specifier, { identifier }) => {
  if (!specifier.startsWith('.')) throw new Error(`${identifier} imports ${specifier}`)
  return moduleOf(posix.join(posix.dirname(identifier), specifier))
}
async function importModuleDynamically(specifier, importer) {
  const module = link(specifier, importer)
  if (module.status === 'unlinked') await module.link(link)
  await module.evaluate()
  return module
}

const loading = importModuleDynamically('./browser.js', { identifier: 'browser.js' })

/** Files as a page has them. */
const filesOf = list => list?.map(({ name, bytes }) => new File([bytes], name))

async function answer({ files, baseline, project, config, renderer, options }) {
  const { audit, projectOf } = (await loading).namespace
  const notes = []
  const report = await audit(filesOf(files), {
    ...options,
    baseline: filesOf(baseline),
    config,
    project: project && { ...projectOf(project.files), tracked: project.tracked },
    renderer: renderer && { render: async () => renderer },
    onNote: text => notes.push(text),
  })
  return { json: JSON.stringify(report), notes }
}

parentPort.on('message', ({ id, job }) =>
  answer(job).then(
    done => parentPort.postMessage({ id, done }),
    async error => {
      const { UsageError } = (await loading).namespace
      parentPort.postMessage({ id, error: error instanceof UsageError ? `usage: ${error.message}` : error.stack })
    },
  ),
)
