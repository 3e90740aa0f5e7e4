/** Writes every generated file, or with --check says which are stale. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { format } from './format.js'
import { registryFiles } from './generate-registry.js'
import { roomsMarkdown } from './rooms.js'

process.chdir(fileURLToPath(new URL('../', import.meta.url)))
const check = process.argv.includes('--check')
const stale: string[] = []

function emit(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  stale.push(file)
  if (check) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** The text with the table of rooms made anew between its marks. */
const withRooms = (text: string): string =>
  text.replace(/(<!-- rooms: [^>]*-->\n)[\s\S]*?(<!-- \/rooms -->)/, (_, open, close) => open + roomsMarkdown() + close)

// The registry first: the pages are made from it.
for (const [file, text] of registryFiles()) emit(file, format(file, text))
if (!check || stale.length === 0) {
  // Without it, pages would lose what docutils says of their examples.
  if (!existsSync('dist/renderer')) throw new Error('The pages need dist/renderer: run `npm run build` first.')
  const { docPages } = await import('./generate-docs.js')
  const { thirdParty } = await import('./generate-third-party.js')
  const [notices, pages] = await Promise.all([thirdParty(), docPages()])
  emit('THIRD-PARTY.md', notices)
  emit('CONTRIBUTING.md', withRooms(readFileSync('CONTRIBUTING.md', 'utf8')))
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
