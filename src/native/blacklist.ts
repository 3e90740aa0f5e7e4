import table from '../data/native/manylinux.json' with { type: 'json' }

let cached: { readonly names: ReadonlySet<string>; readonly firsts: ReadonlySet<number> } | undefined

/** Every symbol that some policy forbids to take from a system library, and their first bytes. */
export function blacklistedNames() {
  if (!cached) {
    const names = new Set(Object.values(table.blacklist).flatMap(symbols => Object.keys(symbols)))
    cached = { names, firsts: new Set([...names].map(name => name.charCodeAt(0))) }
  }
  return cached
}
