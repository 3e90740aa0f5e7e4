/**
 * `npm run drift`: installs the newest of what decides about files, asks it the recorded cases again, and says which version is
 * not the recorded one and which verdict has changed. Needs Python 3 and the network; every week a workflow runs it.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import classifiers from '../../src/data/classifiers.json' with { type: 'json' }
import names from '../../src/data/python-names.json' with { type: 'json' }
import { RECORDED_TOOLS } from '../../src/standards/authorities.js'
import { PACKAGING_DIFFERENCES, PYPI, TWINE_TODAY } from '../../src/standards/index.js'
import { cases as descriptions } from './cases/descriptions.js'
import { type Answer, agree, type Case } from './packaging-answers.js'
import { preparePython, startAnswers } from './python.js'

/** What each table or verdict was made with. */
const RECORDED: Readonly<Record<string, string>> = {
  packaging: TWINE_TODAY.packaging,
  'readme-renderer': TWINE_TODAY.readmeRenderer,
  docutils: TWINE_TODAY.docutils,
  ...Object.fromEntries(RECORDED_TOOLS.map(({ name, version }) => [name, version])),
  'trove-classifiers': classifiers.version,
  'stdlib-list': names.version,
}
const NPM: Readonly<Record<string, string>> = { 'spdx-license-list': '6.12.0', 'spdx-license-ids': '3.0.24' }
const WAREHOUSE = 'https://raw.githubusercontent.com/pypi/warehouse/main/requirements/main.txt'

const drifted: string[] = []
const say = (text: string) => {
  drifted.push(text)
  console.log(text)
}

function compare(what: string, recorded: string, newest: string): void {
  if (recorded === newest) console.log(`${what} ${recorded} is the newest`)
  else say(`${what}: recorded ${recorded}, newest ${newest}`)
}

/** Asks the newest packaging what the recorded ones answered. */
async function replayPackaging(python: string): Promise<void> {
  const lines = readFileSync(new URL('../standards/recorded-cases.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const recorded = lines.map(line => JSON.parse(line) as readonly [Case, Answer])
  const kinds = { 'license-expression': 'license', requirement: 'requirement', specifiers: 'specifiers' } as const
  const known = PACKAGING_DIFFERENCES.flatMap(({ what, example, accepted }) =>
    what in kinds
      ? [{ asked: [kinds[what as keyof typeof kinds], example] as Case, taken: accepted[TWINE_TODAY.packaging] }]
      : [],
  )
  const packaging = startAnswers<Case, Answer>(python, 'packaging_answers.py')
  const answers = await packaging.ask([...recorded.map(([asked]) => asked), ...known.map(({ asked }) => asked)])
  packaging.stop()
  for (const [i, [asked, expected]] of recorded.entries()) {
    const found = answers[i]
    if (found && !agree(found, expected))
      say(`packaging: ${JSON.stringify(asked)} was ${JSON.stringify(expected)}, is ${JSON.stringify(found)}`)
  }
  for (const [i, { asked, taken }] of known.entries()) {
    const found = answers[recorded.length + i]
    if (found && 'ok' in found !== taken)
      say(`packaging: ${JSON.stringify(asked)} was ${taken ? 'taken' : 'refused'} and is not`)
  }
}

/** Asks the newest readme_renderer for the descriptions that PyPI's takes or refuses. */
async function replayDescriptions(python: string): Promise<void> {
  const asked = descriptions.flatMap(({ what, example, refusedBy }) => {
    const { description } = example
    const type = example.metadata?.['Description-Content-Type']
    const rules = refusedBy.filter(id => /^description-(?:rst-invalid|renders-empty|crashes)/.test(id))
    if (
      description === undefined ||
      description.trim() === '' ||
      Array.isArray(type) ||
      rules.length < refusedBy.length
    )
      return []
    return [
      { what, case: [(type as string | null | undefined) ?? null, description] as const, refused: rules.length > 0 },
    ]
  })
  const renderer = startAnswers<readonly [string | null, string], string>(python, 'readme_answers.py')
  const answers = await renderer.ask(asked.map(one => one.case))
  renderer.stop()
  for (const [i, { what, refused }] of asked.entries())
    if ((answers[i] !== 'taken') !== refused)
      say(`readme_renderer: ${what} was ${refused ? 'refused' : 'taken'}, is ${answers[i]}`)
  console.log(`${asked.length} descriptions rendered`)
}

/** What PyPI pins today; silent where its list cannot be reached. */
async function comparePins(): Promise<void> {
  const text = await fetch(WAREHOUSE)
    .then(answer => (answer.ok ? answer.text() : undefined))
    .catch(() => undefined)
  if (text === undefined) return console.log(`not reached: ${WAREHOUSE}`)
  const pinned = (name: string) => new RegExp(`^${name}==(\\S+)`, 'm').exec(text)?.[1] ?? 'nothing'
  compare("PyPI's packaging", PYPI.packaging, pinned('packaging'))
  compare("PyPI's readme-renderer", PYPI.readmeRenderer, pinned('readme-renderer'))
  compare("PyPI's docutils", PYPI.docutils, pinned('docutils'))
}

const python = preparePython('drift-venv', ['--upgrade', 'readme-renderer[md]', ...Object.keys(RECORDED)])
const script = 'import sys, importlib.metadata as m; print("\\n".join(m.version(name) for name in sys.argv[1:]))'
const installed = execFileSync(python, ['-c', script, ...Object.keys(RECORDED)], { encoding: 'utf8' })
  .trim()
  .split('\n')
for (const [i, [name, version]] of Object.entries(RECORDED).entries()) compare(name, version, installed[i] ?? '')
for (const [name, version] of Object.entries(NPM))
  compare(`npm ${name}`, version, execFileSync('npm', ['view', name, 'version'], { encoding: 'utf8' }).trim())
await replayPackaging(python)
await replayDescriptions(python)
await comparePins()
console.log(drifted.length === 0 ? 'Nothing has changed.' : `${drifted.length} changes.`)
if (drifted.length > 0) process.exitCode = 1
