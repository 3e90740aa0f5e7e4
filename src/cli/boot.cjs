#!/usr/bin/env node
// Starts the command. Compiling its code is most of the time that a small wheel takes, so `npm run build` keeps what V8 made
// of each file beside it (`.cache`). V8 takes that only in the version that made it; otherwise the file is compiled as usual.
const { readFileSync } = require('node:fs')
const Module = require('node:module')
const { dirname } = require('node:path')
const { Script } = require('node:vm')

/** Loads the `.cjs` files of this folder by their caches; `seen` gets each script that was compiled. */
function install(seen) {
  Module._extensions['.cjs'] = (module, filename) => {
    const source = readFileSync(filename, 'utf8')
    const wrapper = `(function (exports, require, module, __filename, __dirname) {${source}\n})`
    const cachedData = seen ? undefined : cacheOf(filename)
    const script = new Script(wrapper, { filename, cachedData })
    seen?.(filename, script)
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

if (require.main === module) {
  install()
  require('./main.cjs')
} else module.exports = { install }
