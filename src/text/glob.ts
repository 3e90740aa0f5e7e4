const globs = new Map<string, RegExp>()

/** `*` and `?` stay inside one part of a path, `**` does not. */
export function glob(pattern: string): RegExp {
  let compiled = globs.get(pattern)
  if (!compiled) {
    const source = pattern.replace(/\*\*\/?|[\s\S]/g, piece => {
      if (piece === '**/') return '(?:.*/)?'
      if (piece === '**') return '.*'
      if (piece === '*') return '[^/]*'
      if (piece === '?') return '[^/]'
      return piece.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    })
    compiled = new RegExp(`^${source}$`, 'su')
    globs.set(pattern, compiled)
  }
  return compiled
}
