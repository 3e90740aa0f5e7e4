/**
 * Where a path leads: without empty parts and dots, and up at each `..`. Undefined where it leads out of the tree, and empty
 * where it is the top.
 */
export function landing(path: string): string | undefined {
  if (path.startsWith('/')) return undefined
  if (!/\/\/|(?:^|\/)\.\.?(?:\/|$)/.test(path)) return path.endsWith('/') ? path.slice(0, -1) : path
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.pop() === undefined) return undefined
  }
  return kept.join('/')
}
