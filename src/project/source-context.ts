/** What a format needs to know about the checkout that the report is read next to. All paths use `/`. */
export interface SourceContext {
  /** A path of the report relative to the repository root, symlinks resolved; undefined when it lies outside. */
  relative(path: string): string | undefined
  /** Text of a file of the checkout, by its path relative to the repository root; undefined when it was not read. */
  text(path: string): string | undefined
}

/** Without a checkout: paths as they are when relative, nothing to read. */
export const noSourceContext: SourceContext = {
  relative: path => path,
  text: () => undefined,
}

/**
 * A path that may stand in a report next to a checkout: relative, `/`, no `.` and `..`; the file name alone when it lies
 * outside.
 */
export function reportPath(path: string, context: SourceContext): string {
  const relative = (context.relative(path) ?? '').replaceAll('\\', '/')
  const parts = relative.split('/').filter(part => part !== '' && part !== '.')
  const outside = relative === '' || relative.startsWith('/') || /^[A-Za-z]:/.test(relative) || parts.includes('..')
  if (!outside && parts.length > 0) return parts.join('/')
  return (
    path
      .replaceAll('\\', '/')
      .split('/')
      .findLast(part => part !== '' && part !== '..') ?? 'unknown'
  )
}
