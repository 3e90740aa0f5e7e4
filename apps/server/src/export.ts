import { createWriteStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { ParquetWriter } from 'hyparquet-writer'
import { fileWriter } from 'hyparquet-writer/src/node.js'
import { type Database, rowsOf } from './database.ts'
import { TABLES } from './queries.ts'

export type Format = 'ndjson' | 'csv' | 'parquet'
type Row = Readonly<Record<string, unknown>>

const PAGE = 10_000

/** Pages of a table, so that memory is that of one page however many rows there are. */
async function* pages(database: Database, table: string): AsyncGenerator<readonly Row[]> {
  const { key, columns } = tableOf(table)
  const names = Object.keys(columns).join(', ')
  for (let after: unknown = key === 'id' ? 0 : ''; ; ) {
    const rows = await rowsOf<Row>(
      database,
      `SELECT ${names} FROM distaudit.${table} WHERE ${key} > $1 ORDER BY ${key} LIMIT ${PAGE}`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last[key]
  }
}

function tableOf(table: string) {
  const found = TABLES[table]
  if (!found)
    throw new Error(`There is no table '${table}' to export. The tables are ${Object.keys(TABLES).join(', ')}.`)
  return found
}

/** Writes a table to `file`, or without one to standard output; a Parquet file needs one. */
export async function exportTable(
  database: Database,
  table: string,
  format: Format,
  file: string | undefined,
): Promise<number> {
  tableOf(table)
  if (format === 'parquet') {
    if (file === undefined) throw new Error('A Parquet file cannot be written to standard output. Add --output FILE.')
    return toParquet(database, table, file)
  }
  const out: Writable = file === undefined ? process.stdout : createWriteStream(file)
  const names = Object.keys(tableOf(table).columns)
  const line = format === 'csv' ? (row: Row) => names.map(name => csv(row[name])).join(',') : jsonOf
  let count = 0
  if (format === 'csv') await write(out, `${names.join(',')}\r\n`)
  for await (const rows of pages(database, table)) {
    count += rows.length
    await write(out, rows.map(row => line(row) + (format === 'csv' ? '\r\n' : '\n')).join(''))
  }
  if (file !== undefined)
    await new Promise<void>((resolve, reject) => out.end((error?: Error | null) => (error ? reject(error) : resolve())))
  return count
}

const write = (out: Writable, text: string) =>
  new Promise<void>((resolve, reject) => out.write(text, error => (error ? reject(error) : resolve())))

const jsonOf = (row: Row): string => JSON.stringify(row)

/** RFC 4180. A text that a spreadsheet would take for a formula gets a space in front: it comes from files that nobody vouches for. */
export function csv(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = value instanceof Date ? value.toISOString() : Array.isArray(value) ? value.join(' ') : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? ` ${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

async function toParquet(database: Database, table: string, file: string): Promise<number> {
  const columns = Object.entries(tableOf(table).columns)
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(schemaOf)],
  })
  let count = 0
  for await (const rows of pages(database, table)) {
    count += rows.length
    await writer.write({
      columnData: columns.map(([name, type]) => ({ name, data: rows.map(row => parquetValue(row[name], type)) })),
    })
  }
  await writer.finish()
  return count
}

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

function schemaOf([name, type]: [string, string]): Element {
  const optional = { name, repetition_type: 'OPTIONAL' } as const
  switch (type) {
    case 'INT64':
    case 'INT32':
    case 'DOUBLE':
    case 'BOOLEAN':
      return { ...optional, type }
    case 'TIMESTAMP':
      return {
        ...optional,
        type: 'INT64',
        converted_type: 'TIMESTAMP_MILLIS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      }
    case 'JSON':
      return { ...optional, type: 'BYTE_ARRAY', converted_type: 'JSON' }
    default:
      return { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }
  }
}

function parquetValue(value: unknown, type: string): unknown {
  if (value === null || value === undefined) return undefined
  if (type === 'INT64') return BigInt(value as number)
  return value
}
