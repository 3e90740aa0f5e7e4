import { cpSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vitepress'

/** `npm run build -- [DIR]`: builds the site into DIR, or into .vitepress/dist, from a copy of docs/ where VitePress reads it. */
const [dir] = process.argv.slice(2)
const root = fileURLToPath(new URL('.', import.meta.url))
rmSync(`${root}.content`, { recursive: true, force: true })
cpSync(fileURLToPath(new URL('../../docs/', import.meta.url)), `${root}.content`, { recursive: true })
await build(root, dir === undefined ? {} : { outDir: resolve(process.env.INIT_CWD ?? '.', dir) })
