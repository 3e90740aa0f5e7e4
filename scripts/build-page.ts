import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('../', import.meta.url))

/** Writes what runs in the HTML report into `<dist>/page`. */
export async function buildPage(dist: string): Promise<void> {
  const out = `${dist}/page`
  mkdirSync(out, { recursive: true })
  const bundle = await rolldown({
    cwd: root,
    input: { page: 'src/page/main.ts' },
    platform: 'browser',
    transform: { target: 'es2022' },
  })
  await bundle.write({ dir: out, format: 'iife', minify: true, entryFileNames: '[name].js' })
  for (const name of ['style', 'frame'])
    cpSync(`${root}src/page/${name}.css`, `${out}/${name === 'style' ? 'page' : name}.css`)
  // It stands in an element of the page: the first of these would end it, and the second begins what hides its end.
  for (const name of ['page.js', 'page.css', 'frame.css'])
    if (/<\/(?:script|style)|<!--/i.test(readFileSync(`${out}/${name}`, 'utf8')))
      throw new Error(`${name} cannot be a part of a page`)
}
