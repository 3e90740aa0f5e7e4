/** Writes every generated file, or with --check says which are stale. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { format } from './format.js'
import { pythonReport } from './generate-python-report.js'
import { registryFiles } from './generate-registry.js'
import { thirdParty } from './generate-third-party.js'
import { roomsMarkdown } from './rooms.js'

process.chdir(fileURLToPath(new URL('../', import.meta.url)))
const check = process.argv.includes('--check')
const stale: string[] = []

const isThere = (file: string, text: string): boolean => existsSync(file) && readFileSync(file, 'utf8') === text

function emit(file: string, text: string): void {
  if (isThere(file, text)) return
  stale.push(file)
  if (check) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** The text with the table of rooms made anew between its marks. */
const withRooms = (text: string): string =>
  text.replace(/(<!-- rooms: [^>]*-->\n)[\s\S]*?(<!-- \/rooms -->)/, (_, open, close) => open + roomsMarkdown() + close)

// The registry first: the pages are made from it.
for (const [file, text] of registryFiles()) if (!isThere(file, text)) emit(file, format(file, text))
if (!check || stale.length === 0) {
  // Without it, pages would lose what docutils says of their examples.
  if (!existsSync('dist/renderer')) throw new Error('The pages need dist/renderer: run `npm run build` first.')
  emit('THIRD-PARTY.md', thirdParty())
  emit('packaging/python/src/distaudit/report.py', pythonReport())
  emit('CONTRIBUTING.md', withRooms(readFileSync('CONTRIBUTING.md', 'utf8')))
  const pages = await docPages()
  for (const [file, text] of pages) emit(file, text)
  for (const name of existsSync('docs/rules') ? readdirSync('docs/rules') : []) {
    if (pages.has(`docs/rules/${name}`)) continue
    stale.push(`docs/rules/${name}`)
    if (!check) rmSync(`docs/rules/${name}`)
  }
}
if (stale.length > 0) console.log(`${check ? 'Stale' : 'Written'}:\n${stale.join('\n')}`)
if (check && stale.length > 0) {
  console.log('Run `npm run generate`.')
  process.exitCode = 1
}

/** Bundled first: the thousand files that the pages are made from load in half the time. */
async function docPages(): Promise<ReadonlyMap<string, string>> {
  const dir = '.cache/generate'
  const bundle = await rolldown({
    input: 'scripts/generate-docs.ts',
    platform: 'node',
    external: ['pyodide'],
    treeshake: false,
    logLevel: 'silent',
  })
  await bundle.write({ dir, format: 'esm', cleanDir: true })
  await bundle.close()
  const docs: typeof import('./generate-docs.js') = await import(`${process.cwd()}/${dir}/generate-docs.js`)
  return docs.docPages()
}
