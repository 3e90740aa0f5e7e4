import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { RULES } from '../rules/registry/index.js'
import { authorities, dataTables } from '../src/data-tables.js'
import { DATA_DATE, VERSION } from '../src/version.js'

/** Statements that import, or export from elsewhere; those of types alone change nothing that runs. */
const IMPORT =
  /(?:^|\n)(?:import|export)(?! type\b)[^'"\n;]*?(?:\{[^}]*\}[^'"\n;]*?)?\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)/g

/** A file and all that it imports, directly or not, except what `leaveOut` names. */
function closureOf(root: string, leaveOut: RegExp): readonly string[] {
  const found = new Set<string>()
  const queue = [root]
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (found.has(file) || leaveOut.test(file)) continue
    found.add(file)
    if (!file.endsWith('.ts')) continue
    for (const [, first, second] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const path = normalize(join(dirname(file), first ?? second ?? '')).replaceAll('\\', '/')
      queue.push(existsSync(path) ? path : path.replace(/\.js$/, '.ts'))
    }
  }
  return [...found].sort()
}

const hashes = new Map<string, string>()

function hashOf(file: string): string {
  const known = hashes.get(file)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex')
  hashes.set(file, hash)
  return hash
}

function fingerprintOf(root: string, leaveOut = /^$/): string {
  const hash = createHash('sha256')
  for (const file of closureOf(root, leaveOut)) hash.update(`${file}\0${hashOf(file)}\n`)
  return hash.digest('hex').slice(0, 16)
}

/**
 * What the verdicts of this build depend on: of each rule its own file and every file and table that it imports, and apart from the
 * rules all that reads files. Two builds with the same fingerprint say the same of the same file.
 */
export function edition(): string {
  const files = readdirSync('rules', { recursive: true, encoding: 'utf8' })
  const fileOf = new Map(files.map(file => [file.replace(/^.*[/\\]/, ''), `rules/${file.replaceAll('\\', '/')}`]))
  const rules = RULES.map(({ id }) => [id, fingerprintOf(fileOf.get(`${id}.ts`) ?? '')])
  return JSON.stringify({
    version: VERSION,
    dataDate: DATA_DATE,
    readers: fingerprintOf('src/audit.ts', /^rules\//),
    rules: Object.fromEntries(rules),
    tables: [...dataTables(), ...authorities()],
  })
}
