import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

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
const patterns = process.argv.slice(2)
const files = patterns.flatMap(pattern => globSync(pattern))
if (files.length === 0) throw new Error(`No tests match ${patterns.join(' ')}.`)
const { status } = spawnSync(
  node,
  ['--import', 'tsx', '--test', '--test-reporter=spec', '--test-timeout=600000', ...files],
  {
    stdio: 'inherit',
  },
)
process.exitCode = status ?? 1
