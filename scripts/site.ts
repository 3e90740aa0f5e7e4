/** `npm run site -- DIR`: builds the documentation site of apps/site into DIR and checks its links and commands. */
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const [dir, ...others] = process.argv.slice(2)
if (dir === undefined || others.length > 0) {
  console.error('usage: npm run site -- DIR')
  process.exit(2)
}
const out = resolve(process.env.INIT_CWD ?? '.', dir)
const npm = (folder: string, ...args: string[]) =>
  execFileSync('npm', args, { cwd: fileURLToPath(new URL(folder, import.meta.url)), stdio: 'inherit' })

// The check asks the command itself.
npm('../', 'run', 'build')
npm('../apps/site/', 'ci')
npm('../apps/site/', 'run', 'build', '--', out)
npm('../apps/site/', 'run', 'check', '--', out)
