/**
 * `npm run conformance -- [pypi] [metadata] [native] [rst]`: compares with the recorded verdicts of other tools in ../shared/expected, and
 * with docutils, on the real files in $DISTAUDIT_CORPUS (../shared/corpus/get fetches them). Differences that are not explained in
 * test/conformance/explained.json fail the command; docs/conformance.md tells the reasons.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Comparison } from './comparison.js'

const shared = fileURLToPath(new URL('../../../shared/expected/', import.meta.url))
const corpus = process.env.DISTAUDIT_CORPUS
const PARTS: Readonly<
  Record<string, () => Promise<{ compare: (shared: string, corpus: string) => Promise<Comparison> }>>
> = {
  pypi: () => import('./pypi.js'),
  metadata: () => import('./metadata.js'),
  native: () => import('./native.js'),
  rst: () => import('./rst.js'),
}

if (!existsSync(shared)) {
  console.log('Skipped: ../shared/expected, the recorded verdicts, is not here.')
} else if (!corpus || !existsSync(corpus)) {
  console.log('Skipped: set DISTAUDIT_CORPUS to the folder of the files (../shared/corpus/get DEST fetches them).')
} else {
  const names = process.argv.slice(2).filter(name => name in PARTS)
  for (const name of names.length > 0 ? names : Object.keys(PARTS)) {
    const part = await PARTS[name]?.()
    if (!part) continue
    const { title, compared, differences } = await part.compare(shared, corpus)
    const unexplained = differences.filter(one => one.reason === undefined)
    console.log(
      `${title}: ${compared} compared, ${differences.length} differ, ${unexplained.length} of them without an explanation.`,
    )
    for (const { file, text, reason } of differences)
      console.log(`  ${reason === undefined ? '!' : ' '} ${file}: ${text}${reason === undefined ? '' : ` (${reason})`}`)
    if (unexplained.length > 0) process.exitCode = 1
  }
}
