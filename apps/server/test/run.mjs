import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

// Runs tests with a Node that can: this one, or the one that CI has beside it.
const [least, minor] = [22, 12]
const good = version => {
  const [major = 0, second = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > least || (major === least && second >= minor)
}
const second = process.env.DISTAUDIT_SECOND_NODE
const versionOf = node => spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
const node = good(process.version) ? process.execPath : second && good(versionOf(second)) ? second : undefined
if (!node) {
  console.log(
    `Skipped the tests of distaudit-server: they need Node ${least}.${minor} or later, and this is ${process.version}.`,
  )
  process.exit()
}
// Some shells leave patterns as they are, and Node 20 has no globSync.
const inFolder = folder =>
  readdirSync(folder)
    .filter(name => name.endsWith('.test.ts'))
    .map(name => join(folder, name))
const files = process.argv.slice(2).flatMap(file => (file.endsWith('*.test.ts') ? inFolder(dirname(file)) : file))
if (files.length === 0) throw new Error('There are no tests.')
const { status } = spawnSync(
  node,
  ['--import', 'tsx', '--test', '--test-reporter=spec', '--test-timeout=600000', ...files],
  {
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
