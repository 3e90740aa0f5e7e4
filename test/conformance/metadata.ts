import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../../rules/registry/index.js'
import { auditPart } from '../../src/audit.js'
import { renderOnNode } from '../../src/description/render-node.js'
import { openTarget } from '../../src/inputs.js'
import { chooseRules } from '../../src/selection.js'
import { type Comparison, type Difference, explained, jsonLines } from './comparison.js'

interface Expected {
  readonly file: string
  readonly packaging: { readonly none?: true; readonly errors?: readonly string[] }
}

/** Fields that `packaging.metadata` refuses, against the fields of our findings that name it as the enforcer. */
export async function compare(shared: string, corpus: string): Promise<Comparison> {
  const rules = RULES.filter(rule => rule.enforcedBy.includes('packaging'))
  const selection = chooseRules(rules)
  const reasons = explained('metadata')
  const differences: Difference[] = []
  let compared = 0
  for (const { file, packaging } of jsonLines<Expected>(join(shared, 'metadata.jsonl'))) {
    const path = join(corpus, file)
    if (packaging.none || !existsSync(path)) continue
    compared++
    const { distributions } = await auditPart([() => openTarget({ path, filename: file })], {
      selection,
      render: renderOnNode,
    })
    const found = distributions
      .flatMap(one => one.findings)
      .filter(finding => finding.enforcedBy.includes('packaging') && !finding.location.field?.startsWith('project.'))
    const ours = fieldSet(found.map(finding => finding.location.field?.toLowerCase() ?? `(${finding.rule})`))
    const theirs = fieldSet((packaging.errors ?? []).map(error => error.slice(0, error.indexOf(':'))))
    if (ours !== theirs)
      differences.push({
        file,
        text: `packaging refuses ${theirs || 'nothing'}, we ${ours || 'nothing'}.`,
        reason: reasons[file],
      })
  }
  return { title: "packaging's metadata errors by field", compared, differences }
}

const fieldSet = (fields: readonly string[]) => [...new Set(fields)].sort().join(', ')
