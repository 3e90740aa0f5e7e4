import { nest, readBlocks } from './blocks.js'
import { checkCharacters } from './characters.js'
import { checkDocument } from './document.js'
import { toLines } from './lines.js'
import type { Reader } from './reader.js'
import { checkReferences, noReferences } from './references.js'
import { node } from './tree.js'
import { Unsure, unsure } from './unsure.js'

/** docutils refuses longer lines. */
const MAX_LINE = 10_000
/** Steps that the borders of all tables may take. */
const BUDGET = 2_000_000

/**
 * Whether PyPI's renderer (readme_renderer 45.0 with docutils 0.23) surely makes something of a reStructuredText and has no
 * problem to report. False says nothing: the text may be wrong, or use what is not known here. Never throws; linear in time.
 */
export function rendersSurely(text: string): boolean {
  try {
    return whyUnsure(text) === undefined
  } catch {
    // A bug of ours: docutils can tell.
    return false
  }
}

/** The first reason not to be sure; undefined when the text renders. Throws for problems of the reader itself. */
export function whyUnsure(text: string): string | undefined {
  try {
    read(text)
    return undefined
  } catch (error) {
    if (error instanceof Unsure) return error.message
    throw error
  }
}

function read(text: string): void {
  checkCharacters(text)
  const lines = toLines(text)
  if (lines.some(line => line.length > MAX_LINE)) unsure('long line')
  const document = node('document')
  const reader: Reader = {
    lines,
    references: noReferences(),
    roles: new Map(),
    titles: { styles: [], open: [document] },
    node: document,
    depth: 0,
    budget: { steps: BUDGET },
    nest,
  }
  readBlocks(reader)
  checkReferences(reader.references)
  checkDocument(document)
}
