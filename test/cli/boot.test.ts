/** The file that Node starts: any Node since 10 parses it, and an old one says what it needs. */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'rolldown/utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

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

describe('the compiled code that the command keeps', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'distaudit-boot-'))
    cpSync(boot, join(folder, 'cli.cjs'))
    writeFileSync(join(folder, 'main.cjs'), "console.log(require('./command/part.cjs').words())\n")
    mkdirSync(join(folder, 'command'))
    writeFileSync(join(folder, 'command/part.cjs'), `exports.words = () => ${JSON.stringify('word '.repeat(200))}\n`)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '' }
  const run = () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'cli.cjs')], { env, encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  const right = { status: 0, stdout: `${'word '.repeat(200)}\n`, stderr: '' }
  const kept = () =>
    readdirSync(join(folder, 'compile-cache'), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .toSorted()

  it('is one file for each of its files, which a second run leaves as it is', () => {
    expect(run()).toEqual(right)
    const files = kept()
    const contents = files.map(file => readFileSync(file))
    expect(files).toHaveLength(2)
    expect(run()).toEqual(right)
    expect(kept()).toEqual(files)
    expect(files.map(file => readFileSync(file))).toEqual(contents)
  })

  it.each<[string, (content: Buffer) => Uint8Array]>([
    ['empty', () => new Uint8Array()],
    ['cut', content => content.subarray(0, content.length / 2)],
    ['a text', () => Buffer.from('This is no code.\n')],
    ['without its end, as after a power cut', content => content.fill(0, content.length / 2)],
    ['with other bytes', content => content.map((byte, i) => (i % 7 === 0 ? byte ^ 0x55 : byte))],
  ])('is made anew where it is %s', (_, change) => {
    run()
    const whole = kept().map(file => readFileSync(file).length)
    for (const file of kept()) writeFileSync(file, change(readFileSync(file)))
    expect(run()).toEqual(right)
    expect(kept().map(file => readFileSync(file).length)).toEqual(whole)
    expect(run()).toEqual(right)
  })

  it('is of no other build, and of no other content', () => {
    run()
    const [old] = kept()
    const text = readFileSync(join(folder, 'cli.cjs'), 'utf8').replace("'BUILD'", "'another'")
    writeFileSync(join(folder, 'cli.cjs'), text)
    // As long as before, so that V8 would take the code for it.
    writeFileSync(join(folder, 'command/part.cjs'), `exports.words = () => ${JSON.stringify('WORD '.repeat(200))}\n`)
    expect(run()).toEqual({ ...right, stdout: right.stdout.toUpperCase() })
    expect(kept()).toHaveLength(4)
    expect(kept()).toContain(old)
  })

  it('is not needed: nothing is said where it cannot be written', () => {
    // Root writes into a folder whatever its mode is, but not into a file.
    writeFileSync(join(folder, 'compile-cache'), '')
    expect(run()).toEqual(right)
    expect(readFileSync(join(folder, 'compile-cache'), 'utf8')).toBe('')
  })

  it('may be made by several processes at once', async () => {
    const runs = Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, [join(folder, 'cli.cjs')], { env })
      let text = ''
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (piece: string) => {
          text += piece
        })
      const status = await new Promise(resolve => child.on('close', resolve))
      return { status, text }
    })
    for (const one of await Promise.all(runs)) expect(one).toEqual({ status: 0, text: right.stdout })
    expect(kept()).toHaveLength(2)
    expect(run()).toEqual(right)
  })
})
