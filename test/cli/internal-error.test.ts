import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { audit } from '../../src/index.js'
import { run } from '../support/run-command.js'

// A reader of zips with a problem, of the kind that Node tells with a code as it does those of a disk.
vi.mock('../../src/archive/zip.js', () => ({
  readZip() {
    throw Object.assign(new RangeError('The value is out of range'), { code: 'ERR_OUT_OF_RANGE' })
  },
}))

const folder = mkdtempSync(join(tmpdir(), 'distaudit-internal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function files(): Promise<readonly [wheel: string, sdist: string]> {
  const [wheel, sdist] = [await buildWheel({}), await buildSdist({ name: 'other' })]
  for (const { filename, bytes } of [wheel, sdist]) writeFileSync(join(folder, filename), bytes)
  return [join(folder, wheel.filename), join(folder, sdist.filename)]
}

it('a reader that throws is told as a fault of distaudit, and costs that project alone', async () => {
  const [wheel, sdist] = await files()
  const { status, stdout, stderr } = await run(['--no-config', '--format', 'json', wheel, sdist])
  expect(status).toBe(2)
  expect(stderr).toContain(
    `the audit failed on ${wheel}: The value is out of range. This is a bug in distaudit; please report it.`,
  )
  const report = JSON.parse(stdout)
  expect(report.distributions.map(({ path }: { path: string }) => path)).toEqual([sdist])
  expect(report.internalErrors).toEqual([{ rule: 'audit', path: wheel, message: 'The value is out of range' }])
})

it('the library tells it in the same way', async () => {
  const [wheel, sdist] = await files()
  const { distributions, internalErrors } = await audit([wheel, sdist])
  expect(distributions.map(({ path }) => path)).toEqual([sdist])
  expect(internalErrors).toMatchObject([{ rule: 'audit', path: wheel, message: 'The value is out of range' }])
})
