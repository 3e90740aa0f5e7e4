import { VERSION } from '../version.js'

/** `distaudit 0.1.0`, and with `verbose` the source and date of each data table. */
export async function versionText(verbose: boolean): Promise<string> {
  if (!verbose) return `distaudit ${VERSION}\n`
  const { dataTables } = await import('../data-tables.js')
  const rows = dataTables().map(({ name, source, version, date }) =>
    `  ${name.padEnd(24)}${date}  ${source} ${version}`.trimEnd(),
  )
  return `distaudit ${VERSION} (Node ${process.versions.node})\nData:\n${rows.join('\n')}\n`
}
