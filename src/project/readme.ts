import { isTable } from '../distribution/pyproject.js'
import type { SourceLocation } from '../finding.js'
import { oncePer } from '../once.js'
import { splitLines } from '../text/lines.js'
import { itemsAt, type Key, textAt } from './document.js'
import type { ProjectFolder } from './folder.js'

/** The description of a distribution. */
export interface DescriptionText {
  /** The distribution's path, as the report has it. */
  readonly path: string
  readonly member: string
  /** Line of the member where the text begins. */
  readonly line: number
  readonly text: string
}

/** Files that the description may be made of, relative to the project's folder, as they are written. */
export interface ReadmeNames {
  readonly named: readonly string[]
  /** No file is named, and a program may read any: those of the folder called README may be it. */
  readonly any: boolean
}

const NAME_KEYS: readonly Key[] = [
  ['project', 'readme'],
  ['project', 'readme', 'file'],
  ['tool', 'setuptools', 'dynamic', 'readme', 'file'],
  ['tool', 'poetry', 'readme'],
  ['tool', 'flit', 'metadata', 'description-file'],
]
const FRAGMENTS: Key = ['tool', 'hatch', 'metadata', 'hooks', 'fancy-pypi-readme', 'fragments']

/** More files than a description is made of. */
const MOST = 20
const README = /^README(?:\.[A-Za-z0-9]{1,10}){0,2}$/i

/** The files to read for it, relative to the project's folder; `entries` are the names in there. */
export function readmesIn(folder: ProjectFolder, entries: readonly string[]): readonly string[] {
  const { named, any } = readmeNames(folder)
  return (any ? entries.filter(name => README.test(name)).sort() : named).slice(0, MOST)
}

/** What the build files of a project say its description is made of. */
export function readmeNames({ pyproject, setupCfg, cargo, hasSetupPy }: ProjectFolder): ReadmeNames {
  const document = pyproject?.document
  const named = [
    ...(document ? NAME_KEYS.flatMap(key => [textAt(document, ...key), ...itemsAt(document, ...key)]) : []),
    ...(document ? itemsAt(document, ...FRAGMENTS).map(fragment => isTable(fragment) && fragment.path) : []),
    ...(setupCfg?.readmes ?? []),
    cargo && textAt(cargo.document, 'package', 'readme'),
  ].filter(name => typeof name === 'string')
  return { named: [...new Set(named)], any: named.length === 0 && (hasSetupPy || cargo !== undefined) }
}

interface Lines {
  readonly raw: readonly string[]
  /** Without what build tools change: white space at both ends, and the margin of old Description headers. */
  readonly plain: readonly string[]
  /** The first and the last line that are not blank. */
  readonly first: number
  readonly last: number
}

function linesOf(text: string): Lines {
  const raw = splitLines(text.replace(/^\ufeff/, ''))
  const plain = raw.map(line => line.replace(/^ {7}\|/, '').trim())
  return {
    raw,
    plain,
    first: plain.findIndex(line => line !== ''),
    last: plain.findLastIndex(line => line !== ''),
  }
}

/** Lines that say something and are equal in a row, from which on it is not an accident. */
const ENOUGH = 3
/** A line that occurs more often than this does not tell where it is from. */
const MOST_PLACES = 1000

/** Finds lines of descriptions in the README files of the project, by path. */
export function readmeFinder(readmes: ReadonlyMap<string, string>) {
  const files = Array.from(readmes, ([path, text]) => ({ path, lines: linesOf(text) }))
  const textOf = oncePer(({ text }: DescriptionText) => linesOf(text))

  /** The README's line that became the given line (from 0) of a description; `marked` is what is meant in it. */
  return (description: DescriptionText, index: number, marked: string | undefined): SourceLocation | undefined => {
    const lines = textOf(description)
    // Before its first line there is nothing: the text as a whole is meant.
    const at = Math.max(index, lines.first)
    for (const { path, lines: readme } of files) {
      const line = sameLine(lines, at, readme)
      if (line !== undefined) return { path, line: line + 1, ...columnsOf(readme.raw[line] ?? '', marked) }
    }
    return undefined
  }
}

function columnsOf(line: string, marked: string | undefined) {
  const at = marked ? line.indexOf(marked) : -1
  if (marked && at >= 0) return { column: at + 1, endColumn: at + 1 + marked.length }
  const text = line.trim()
  const start = line.length - line.trimStart().length
  return { column: start + 1, endColumn: start + 1 + text.length }
}

/** The line of the README in the longest run of equal lines around; undefined where that is none, short, or not the only one. */
function sameLine(description: Lines, at: number, readme: Lines): number | undefined {
  const wanted = description.plain[at]
  if (wanted === undefined) return undefined
  const places = readme.plain.flatMap((line, i) => (line === wanted ? [i] : []))
  if (places.length > MOST_PLACES) return undefined
  const runs = places.map(place => ({ place, ...runAround(description, at, readme, place) }))
  const longest = Math.max(...runs.map(({ length }) => length))
  const [best, other] = runs.filter(({ length }) => length === longest)
  return best && !other && best.sure ? best.place : undefined
}

function runAround(description: Lines, at: number, readme: Lines, place: number) {
  const isEqual = (offset: number) =>
    description.plain[at + offset] !== undefined && description.plain[at + offset] === readme.plain[place + offset]
  let from = 0
  let to = 0
  while (isEqual(from - 1)) from--
  while (isEqual(to + 1)) to++
  const run = readme.plain.slice(place + from, place + to + 1)
  const begins = [at + from <= description.first, place + from <= readme.first]
  const ends = [at + to >= description.last, place + to >= readme.last]
  const isPart = [0, 1].some(side => begins[side] && ends[side]) || begins.every(Boolean) || ends.every(Boolean)
  const spoken = run.filter(line => line !== '').length
  return { length: run.length, sure: spoken >= (isPart ? 1 : ENOUGH) }
}
