/** The file that Node starts: any Node since 10 parses it, and an old one says what it needs. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'rolldown/utils'
import { describe, expect, it } from 'vitest'

const boot = fileURLToPath(new URL('../../src/cli/boot.cjs', import.meta.url))

const asNode = (version: string) =>
  spawnSync(process.execPath, [
    '-e',
    `Object.defineProperty(process.versions, 'node', { value: '${version}' })
    require('node:module').runMain(process.argv[1] = ${JSON.stringify(boot)})`,
  ])

describe('the start of the command', () => {
  it('has no syntax that is newer than Node 10', () => {
    const text = readFileSync(boot, 'utf8').replace(/^#!.*/, '')
    // ES2018 and the one piece of ES2019 that Node 10 has.
    const code = (target: string) =>
      transformSync('boot.cjs', text.replaceAll('catch {', 'catch (_) {'), { target }).code
    expect(code('es2018')).toBe(code('esnext'))
  })

  it.each(['10.24.1', '18.20.8', '20.18.3'])('tells Node %s what it needs, with status 2', version => {
    const { status, stdout, stderr } = asNode(version)
    expect(stderr.toString()).toBe(`distaudit needs Node 20.19 or later; this is ${version}\n`)
    expect(stdout.toString()).toBe('')
    expect(status).toBe(2)
  })
})
