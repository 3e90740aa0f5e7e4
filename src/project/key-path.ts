import type { TomlPath } from '../text/toml-places.js'

/** `project.dependencies[1]`, with quoted keys, as a key path. */
export function parseKeyPath(text: string): TomlPath {
  const parts: (string | number)[] = []
  const part = /\.?(?:\[([0-9]{1,9})\]|"((?:[^"\\]|\\.)*)"|([^."[\]]+))/y
  for (;;) {
    const match = part.exec(text)
    if (!match) return parts
    if (match[1] !== undefined) parts.push(Number(match[1]))
    else parts.push(match[2] === undefined ? (match[3] ?? '') : unquote(match[2]))
  }
}

function unquote(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}
