/** `npm run web -- DIR [--from ORIGIN]…`: builds the page of apps/web into DIR; `--from` names who it may ask for files. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const args = process.argv.slice(2)
if (args[0] === undefined || args[0].startsWith('-')) {
  console.error('usage: npm run web -- DIR [--from ORIGIN]…')
  process.exit(2)
}
const npm = (folder: string, ...words: string[]) =>
  execFileSync('npm', words, { cwd: fileURLToPath(new URL(folder, import.meta.url)), stdio: 'inherit' })

npm('../', 'run', 'build')
npm('../apps/web/', 'ci')
npm('../apps/web/', 'run', 'build', '--', ...args)
