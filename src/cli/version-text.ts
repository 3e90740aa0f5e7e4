import type { DataTable } from '../data-tables.js'
import { VERSION } from '../version.js'

/** `distaudit 0.1.0`, and with `verbose` each authority and data table with its source and date. */
export async function versionText(verbose: boolean): Promise<string> {
  if (!verbose) return `distaudit ${VERSION}\n`
  const { authorities, dataTables } = await import('../data-tables.js')
  const width = Math.max(...[...authorities(), ...dataTables()].map(({ name }) => name.length)) + 2
  const rows = (tables: readonly DataTable[]) =>
    tables
      .map(({ name, source, version, date }) => `  ${name.padEnd(width)}${date}  ${source} ${version}`.trimEnd())
      .join('\n')
  return `distaudit ${VERSION} (Node ${process.versions.node})\nAuthorities:\n${rows(authorities())}\nData:\n${rows(dataTables())}\n`
}
