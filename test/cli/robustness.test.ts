/** The built command as a process: pipes, signals, threads, and what is left on the disk. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'

const command = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url))
const missing = existsSync(command) ? undefined : 'no dist/cli.cjs, run npm run build'
const scratch = mkdtempSync(join(tmpdir(), 'distaudit-robust-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

type Child = ReturnType<typeof start>

const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawn(process.execPath, [...args], {
    cwd: scratch,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

function ended(child: Child): Promise<Ended> {
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', chunk => out.push(chunk))
  child.stderr.on('data', chunk => err.push(chunk))
  return new Promise(resolve =>
    child.on('close', (status, signal) =>
      resolve({ status, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    ),
  )
}

/** A wheel with a thousand findings. */
async function noisyWheel(folder: string, name = 'demo'): Promise<string> {
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${name}/a:${'x'.repeat(100)}${i}`, '']))
  const built = await buildWheel({ name, files })
  mkdirSync(folder, { recursive: true })
  const path = join(folder, built.filename)
  writeFileSync(path, built.bytes)
  return path
}

describe.skipIf(missing !== undefined)(`the command${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  it('writes a report of a megabyte through a pipe to its end', async () => {
    const folder = join(scratch, 'large')
    for (let i = 0; i < 14; i++) await noisyWheel(folder, `demo${i}`)
    const { stdout, stderr } = await ended(start([command, '--no-config', '--format', 'json', folder]))
    expect(stderr).toBe('')
    expect(stdout.length).toBeGreaterThan(1_000_000)
    expect(JSON.parse(stdout).summary.distributions).toBe(14)
  })

  it('ends quietly when its reader closes the pipe', async () => {
    const child = start([command, '--no-config', '--format', 'json', join(scratch, 'large')])
    child.stdout.once('data', () => child.stdout.destroy())
    const { signal, stderr } = await ended(child)
    expect({ signal, stderr }).toEqual({ signal: null, stderr: '' })
  })

  // A shell says 130 and 143 of these.
  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)('ends on %s', async name => {
    // A pipe that is never read keeps the command waiting.
    const waiting = start([command, '--no-config', '--format', 'json', join(scratch, 'large')])
    await new Promise(resolve => waiting.stdout.once('readable', resolve))
    waiting.kill(name)
    expect(await ended(waiting)).toMatchObject({ status: null, signal: name })
    const preload = join(scratch, 'busy.cjs')
    writeFileSync(preload, "setImmediate(() => { require('node:fs').writeSync(2, 'busy'); for (;;); })")
    const busy = start(['--require', preload, command, '--no-config', join(scratch, 'large')])
    await new Promise(resolve => busy.stderr.once('data', resolve))
    busy.kill(name)
    expect(await ended(busy)).toMatchObject({ status: null, signal: name })
  })

  it('calls what goes wrong beside the files no finding', async () => {
    const wheel = await noisyWheel(join(scratch, 'one'))
    const preload = join(scratch, 'throw.cjs')
    writeFileSync(preload, "setImmediate(() => { throw new Error('from nowhere') })")
    const thrown = await ended(start(['--require', preload, command, '--no-config', wheel]))
    expect(thrown).toMatchObject({ status: 2, stderr: expect.stringContaining('distaudit: from nowhere.') })
    if (process.platform !== 'linux') return
    const shell = async (script: string) => {
      const child = spawn('sh', ['-c', script, process.execPath, command, wheel], {
        cwd: scratch,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      return ended(child)
    }
    expect(await shell('"$0" "$1" --no-config "$2" >/dev/full')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^distaudit: The report cannot be written to standard output: .*\n$/),
    })
    expect(await shell('mkdir gone && cd gone && rmdir ../gone && "$0" "$1" --no-config "$2"')).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^distaudit: The working directory cannot be found: .*\n$/),
    })
  })

  it.skipIf(process.platform !== 'linux')('audits what lies beside a FIFO and a name that is not UTF-8', async () => {
    const folder = join(scratch, 'beside')
    await noisyWheel(folder)
    const child = spawn(
      'sh',
      [
        '-c',
        'mkfifo pipe-1.0.tar.gz && cp demo-1.0*.whl "$(printf \'g\\377-1.0-py3-none-any.whl\')" && "$0" "$1" --no-config --format json . "g*"',
        process.execPath,
        command,
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    const { status, stdout, stderr } = await ended(child)
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
    const kinds = (JSON.parse(stdout) as { distributions: { filename: string; kind: string }[] }).distributions
    expect(kinds.map(({ filename, kind }) => `${kind} ${filename}`)).toEqual([
      'wheel demo-1.0-py3-none-any.whl',
      'unknown g\ufffd-1.0-py3-none-any.whl',
      'unknown pipe-1.0.tar.gz',
    ])
  })

  it('loses only the project whose thread dies', async () => {
    const folder = join(scratch, 'dying')
    await noisyWheel(folder, 'good')
    await noisyWheel(folder, 'fatal')
    const preload = join(scratch, 'die.cjs')
    writeFileSync(
      preload,
      `const { isMainThread, parentPort } = require('node:worker_threads')
if (!isMainThread) parentPort.on('message', job => { if (JSON.stringify(job).includes('fatal')) process.exit(7) })`,
    )
    const args = ['--require', preload, command, '--no-config', '--jobs', '2', '--format', 'json', folder]
    const { status, stdout, stderr } = await ended(start(args))
    expect(stderr).toMatch(/the audit failed on .*fatal.*its thread ended with status 7/)
    expect(status).toBe(2)
    const report = JSON.parse(stdout)
    expect(report.distributions.map((one: { filename: string }) => one.filename)).toEqual(['good-1.0-py3-none-any.whl'])
    expect(report.internalErrors).toHaveLength(1)
  })

  it('leaves nothing on the disk', async () => {
    const folder = join(scratch, 'clean')
    const home = join(scratch, 'home')
    mkdirSync(home)
    await noisyWheel(folder)
    const before = readdirSync(scratch, { recursive: true }).sort()
    await ended(start([command, '--no-config', folder], { HOME: home, TMPDIR: home, XDG_CACHE_HOME: home }))
    expect(readdirSync(scratch, { recursive: true }).sort()).toEqual(before)
  })
})
