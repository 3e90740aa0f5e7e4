/**
 * `npm run advice [-- python=PATH] [RULE…]`: makes each mistake of cases.ts in a project of each build backend, builds it, audits it,
 * follows the advice, builds and audits again; where the finding has edits, it does the same with them. The outcomes go into recorded.json, which `npm test` reads. Needs Python 3.11 and
 * the network, or a Python that has the backends.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { preparePython } from '../conformance/python.js'
import { auditProject, type Built, packTree, withEdits } from './audit.js'
import { ADVICE_CASES, badProject, goodProject } from './cases.js'
import { STYLES, sourceTree } from './projects.js'
import { byCase, type Outcome, RECORDED } from './recorded.js'

const given = process.argv.slice(2)
const named = given.find(one => one.startsWith('python='))?.slice('python='.length)
const wanted = given.filter(one => !one.startsWith('python='))
const python =
  named ??
  preparePython('advice', [
    '--upgrade',
    ...['setuptools', 'hatchling', 'flit-core', 'poetry-core', 'pdm-backend', 'uv-build'],
  ])
const scratch = mkdtempSync(join(tmpdir(), 'distaudit-advice-'))

const tasks = ADVICE_CASES.flatMap((one, index) =>
  wanted.length > 0 && !wanted.includes(one.rule)
    ? []
    : (one.styles ?? STYLES).map(style => ({
        id: `${index}-${style}`,
        one,
        index,
        style,
        trees: { bad: sourceTree(style, badProject(one)), good: sourceTree(style, goodProject(one, style)) },
      })),
)
function write(folder: string, tree: ReadonlyMap<string, string>): void {
  for (const [path, text] of tree) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}
/** Builds every project in a folder: the last line of what each that failed has printed. */
function build(folder: string): Readonly<Record<string, string>> {
  const script = fileURLToPath(new URL('build.py', import.meta.url))
  const output = execFileSync(python, [script, folder], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${dirname(python)}:${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '{}')
}
const first = join(scratch, 'first')
for (const { id, trees } of tasks)
  for (const [state, tree] of Object.entries(trees)) write(join(first, `${id}-${state}`), tree)
const failed = build(first)

const builtIn = (name: string, from = first): readonly Built[] => {
  const folder = join(from, name, 'dist')
  return existsSync(folder)
    ? readdirSync(folder).map(filename => ({ filename, bytes: readFileSync(join(folder, filename)) }))
    : []
}
const outcomes = new Map<string, Outcome>(wanted.length > 0 ? byCase() : [])
let wrong = 0
const withEdit: {
  readonly key: string
  readonly id: string
  readonly rule: string
  readonly tree: ReadonlyMap<string, string>
}[] = []
for (const { id, one, index, style, trees } of tasks) {
  const stopped = failed[`${id}-bad`]
  const built = stopped === undefined ? builtIn(`${id}-bad`) : [packTree(trees.bad, badProject(one))]
  const before = await auditProject(built, trees.bad)
  const own = before.find(({ rule }) => rule === one.rule)
  const after = failed[`${id}-good`] ?? (await auditProject(builtIn(`${id}-good`), trees.good))
  const problem =
    typeof after === 'string'
      ? `the build fails: ${after}`
      : after.some(({ rule }) => rule === one.rule)
        ? 'the finding is still there'
        : after.find(({ severity, rule }) => severity === 'error' && !before.some(found => found.rule === rule))
            ?.message
  const bad = stopped !== undefined ? 'stops the build' : own ? 'found' : 'mended by the backend'
  if (problem !== undefined) {
    wrong++
    console.log(`${one.rule} in ${style}: ${problem}`)
  }
  const key = `${index} ${one.rule} ${style}`
  if (own?.edits) withEdit.push({ key, id, rule: one.rule, tree: withEdits(trees.bad, own) })
  outcomes.set(key, {
    bad,
    ...(own && { help: own.help, line: own.location.source?.line }),
  })
}
const second = join(scratch, 'second')
for (const { id, tree } of withEdit) write(join(second, id), tree)
const broken = withEdit.length > 0 ? build(second) : {}
for (const { key, id, rule, tree } of withEdit) {
  const after = broken[id] ?? (await auditProject(builtIn(id, second), tree))
  const isLeft = typeof after !== 'string' && after.some(found => found.rule === rule)
  const outcome = outcomes.get(key)
  if (typeof after !== 'string' && !isLeft && outcome) outcomes.set(key, { ...outcome, edits: 'work' })
  else {
    wrong++
    console.log(
      `${key}, with its edits: ${typeof after === 'string' ? `the build fails: ${after}` : 'the finding is still there'}`,
    )
  }
}
rmSync(scratch, { recursive: true })
const order = ADVICE_CASES.flatMap((one, index) => STYLES.map(style => `${index} ${one.rule} ${style}`))
const sorted = order.flatMap(key => (outcomes.has(key) ? [[key, outcomes.get(key)]] : []))
if (wrong === 0) writeFileSync(RECORDED, `${JSON.stringify(Object.fromEntries(sorted), null, 1)}\n`)
console.log(wrong === 0 ? `${tasks.length} advices work.` : `${wrong} of ${tasks.length} do not work.`)
process.exitCode = wrong === 0 ? 0 : 1
