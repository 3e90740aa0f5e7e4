import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** An import of another declaration: `from './x.js'` or `import('./x.js')`. */
const IMPORT = /(?:from|import\()\s*['"](\.[^'"]+)['"]/g

/** Removes from a folder of declarations what the entries do not need: the compiler writes one for every file it reads. */
export function pruneTypes(folder: string, entries: readonly string[]): void {
  const needed = new Set<string>()
  const add = (file: string): void => {
    if (needed.has(file)) return
    needed.add(file)
    for (const [, path = ''] of readFileSync(join(folder, file), 'utf8').matchAll(IMPORT))
      add(join(dirname(file), path.replace(/\.js$/, '.d.ts')))
  }
  for (const entry of entries) add(normalize(entry))
  for (const one of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(one.parentPath, one.name)
    if (one.isFile() && !needed.has(file.slice(join(folder, '/').length))) rmSync(file)
  }
  removeEmpty(folder)
}

function removeEmpty(folder: string): void {
  for (const one of readdirSync(folder, { withFileTypes: true }))
    if (one.isDirectory()) removeEmpty(join(folder, one.name))
  if (readdirSync(folder).length === 0) rmSync(folder, { recursive: true })
}
