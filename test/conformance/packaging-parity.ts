/**
 * Compares distaudit/standards with packaging 26.4 on random cases:
 * `npm run parity [-- --cases 100000] [--seed N] [--record]`. Installs packaging into .cache/. `--record` writes the cases
 * that `npm test` repeats without Python.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { type Answer, agree, answer, type Case } from './packaging-answers.js'
import { anyCase } from './packaging-cases.js'
import { preparePython, startAnswers } from './python.js'

const PACKAGING = '26.4'
const BATCH = 1000
const RECORDED = fileURLToPath(new URL('../standards/recorded-cases.jsonl', import.meta.url))

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '20261125' },
    record: { type: 'boolean', default: false },
  },
})

if (spawnSync('python3', ['--version']).status !== 0) {
  console.log('skipped: python3 is not here')
} else {
  const packaging = startAnswers<Case, Answer>(
    preparePython('packaging-venv', [`packaging==${PACKAGING}`]),
    'packaging_answers.py',
  )
  const total = Number(values.cases)
  const kinds = new Map<string, { cases: number; errors: number }>()
  const recorded: (readonly [Case, Answer])[] = []
  let differences = 0
  for (let done = 0; done < total; done += BATCH) {
    const cases = fc.sample(anyCase, { numRuns: Math.min(BATCH, total - done), seed: Number(values.seed) + done })
    const theirs = await packaging.ask(cases)
    cases.forEach((asked, i) => {
      const expected = theirs[i]
      if (expected === undefined) return
      const count = kinds.get(asked[0]) ?? { cases: 0, errors: 0 }
      kinds.set(asked[0], { cases: count.cases + 1, errors: count.errors + Number('error' in expected) })
      recorded.push([asked, expected])
      const mine = answer(asked)
      if (agree(mine, expected)) return
      differences++
      if (differences <= 40)
        console.log(
          `${JSON.stringify(asked)}\n  packaging ${JSON.stringify(expected)}\n  distaudit ${JSON.stringify(mine)}`,
        )
    })
  }
  packaging.stop()
  console.table(Object.fromEntries([...kinds].sort()))
  console.log(`${total} cases (seed ${values.seed}) against packaging ${PACKAGING}: ${differences} differences`)
  if (values.record) writeFileSync(RECORDED, recorded.map(row => `${JSON.stringify(row)}\n`).join(''))
  if (differences > 0) process.exitCode = 1
}
