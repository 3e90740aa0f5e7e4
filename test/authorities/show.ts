import { readFileSync } from 'node:fs'
import { RULES } from '../../rules/registry/index.js'
import { differences, findingsOn, neverShown } from './compare.js'
import { examplesOf, isTried, parseTable, TABLE } from './examples.js'

const only = process.argv[2] ? new RegExp(process.argv[2]) : /./
const { rows } = parseTable(readFileSync(TABLE, 'utf8'))

for (const rule of RULES.filter(isTried).filter(r => only.test(`${r.topic}/${r.id}`))) {
  const audited = []
  for await (const tried of examplesOf([rule])) {
    const row = rows.get(tried.key)
    if (row?.hash !== tried.hash) {
      console.log(`${tried.key}: STALE`)
      continue
    }
    const findings = await findingsOn(tried)
    audited.push({ findings, answers: row.answers })
    for (const d of differences(findings, row.answers)) console.log(`${tried.key}: ${d}`)
  }
  for (const d of neverShown(rule, audited)) console.log(`${rule.topic}/${rule.id}: ${d}`)
}
