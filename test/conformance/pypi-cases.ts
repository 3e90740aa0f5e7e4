/**
 * Hand-made files, one difference each, with PyPI's answer when twine 7 sends them to a project that exists. Each answer was
 * compared with that of Warehouse's own code (6b62157, 2026-08-21): see docs/conformance.md.
 */
import { type Built, buildSdist, buildWheel } from '../../fixtures/build.js'
import { cases as archives } from './cases/archives.js'
import type { Case, GateFile } from './cases/case.js'
import { cases as contents } from './cases/contents.js'
import { cases as descriptions } from './cases/descriptions.js'
import { cases as metadata } from './cases/metadata.js'
import { cases as names } from './cases/names.js'

export const CASES: readonly Case[] = [...names, ...archives, ...contents, ...metadata, ...descriptions]

/** The file as it would be uploaded. */
export async function buildFile({ kind, example, pack, rename }: GateFile): Promise<Pick<Built, 'filename' | 'bytes'>> {
  const built = await (kind === 'sdist' ? buildSdist : buildWheel)(example)
  return { filename: rename ?? built.filename, bytes: pack ? pack(built) : built.bytes }
}
