// `node scripts/write-code-cache.cjs DIST ARGUMENTS...`: runs the command in DIST and keeps what V8 compiled on the way, of files not kept yet.
const { existsSync, writeFileSync } = require('node:fs')
const { resolve } = require('node:path')

const dist = resolve(process.argv[2])
process.argv.splice(1, 2, `${dist}/cli.cjs`)
const scripts = new Map()
require(`${dist}/cli.cjs`).install((filename, script) => scripts.set(filename, script))
process.on('exit', () => {
  for (const [filename, script] of scripts)
    if (!existsSync(`${filename}.cache`)) writeFileSync(`${filename}.cache`, script.createCachedData())
})
require(`${dist}/main.cjs`)
