import type { Sdist } from '../distribution/distribution.js'
import { type Pyproject, parsePyproject } from '../distribution/pyproject.js'

/** A TOML file below the top directory; undefined where it is not there or cannot be read. */
export function tomlFile({ texts, top }: Sdist, path: string): Pyproject | undefined {
  const member = `${top}/${path}`
  const kept = texts.get(member)
  if (!kept || kept.cut) return undefined
  const bytes = new TextEncoder().encode(kept.text)
  const file = parsePyproject({ member, bytes, cut: false, size: bytes.length })
  return file.error ? undefined : file
}
