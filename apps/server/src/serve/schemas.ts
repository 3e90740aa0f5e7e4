import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: { error: { type: 'string', description: 'one sentence: what is wrong' } },
} as const

const { $id, title, description } = JSON.parse(
  readFileSync(fileURLToPath(import.meta.resolve('distaudit/schemas/report-1.schema.json')), 'utf8'),
) as { $id: string; title: string; description: string }

/** The report as the command writes it; its schema is published at its own address. */
export const reportSchema = { type: 'object', title, description, externalDocs: { url: $id } } as const
