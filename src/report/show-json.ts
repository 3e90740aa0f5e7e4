import type { Shown } from '../show/shown.js'
import { DATA_DATE, VERSION } from '../version.js'
import { safeJson } from './escape.js'
import { SHOW_SCHEMA_URL } from './links.js'

/** What is before the files in the JSON of `show`, and after them: they can be written one by one. */
export const SHOW_JSON_START = `${JSON.stringify(
  { $schema: SHOW_SCHEMA_URL, schemaVersion: '1', tool: { name: 'distaudit', version: VERSION, dataDate: DATA_DATE } },
  null,
  2,
).slice(0, -2)},\n  "files": [`

export const SHOW_JSON_END = '\n  ]\n}\n'

/** One file of the list. */
export function showJson(shown: Shown, isFirst: boolean): string {
  const text = JSON.stringify(ordered(shown), null, 2).replace(/^/gm, '    ')
  return `${isFirst ? '' : ','}\n${safeJson(text)}`
}

/** What says which file it is comes first. */
function ordered({ path, filename, kind, ...rest }: Shown): object {
  return { path, filename, kind, ...rest }
}
