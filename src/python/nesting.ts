/**
 * How much is being read inside one another now: blocks, functions that are called, modules that are imported. Files decide on it,
 * and the stack has an end. Python has one too: it stops at 1,000 calls.
 */
export const nesting = { depth: 0 }

/** Past it, nothing is said of what a call does. */
export const DEEPEST = 300
