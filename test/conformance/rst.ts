import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_LIMITS } from '../../src/archive/limits.js'
import { mediaType } from '../../src/description/render.js'
import { whyUnsure } from '../../src/description/rst/sure.js'
import { readDistribution } from '../../src/distribution/read.js'
import { openTarget } from '../../src/inputs.js'
import { generator } from '../fuzz/mutate.js'
import type { Comparison, Difference } from './comparison.js'
import { preparePython, startAnswers } from './python.js'
import { longCase, partsOf, shortCase } from './rst-cases.js'

const PACKAGES = ['docutils==0.23', 'readme_renderer==45.0']
const BATCH = 50
/** Files are read for their descriptions alone. */
const MAX_FILE = 50 * 1024 * 1024
/** Texts of which variants are made; each variant is rendered whole. */
const MAX_TEXT = 10_000

interface Description {
  readonly file: string
  readonly text: string
  readonly isRst: boolean
}

/** The descriptions of all files, each once. Markdown is read as reStructuredText, too: much of it is nearly that. */
async function descriptionsIn(corpus: string): Promise<readonly Description[]> {
  const found = new Map<string, Description>()
  for (const file of readdirSync(corpus)) {
    const path = join(corpus, file)
    if (!/\.(?:whl|tar\.gz|zip)$/.test(file) || statSync(path).size > MAX_FILE) continue
    const input = await openTarget({ path, filename: file })
    if (!('source' in input)) continue
    const fact = await readDistribution(input, { limits: DEFAULT_LIMITS, needs: new Set(), now: () => 0 })
    await input.source.close?.()
    if (fact.kind !== 'wheel' && fact.kind !== 'sdist') continue
    const text = fact.metadata?.description?.text.replaceAll('\0', '\\x00')
    const type = mediaType(fact.metadata?.value('Description-Content-Type'))
    if (text && !found.has(text)) found.set(text, { file, text, isRst: type === 'text/x-rst' })
  }
  return [...found.values()]
}

/**
 * What our reader of reStructuredText is sure of, against docutils as PyPI runs it: on the descriptions of the corpus, and on
 * texts made of them (`--cases N` that we are sure of, `--seed N`). A text that we are sure of and docutils refuses differs.
 */
export async function compare(_: string, corpus: string): Promise<Comparison> {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { cases: { type: 'string', default: '5000' }, seed: { type: 'string', default: '1' } },
  })
  const title = 'reStructuredText'
  if (spawnSync('python3', ['--version']).status !== 0) {
    console.log('Skipped: python3, which runs docutils, is not here.')
    return { title, compared: 0, differences: [] }
  }
  const docutils = startAnswers<string, string>(preparePython('rst-venv', PACKAGES), 'rst_answers.py')
  const differences: Difference[] = []
  let compared = 0
  const check = async (cases: readonly Pick<Description, 'file' | 'text'>[]) => {
    const answers = await docutils.ask(cases.map(one => one.text))
    compared += cases.length
    for (const [i, { file, text }] of cases.entries())
      if (answers[i] !== 'ok' && whyUnsure(text) === undefined)
        differences.push({ file, text: `${answers[i]} ${JSON.stringify(text.slice(0, 500))}`, reason: undefined })
    return answers
  }

  const descriptions = await descriptionsIn(corpus)
  const reasons = new Map<string, number>()
  let right = 0
  for (const one of descriptions) {
    const [answer] = await check([one])
    if (answer !== 'ok' || !one.isRst) continue
    right++
    const reason = whyUnsure(one.text)
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const unsure = [...reasons.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${right - unsure} of ${right} descriptions that docutils takes are read without it. The others:`)
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`  ${count} ${reason}`)

  const texts = descriptions.map(one => one.text).filter(text => text.length < MAX_TEXT)
  const parts = descriptions.flatMap(one => partsOf(one.text))
  const random = generator(Number(values.seed))
  const wanted = compared + (parts.length > 0 ? Number(values.cases) : 0)
  let batch: { readonly file: string; readonly text: string }[] = []
  for (let made = 0; compared + batch.length < wanted; made++) {
    const text = random(20) === 0 ? longCase(texts, parts, random) : shortCase(parts, random)
    if (whyUnsure(text) !== undefined) continue
    batch.push({ file: `case ${made} of seed ${values.seed}`, text })
    if (batch.length < BATCH) continue
    await check(batch)
    batch = []
  }
  if (batch.length > 0) await check(batch)
  docutils.stop()
  return { title, compared, differences }
}
