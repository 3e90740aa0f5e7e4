import type { Comparison } from '../show/difference.js'
import { DATA_DATE, VERSION } from '../version.js'
import { safeJson } from './escape.js'
import { DIFF_SCHEMA_URL } from './links.js'

/** The comparison itself. */
export function differenceJson({ different, pairs, added, removed, unread }: Comparison): string {
  const ordered = {
    $schema: DIFF_SCHEMA_URL,
    schemaVersion: '1',
    tool: { name: 'distaudit', version: VERSION, dataDate: DATA_DATE },
    different,
    pairs,
    added,
    removed,
    unread,
  }
  return `${safeJson(JSON.stringify(ordered, null, 2))}\n`
}
