#!/usr/bin/env node
// Starts the command. Compiling its code is most of the time that a small wheel takes, so what V8 made of it in the first run
// is kept for the next ones, as Python keeps __pycache__: in a folder beside this file, which has no more to be trusted than the
// code itself. Where that folder cannot be written, or with NODE_DISABLE_COMPILE_CACHE=1, the code is compiled each time.
// Every Node since 10 parses this file, so that an old one can be told what is needed.
// biome-ignore-start lint/style/useNodejsImportProtocol: Node 10 has no `node:`.
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('fs')
const Module = require('module')
const { dirname, join } = require('path')
const { Script } = require('vm')
// biome-ignore-end lint/style/useNodejsImportProtocol: Node 10 has no `node:`.

const folder = join(__dirname, 'compile-cache')

/** What Node 20 does not have: loads the `.cjs` files of this folder by their caches, and writes those that were missing at the end. */
function keepCompiled() {
  const { crc32 } = require('node:zlib')
  const { version, arch, pid } = process
  const missing = new Map()
  Module._extensions['.cjs'] = (module, filename) => {
    const source = readFileSync(filename, 'utf8')
    const wrapper = `(function (exports, require, module, __filename, __dirname) {${source}\n})`
    // V8 compares no more of the source than its length.
    const cache = join(folder, `${version}-${arch}`, crc32(`${filename}\0${source}`).toString(16))
    const script = new Script(wrapper, { filename, cachedData: contentOf(cache) })
    if (script.cachedDataRejected !== false) missing.set(cache, script)
    const require = id => module.require(id)
    script.runInThisContext().call(module.exports, module.exports, require, module, filename, dirname(filename))
  }
  process.on('exit', () => {
    try {
      for (const [cache, script] of missing) {
        mkdirSync(dirname(cache), { recursive: true })
        writeFileSync(`${cache}.${pid}`, script.createCachedData())
        renameSync(`${cache}.${pid}`, cache)
      }
    } catch {
      // Another user installed it: it stays as it is.
    }
  })
}

function contentOf(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`distaudit needs Node 20.19 or later; this is ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  if (Module.enableCompileCache) Module.enableCompileCache(folder)
  else if (!process.env.NODE_DISABLE_COMPILE_CACHE) keepCompiled()
  require('./main.cjs')
}
