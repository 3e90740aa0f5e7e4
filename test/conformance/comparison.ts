import { existsSync, readFileSync } from 'node:fs'

export interface Difference {
  readonly file: string
  readonly text: string
  /** From explained.json; undefined: nobody has looked at it. */
  readonly reason: string | undefined
}

export interface Comparison {
  readonly title: string
  readonly compared: number
  readonly differences: readonly Difference[]
}

/** The lines of a JSON Lines file. */
export function jsonLines<T>(file: string): readonly T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as T)
}

/** Reasons by part and file name. */
export function explained(part: string): Readonly<Record<string, string>> {
  const file = new URL('./explained.json', import.meta.url)
  if (!existsSync(file)) return {}
  return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>)[part] ?? {}
}
