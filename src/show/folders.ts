/** Folders of a path that are looked at. */
const DEEPEST = 16

/** The folders that a path is in, the outermost first: `a/` and `a/b/` of `a/b/c` and of `a/b/c/`. */
export function parentsOf(path: string): readonly string[] {
  const found: string[] = []
  for (
    let at = path.indexOf('/');
    at >= 0 && at < path.length - 1 && found.length < DEEPEST;
    at = path.indexOf('/', at + 1)
  )
    found.push(path.slice(0, at + 1))
  return found
}
