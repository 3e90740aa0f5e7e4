/**
 * `npm run comparison -- [python=PYTHON]`: gives files with one problem each to the tools that people know, and writes what they
 * said into docs/comparison.md. PYTHON has the tools next to it; without it the newest are installed into .cache/.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { auditFiles } from '../../fixtures/audit.js'
import { buildExample, type File } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import { exampleList } from '../../src/report/example.js'
import { preparePython } from '../conformance/python.js'
import { PROBLEMS } from './problems.js'

/** A tool that judges: it is asked about the bad file and the good one, and has to take the good one. */
interface Tool {
  readonly name: string
  readonly reads: RegExp
  readonly version: readonly string[]
  readonly args: (path: string, folder: string) => readonly string[]
}

const ARCHIVES = /\.(?:whl|tar\.gz)$/
const TOOLS: readonly Tool[] = [
  {
    name: 'twine check',
    reads: ARCHIVES,
    version: ['twine', '--version'],
    args: path => ['twine', 'check', '--strict', path],
  },
  {
    name: 'check-wheel-contents',
    reads: /\.whl$/,
    version: ['check-wheel-contents', '--version'],
    args: path => ['check-wheel-contents', '--no-config', path],
  },
  { name: 'pydistcheck', reads: ARCHIVES, version: ['pydistcheck', '--version'], args: path => ['pydistcheck', path] },
  {
    name: 'validate-pyproject',
    reads: /\.tar\.gz$/,
    version: ['validate-pyproject', '--version'],
    args: (_, folder) => ['validate-pyproject', join(folder, 'pyproject.toml')],
  },
]

const named = process.argv.slice(2).find(word => word.startsWith('python='))
const python =
  named?.slice('python='.length) ??
  preparePython(
    'comparison',
    TOOLS.map(({ version }) => version[0] ?? ''),
  )
const bin = dirname(python)
const scratch = mkdtempSync(join(tmpdir(), 'distaudit-comparison-'))

/** Does the tool take the file? */
function takes(tool: Tool, file: File): boolean {
  const folder = join(scratch, 'case')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const path = join(folder, file.filename)
  writeFileSync(path, file.bytes)
  if (file.filename.endsWith('.tar.gz')) {
    const top = file.filename.slice(0, -'.tar.gz'.length)
    spawnSync('tar', ['-xzf', path, '-C', folder, '--strip-components=1', `${top}/pyproject.toml`])
  }
  const [command = '', ...args] = tool.args(path, folder)
  const { status, error } = spawnSync(join(bin, command), args, { cwd: folder, encoding: 'utf8', timeout: 60_000 })
  if (error) throw error
  return status === 0
}

const rows: string[] = []
for (const { says, rule: id, example = 0 } of PROBLEMS) {
  const rule = RULES.find(one => one.id === id)
  const bad = rule && exampleList(rule.bad)[example]
  const good = rule && exampleList(rule.good)[0]
  if (!bad || !good) throw new Error(`${id} has no example ${example}`)
  const [badFiles, goodFiles] = await Promise.all([buildExample(bad), buildExample(good)])
  const report = await auditFiles(badFiles, RULES, {}, undefined, { profile: 'strict' })
  const findings = [...report.distributions, ...report.releases].flatMap(one => one.findings)
  if (!findings.some(finding => finding.rule === id)) throw new Error(`distaudit does not find ${id}`)
  const cells = TOOLS.map(tool => {
    const [mine, theirs] = [badFiles, goodFiles].map(files => files.filter(({ filename }) => tool.reads.test(filename)))
    if (!mine?.length) return '–'
    const taken = mine.every(file => takes(tool, file))
    if (taken) return ''
    return theirs?.every(file => takes(tool, file)) ? 'yes' : '?'
  })
  console.log(`${id}: ${cells.join(', ')}`)
  rows.push(`| ${says} ([${id}](rules/${id}.md)) | ${cells.join(' | ')} |`)
}
const versions = TOOLS.map(({ name, version: [command = '', ...args] }) => {
  const said = spawnSync(join(bin, command), args, { encoding: 'utf8' })
  return `${name.split(' ')[0]} ${/\d+(?:\.\d+)+/.exec(said.stdout + said.stderr)?.[0]}`
})
rmSync(scratch, { recursive: true, force: true })

const page = fileURLToPath(new URL('../../docs/comparison.md', import.meta.url))
const table = `Asked: ${versions.join(', ')}.

| the problem in the file | ${TOOLS.map(({ name }) => name).join(' | ')} |
|---|${'---|'.repeat(TOOLS.length)}
${rows.join('\n')}`
const text = readFileSync(page, 'utf8')
writeFileSync(
  page,
  text.replace(/(<!-- asked: .*? -->\n)[\s\S]*?(\n<!-- \/asked -->)/, (_, begin, end) => `${begin}\n${table}\n${end}`),
)
