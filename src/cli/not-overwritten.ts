import { UsageError } from '../usage-error.js'

/** What a build reads, what it makes, and what configures this command. */
const KEPT =
  /^(?:(?:pyproject|hatch|distaudit|Cargo|uv|pdm)\.toml|setup\.(?:cfg|py)|MANIFEST\.in|meson\.build|CMakeLists\.txt|(?:poetry|uv|pdm)\.lock|(?:README|LICEN[CS]E|COPYING|NOTICE|CHANGELOG|CHANGES)(?:\.\w+)?|.*\.(?:whl|tar\.gz|pyi?))$/i

/**
 * Nobody means to write a report over such a file: an option took the path that was meant to be audited.
 * @throws UsageError for it.
 */
export function notOverwritten(file: string): void {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  if (KEPT.test(name)) throw new UsageError(`'${file}' is a file of the project; no report is written over it.`)
}
