import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'rolldown/parseAst'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A regular expression as JavaScript writes it, and the files that hold it. */
export interface Literal {
  readonly source: string
  readonly flags: string
  readonly files: readonly string[]
}

/** Every regular expression literal of the product, by how it is written: `/a+/g`. */
export function regexLiterals(): ReadonlyMap<string, Literal> {
  const found = new Map<string, { source: string; flags: string; files: string[] }>()
  const add = (file: string, { pattern, flags }: { readonly pattern: string; readonly flags: string }) => {
    const key = `/${pattern}/${flags}`
    const known = found.get(key)
    if (known) known.files.push(file)
    else found.set(key, { source: pattern, flags, files: [file] })
  }
  for (const folder of ['src', 'rules'])
    for (const name of readdirSync(root + folder, { recursive: true, encoding: 'utf8' })) {
      const file = `${folder}/${name.replaceAll('\\', '/')}`
      if (file.endsWith('.ts'))
        visit(parseAst(readFileSync(root + file, 'utf8'), { lang: 'ts' }), one => add(file, one))
    }
  return found
}

function visit(node: unknown, found: (regex: { readonly pattern: string; readonly flags: string }) => void): void {
  if (typeof node !== 'object' || node === null) return
  if ('regex' in node && 'type' in node && node.type === 'Literal') found(node.regex as Parameters<typeof found>[0])
  for (const child of Object.values(node)) visit(child, found)
}
