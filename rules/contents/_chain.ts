import type { Sdist, Wheel } from '../../src/distribution/distribution.js'
import { quote } from '../../src/rule.js'
import type { Link } from '../../src/views/import-chain.js'
import { namedEntryPoints } from '../../src/views/named-entry-points.js'

/** The longest chain that is shown completely. */
const LONGEST = 4

/** `a.py:1 imports a.b, a/b.py:3`: the caller says what the last one does. */
export function chainText(chain: readonly Link[]): string {
  const links = chain.map(({ path, line }, index) => {
    const next = chain[index + 1]
    return `${path}:${line}${next ? ` imports ${next.module}` : ''}`
  })
  return (links.length > LONGEST ? [...links.slice(0, 2), '…', ...links.slice(-1)] : links).join(', ')
}

/** The user action that runs the chain. */
export function startText(dist: Wheel | Sdist, [first]: readonly Link[]): string {
  const module = first?.module ?? ''
  if (first?.command !== undefined) return `The command ${quote(first.command)}`
  if (module === '') return `The script ${quote(first?.path ?? '')}`
  if (module.endsWith('.__main__')) return quote(`python -m ${module.slice(0, -'.__main__'.length)}`)
  const named = dist.kind === 'sdist' ? namedEntryPoints(dist) : (dist.entryPoints?.entries ?? [])
  const command = named.find(entry => entry.module === module)
  return `${quote(`import ${module}`)}${command ? `, for the command ${quote(command.name)},` : ''}`
}
