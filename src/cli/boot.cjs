#!/usr/bin/env node
// Starts the command. Compiling its code is most of the time that a small wheel takes, so `npm run build` keeps what V8 made
// of each file beside it (`.cache`). V8 takes that only in the version that made it; otherwise the file is compiled as usual.
// Every Node since 10 parses this file, so that an old one can be told what is needed.
// biome-ignore-start lint/style/useNodejsImportProtocol: Node 10 has no `node:`.
const { readFileSync } = require('fs')
const Module = require('module')
const { dirname } = require('path')
const { Script } = require('vm')
// biome-ignore-end lint/style/useNodejsImportProtocol: Node 10 has no `node:`.

/** Loads the `.cjs` files of this folder by their caches; `seen` gets each script that was compiled. */
function install(seen) {
  Module._extensions['.cjs'] = (module, filename) => {
    const source = readFileSync(filename, 'utf8')
    const wrapper = `(function (exports, require, module, __filename, __dirname) {${source}\n})`
    const cachedData = seen ? undefined : cacheOf(filename)
    const script = new Script(wrapper, { filename, cachedData })
    if (seen) seen(filename, script)
    const require = id => module.require(id)
    script.runInThisContext().call(module.exports, module.exports, require, module, filename, dirname(filename))
  }
}

function cacheOf(filename) {
  try {
    return readFileSync(`${filename}.cache`)
  } catch {
    return undefined
  }
}

function oldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major < 20 || (major === 20 && minor < 19)
}

if (require.main !== module) module.exports = { install }
else if (oldNode()) {
  process.stderr.write(`distaudit needs Node 20.19 or later; this is ${process.versions.node}\n`)
  process.exitCode = 2
} else {
  install()
  require('./main.cjs')
}
