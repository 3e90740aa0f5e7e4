/**
 * `npm run census -- DIR --date YYYY-MM-DD [--records FILE]`: audits every wheel and sdist of a folder, and writes docs/census.md, its
 * numbers and its charts. `--records` keeps what was found in each file; such a file in the place of DIR makes the page again.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { RULES } from '../../rules/registry/index.js'
import { chooseRules } from '../../src/selection.js'
import { auditFolder, distributionsIn } from '../audit-folder.js'
import { charts, page } from './page.js'
import { type FileRecord, observer, recordsOf } from './records.js'
import { take } from './take.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { date: { type: 'string' }, records: { type: 'string' }, match: { type: 'string' } },
})
const [from] = positionals
if (from === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(values.date ?? '')) {
  console.error('usage: npm run census -- DIR --date YYYY-MM-DD [--records FILE] [--match REGEX]')
  process.exit(2)
}

async function audited(folder: string): Promise<readonly FileRecord[]> {
  const { rule, seen } = observer()
  const chosen = chooseRules(RULES)
  const selection = { ...chosen, rules: [...chosen.rules, rule], needs: new Set([...chosen.needs, 'native' as const]) }
  const records: FileRecord[] = []
  for await (const { part, crash } of auditFolder(folder, distributionsIn(folder, values.match), selection)) {
    if (crash !== undefined) throw new Error(crash)
    if (part) records.push(...recordsOf(part, folder, seen))
  }
  return records
}

const records = statSync(from).isDirectory()
  ? await audited(from)
  : readFileSync(from, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): FileRecord => JSON.parse(line))
if (values.records !== undefined)
  writeFileSync(values.records, records.map(record => `${JSON.stringify(record)}\n`).join(''))

const root = fileURLToPath(new URL('../../', import.meta.url))
const census = take(records, values.date ?? '')
mkdirSync(join(root, 'docs/census'), { recursive: true })
writeFileSync(join(root, 'docs/census/census.json'), `${JSON.stringify(census, null, 2)}\n`)
for (const [name, svg] of charts(census)) writeFileSync(join(root, 'docs/census', name), svg)
writeFileSync(join(root, 'docs/census.md'), page(census))
