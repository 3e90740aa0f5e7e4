import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../../rules/registry/index.js'
import { auditPart } from '../../src/audit.js'
import { renderOnNode } from '../../src/description/render-node.js'
import { isRefusal } from '../../src/finding.js'
import { openTarget } from '../../src/inputs.js'
import { chooseRules } from '../../src/selection.js'
import { type Comparison, type Difference, explained, jsonLines } from './comparison.js'

interface Expected {
  readonly file: string
  readonly verdict: 'accept' | 'reject'
  readonly stage: string
  readonly message: string | null
}

/** The verdict of PyPI's own upload code, as twine 7 sends each file, against `--profile pypi`. */
export async function compare(shared: string, corpus: string): Promise<Comparison> {
  const selection = chooseRules(RULES, { profile: 'pypi' })
  const reasons = explained('pypi')
  const differences: Difference[] = []
  let compared = 0
  for (const { file, verdict, stage, message } of jsonLines<Expected>(join(shared, 'pypi.jsonl'))) {
    const path = join(corpus, file)
    if (!existsSync(path)) continue
    compared++
    const part = await auditPart([() => openTarget({ path, filename: file })], { selection, render: renderOnNode })
    const findings = part.distributions.flatMap(one => one.findings).filter(isRefusal)
    const ours = findings.length > 0 ? 'reject' : 'accept'
    if (ours === verdict && part.errors.length === 0) continue
    const said =
      ours === 'reject' ? findings.map(one => `${one.rule}: ${one.message}`).join(' / ') : `${stage}: ${message}`
    const errors = part.errors.map(one => `${one.rule} failed: ${one.message}`).join(' / ')
    differences.push({ file, text: `PyPI ${verdict}s, we ${ours}. ${said} ${errors}`.trim(), reason: reasons[file] })
  }
  return { title: "PyPI's upload", compared, differences }
}
