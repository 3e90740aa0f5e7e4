/** One part of an example as people read it: the file it is in, and the lines that matter. */
import type { Demands } from '../demands.js'
import { type Example, type ExampleFile, placed } from '../example.js'
export interface ExamplePart {
  /** `METADATA`, `demo-1.0-py3-none-any.whl`, `a/b.py`; several files of a release have the file in front. */
  readonly label: string
  /** Raw text; empty when the label says it all. */
  readonly lines: readonly string[]
}

const MAX_LINES = 12
const MAX_LINE = 160

/** What an example differs in from a small valid distribution. */
export function exampleParts(example: Example): ExamplePart[] {
  const parts: ExamplePart[] = []
  if (example.wheel) parts.push(...fileParts(example.wheel, 'wheel'))
  if (example.sdist) parts.push(...fileParts(example.sdist, 'sdist'))
  if (example.tree) parts.push(...fileParts(example.tree, 'source tree'))
  if (example.unknown) parts.push(part(example.unknown.filename, example.unknown.text))
  for (const file of example.release ?? []) parts.push(...releaseParts(file))
  for (const file of example.baseline ?? [])
    parts.push(...releaseParts(file).map(({ label, lines }) => ({ label: `before: ${label}`, lines })))
  if (example.demands) parts.push({ label: 'distaudit.toml', lines: demandLines(example.demands) })
  if (example.tracked) parts.push({ label: 'tracked by git', lines: cutLines(example.tracked.join('\n')) })
  return parts
}

function demandLines({ expected, topLevel, atMost }: Demands): string[] {
  const lines = (table: string, values: Readonly<Record<string, unknown>> | undefined) =>
    Object.entries(values ?? {}).map(([key, value]) => `${table}.${key} = ${JSON.stringify(value)}`)
  return [
    ...lines('expected', expected),
    ...(topLevel ? [`top-level = ${JSON.stringify(topLevel)}`] : []),
    ...lines('at-most', atMost && { size: atMost.size, 'unpacked-size': atMost.unpackedSize, files: atMost.files }),
  ].filter(line => !line.endsWith(' undefined'))
}

function releaseParts(file: NonNullable<Example['release']>[number]): ExamplePart[] {
  if ('unknown' in file) return [part(file.unknown.filename, file.unknown.text)]
  if ('variantsJson' in file) return [part(file.variantsJson.filename, file.variantsJson.text)]
  return 'wheel' in file ? memberParts(file.wheel, 'wheel') : memberParts(file.sdist, 'sdist')
}

/** One example or several, as a list. */
export const exampleList = (examples: Example | readonly Example[]): readonly Example[] => [examples].flat()

function memberParts(file: ExampleFile, kind: 'wheel' | 'sdist'): ExamplePart[] {
  const title = file.filename ?? `the ${kind}`
  const { filename: _, ...rest } = file
  const parts = fileParts(rest, kind, title, text => placed(file, text))
  return parts.map(({ label, lines }) => ({ label: label === title ? label : `${title}: ${label}`, lines }))
}

function fileParts(
  file: ExampleFile,
  kind: 'wheel' | 'sdist' | 'source tree',
  plain = `a plain ${kind}`,
  place = (text: string) => placed(file, text),
): ExamplePart[] {
  const parts: ExamplePart[] = []
  const add = (label: string, text: string | null | undefined) => {
    if (text !== undefined) parts.push(text === null ? { label: `no ${label}`, lines: [] } : part(label, text))
  }
  const metadata = kind === 'wheel' ? 'METADATA' : 'PKG-INFO'
  if (file.filename !== undefined) parts.push({ label: file.filename, lines: [] })
  const named = [
    file.name === undefined ? '' : `name ${file.name}`,
    file.version === undefined ? '' : `version ${file.version}`,
  ]
  const naming = named.filter(text => text !== '').join(', ')
  if (naming !== '') parts.push({ label: `${kind} of ${naming}`, lines: [] })
  if (file.metadata) parts.push({ label: metadata, lines: fieldLines(file.metadata) })
  add(metadata, file.rawMetadata)
  add('description', file.description)
  if (file.wheel) parts.push({ label: 'WHEEL', lines: fieldLines(file.wheel) })
  add('WHEEL', file.rawWheel)
  add('RECORD', typeof file.record === 'string' ? place(file.record) : file.record)
  add('entry_points.txt', file.entryPoints)
  add('pyproject.toml', file.pyproject)
  // Of an sdist, people name the files as they lie in the project.
  for (const [path, text] of Object.entries(file.files ?? {})) add(place(path.replace(/^\{top\}\//, '')), text)
  if (file.make !== undefined) parts.push({ label: `${withArticle(kind)} with: ${words(file.make)}`, lines: [] })
  return parts.length > 0 ? parts : [{ label: plain, lines: [] }]
}

const withArticle = (kind: string) => `${kind === 'sdist' ? 'an' : 'a'} ${kind}`

const words = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()

function fieldLines(fields: Readonly<Record<string, string | readonly string[] | null>>): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [`(no ${name})`] : [value].flat().flatMap(text => cutLines(`${name}: ${text}`)),
  )
}

function part(label: string, text: string): ExamplePart {
  return { label, lines: cutLines(text) }
}

function cutLines(text: string): string[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const kept = lines.slice(0, MAX_LINES).map(line => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line))
  return lines.length > MAX_LINES ? [...kept, '…'] : kept
}
