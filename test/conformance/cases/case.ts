// How a case of the PyPI gate is written: a small valid file, one difference, and PyPI's answer.

import type { Built } from '../../../fixtures/build.js'
import { writeZip, type ZipEntry, type ZipFrame } from '../../../fixtures/make/zip.js'
import type { ExampleFile } from '../../../src/example.js'

export interface GateFile {
  readonly kind: 'wheel' | 'sdist' | 'unknown'
  readonly example: ExampleFile
  /** Packs the example anew, for what its data cannot say. */
  readonly pack?: ((built: Built) => Uint8Array) | undefined
  /** The file's name on disk, where it is not the one that the example was built for. */
  readonly rename?: string | undefined
}

export interface Case extends GateFile {
  /** Section of ../shared/reference/warehouse.md. */
  readonly section: string
  readonly what: string
  /** The rules that stop the upload, all of them; none: PyPI takes the file. */
  readonly refusedBy: readonly string[]
}

type Unplaced = Omit<Case, 'section'>

export const wheel = (example: ExampleFile = {}, pack?: GateFile['pack']): GateFile => ({
  kind: 'wheel',
  example,
  pack,
})
export const sdist = (example: ExampleFile = {}, pack?: GateFile['pack']): GateFile => ({
  kind: 'sdist',
  example,
  pack,
})
/** A file of another kind: the bytes of a wheel under this name. */
export const unknown = (rename: string): GateFile => ({ kind: 'unknown', example: {}, rename })
/** The wheel or sdist under another name. */
export const renamed = (file: GateFile, rename: string): GateFile => ({ ...file, rename })

export const takes = (what: string, file: GateFile): Unplaced => ({ ...file, what, refusedBy: [] })
export const refuses = (what: string, file: GateFile, ...refusedBy: readonly string[]): Unplaced => ({
  ...file,
  what,
  refusedBy,
})

export const section = (name: string, cases: readonly Unplaced[]): readonly Case[] =>
  cases.map(one => ({ ...one, section: name }))

/** The same difference in METADATA of a wheel. */
export const meta = (metadata: NonNullable<ExampleFile['metadata']>, more: ExampleFile = {}): GateFile =>
  wheel({ ...more, metadata })

/** Fields that a version of the metadata does not have, removed from the example's. */
const YOUNGER: Readonly<Record<string, readonly string[]>> = {
  '2.4': ['License-Expression', 'License-File'],
  '2.1': ['Description-Content-Type'],
  '1.2': ['Project-URL', 'Requires-Python'],
  '1.1': ['Classifier'],
}

/** METADATA of an older version without the fields that came later. */
export function older(version: string, metadata: NonNullable<ExampleFile['metadata']> = {}): GateFile {
  const removed = Object.entries(YOUNGER).flatMap(([since, fields]) => (since > version ? fields : []))
  return meta({ 'Metadata-Version': version, ...Object.fromEntries(removed.map(field => [field, null])), ...metadata })
}

/** A wheel whose description is of this type; null: no type. */
export const described = (type: string | null, description: string): GateFile =>
  wheel({ description, metadata: { 'Description-Content-Type': type } })

/** The zip written again, with changes to the members whose names end so, and to the frame. */
export const rezip =
  (ending: string, change: (entry: ZipEntry) => Partial<ZipEntry>, frame?: ZipFrame) =>
  (built: Built): Uint8Array =>
    writeZip(
      built.entries.map(({ path, text }) => {
        const entry: ZipEntry = { name: path, data: text }
        return path.endsWith(ending) ? { ...entry, ...change(entry) } : entry
      }),
      frame,
    )

/** The zip with more members. */
export const rezipWith =
  (more: readonly ZipEntry[], frame?: ZipFrame, place: 'first' | 'last' = 'first') =>
  (built: Built): Uint8Array => {
    const entries = built.entries.map(({ path, text }): ZipEntry => ({ name: path, data: text }))
    return writeZip(place === 'first' ? [...more, ...entries] : [...entries, ...more], frame)
  }
