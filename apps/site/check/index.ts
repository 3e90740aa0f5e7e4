import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandsIn, problemOfCommand } from './commands.ts'
import { deadLinks } from './links.ts'

/** `npm run check -- [DIR]`: the built site has no link that leads nowhere, and its sources no command that distaudit does not know. */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const filesIn = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))

const [dir] = process.argv.slice(2)
const site = dir === undefined ? here('../.vitepress/dist') : resolve(process.env.INIT_CWD ?? '.', dir)
const files = filesIn(site)
const pages = files.filter(name => name.endsWith('.html'))
const problems = deadLinks({
  pages: new Map(pages.map(name => [name, readFileSync(join(site, name), 'utf8')])),
  files: new Set(files),
  base: process.env.DISTAUDIT_SITE_BASE ?? '/',
})

const docs = here('../../../docs')
const commands = new Map<string, string>()
for (const name of filesIn(docs).filter(file => file.endsWith('.md')))
  for (const args of commandsIn(readFileSync(join(docs, name), 'utf8'))) commands.set(args, name)
for (const [args, page] of commands) {
  const problem = problemOfCommand(args)
  if (problem !== undefined) problems.push(`docs/${page}: distaudit ${args}: ${problem}`)
}

const sources = filesIn(docs).filter(name => name.endsWith('.md')).length
if (pages.length < sources) problems.push(`${site}: ${pages.length} pages of ${sources} sources`)
for (const problem of problems) console.error(problem)
console.log(`${pages.length} pages, ${commands.size} commands: ${problems.length} problems`)
if (problems.length > 0) process.exit(1)
