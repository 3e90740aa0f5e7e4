import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rules } from 'distaudit'
import { type Database, rowsOf } from './database.ts'

/** What the verdicts of the installed distaudit depend on, from its build. */
export interface Edition {
  readonly version: string
  readonly dataDate: string
  /** Of all that reads files. */
  readonly readers: string
  /** By rule id: of the rule, its helpers and its tables. */
  readonly rules: Readonly<Record<string, string>>
  readonly tables: readonly { readonly name: string; readonly version: string; readonly date: string }[]
}

export const installed = (): Edition =>
  JSON.parse(readFileSync(fileURLToPath(import.meta.resolve('distaudit/edition.json')), 'utf8'))

export interface KnownEdition extends Edition {
  readonly id: number
}

/** The edition as the database knows it. */
export async function known(database: Database, edition: Edition = installed()): Promise<KnownEdition> {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([edition.readers, edition.rules]))
    .digest('hex')
  await database.executeSql(
    `INSERT INTO distaudit.rule_versions (fingerprint, tool_version, data_date, readers, rules, tables)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (fingerprint) DO NOTHING`,
    [fingerprint, edition.version, edition.dataDate, edition.readers, edition.rules, JSON.stringify(edition.tables)],
  )
  const [row] = await rowsOf<{ id: number }>(
    database,
    'SELECT id FROM distaudit.rule_versions WHERE fingerprint = $1',
    [fingerprint],
  )
  return { ...edition, id: row!.id }
}

export interface Changes {
  /** What reads files has changed: every rule has to be asked again, of the file itself. */
  readonly everything: boolean
  /** Ids of rules that are new or whose verdicts may differ. */
  readonly changed: readonly string[]
  /** Ids of rules that are gone. */
  readonly gone: readonly string[]
}

export function changesBetween(
  before: Pick<Edition, 'readers' | 'rules'>,
  now: Pick<Edition, 'readers' | 'rules'>,
): Changes {
  return {
    everything: before.readers !== now.readers,
    changed: Object.keys(now.rules).filter(id => before.rules[id] !== now.rules[id]),
    gone: Object.keys(before.rules).filter(id => now.rules[id] === undefined),
  }
}

/** Topics that are about the metadata alone, in wheels and in sdists: what the core reads of a file whose every byte has a price. */
const OF_METADATA: ReadonlySet<string> = new Set(['dependencies', 'description', 'filename', 'metadata'])

const ofMetadata = ({ topic, needs = [] }: { topic: string; needs?: readonly string[] }): boolean =>
  OF_METADATA.has(topic) && needs.every(need => need === 'rendering')

/** Ids of the rules that the kept facts of a file are enough for. */
export const metadataRules = (): readonly string[] => rules.filter(ofMetadata).map(({ id }) => id)

/** Ids of the rules that look at files of a kind. */
export const rulesOf = (kind: string): ReadonlySet<string> =>
  new Set(
    rules
      .filter(({ applies }) => applies.some(subject => subject === kind || subject === 'release'))
      .map(({ id }) => id),
  )
