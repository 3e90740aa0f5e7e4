import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandsIn, problemOfCommand } from './commands.ts'
import { deadLinks } from './links.ts'

/**
 * `npm run check -- [DIR]`: the built site has no link that leads nowhere, and its sources and the READMEs have no command that
 * distaudit does not know.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const filesIn = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))

const root = here('../../../')
const [dir] = process.argv.slice(2)
const site = dir === undefined ? here('../.vitepress/dist') : resolve(process.env.INIT_CWD ?? '.', dir)
const files = filesIn(site)
const pages = files.filter(name => name.endsWith('.html'))
const problems = deadLinks({
  pages: new Map(pages.map(name => [name, readFileSync(join(site, name), 'utf8')])),
  files: new Set(files),
  base: process.env.DISTAUDIT_SITE_BASE ?? '/',
  inRepository: path => existsSync(join(root, path)),
})

const sources = filesIn(join(root, 'docs'))
  .filter(name => name.endsWith('.md'))
  .map(name => `docs/${name}`)
const commands = new Map<string, string>()
for (const name of ['README.md', 'packaging/python/README.md', ...sources])
  for (const args of commandsIn(readFileSync(join(root, name), 'utf8'))) commands.set(args, name)
for (const [args, page] of commands) {
  const problem = problemOfCommand(args)
  if (problem !== undefined) problems.push(`${page}: distaudit ${args}: ${problem}`)
}

if (pages.length < sources.length) problems.push(`${site}: ${pages.length} pages of ${sources.length} sources`)
for (const problem of problems) console.error(problem)
console.log(`${pages.length} pages, ${commands.size} commands: ${problems.length} problems`)
if (problems.length > 0) process.exit(1)
