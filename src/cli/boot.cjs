#!/usr/bin/env node
// Starts the command. Compiling its code is most of the time that a small wheel takes, so what V8 made of it in the first run
// is kept for the next ones, as Python keeps __pycache__: in a folder next to this file, which has no more to be trusted than the
// code itself. Where that folder cannot be written, or with NODE_DISABLE_COMPILE_CACHE=1, the code is compiled each time.
// Every Node since 10 parses this file, so that an old one can be told what is needed.
// biome-ignore-start lint/style/useNodejsImportProtocol: Node 10 has no `node:`.
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('fs')
const { dirname, join } = require('path')
const { setFlagsFromString } = require('v8')
const { Script } = require('vm')
const { crc32 } = require('zlib')
// biome-ignore-end lint/style/useNodejsImportProtocol: Node 10 has no `node:`.

/** What stands in this place in dist/: a hash of all files of the command, by scripts/build.ts. */
const BUILD = 'BUILD'

/**
 * Loads a file of the command, and what it requires. Node's own way looks for each file in several places, and its compile cache
 * (from Node 22.1 on) reads all code to know it again.
 */
function start(file) {
  const { version, arch, env, pid } = process
  const folder = join(__dirname, 'compile-cache', `${version}-${arch}-${BUILD}`)
  const loaded = new Map()
  const missing = []
  const load = filename => {
    const known = loaded.get(filename)
    if (known) return known.exports
    const module = { exports: {} }
    loaded.set(filename, module)
    // The build leaves nothing but ASCII in them, which is read fastest so.
    const source = readFileSync(filename, 'latin1')
    const wrapper = `(function (exports, require, module, __filename, __dirname) {${source}\n})`
    const options = { filename }
    let cache
    if (!env.NODE_DISABLE_COMPILE_CACHE) {
      // V8 compares no more of the source than its length.
      cache = join(folder, `${filename.slice(__dirname.length + 1).replace(/\W/g, '_')}-${statSync(filename).mtimeMs}`)
      options.cachedData = contentOf(cache)
    }
    const script = new Script(wrapper, options)
    if (cache && script.cachedDataRejected !== false) missing.push([cache, script])
    const here = dirname(filename)
    const requireFrom = id => (id.startsWith('.') ? load(join(here, id)) : require(id))
    script.runInThisContext().call(module.exports, module.exports, requireFrom, module, filename, here)
    return module.exports
  }
  process.on('exit', () => {
    try {
      if (missing.length > 0) mkdirSync(folder, { recursive: true })
      for (const [cache, script] of missing) {
        // Containers with one folder have equal process numbers.
        const part = `${cache}.${pid}-${Date.now()}`
        writeFileSync(part, withSum(script.createCachedData()))
        renameSync(part, cache)
      }
    } catch {
      // Another user installed it: it stays as it is.
    }
  })
  load(file)
}

function withSum(data) {
  const sum = Buffer.alloc(4)
  sum.writeUInt32LE(crc32(data), 0)
  return Buffer.concat([data, sum])
}

/** V8 checks the version and the length of what it made, and then trusts it: other bytes make the process crash. */
function contentOf(file) {
  try {
    const bytes = readFileSync(file)
    const data = bytes.subarray(0, -4)
    return crc32(data) === bytes.readUInt32LE(data.length) ? data : undefined
  } catch {
    return undefined
  }
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`distaudit needs Node 20.19 or later; this is ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  // Garbage is collected when the heap has grown by a fifth: a file of 100,000 members takes a fifth less memory, and usual ones take
  // no more time. What is compiled under other flags is compiled again, so this comes first.
  setFlagsFromString('--heap-growing-percent=20')
  start(join(__dirname, 'main.cjs'))
}
