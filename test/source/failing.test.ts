import { describe, expect, it } from 'vitest'
import { buildSdist, buildWheel } from '../../fixtures/build.js'
import { auditPart } from '../../src/audit.js'
import { renderOnNode } from '../../src/description/render-node.js'
import { type AuditInput, audit, type ByteSource, bytesSource, type Report, rules } from '../../src/index.js'
import { chooseRules } from '../../src/selection.js'

const wheel = await buildWheel({})
const other = await buildWheel({ name: 'other' })
const sdist = await buildSdist({ name: 'third' })

const shown = (report: Report) =>
  report.distributions.map(({ path, kind, findings }) => [
    path,
    kind,
    ...findings.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `${rule}: ${message}`),
  ])

/** Audits it between two sound files, which must not suffer. */
async function auditBeside(input: AuditInput): Promise<readonly string[]> {
  const sound = ({ filename, bytes }: typeof wheel): AuditInput => ({ name: filename, source: bytesSource(bytes) })
  const report = await audit([sound(other), input, sound(sdist)])
  expect(report.internalErrors).toBeUndefined()
  const [first, middle, last] = shown(report)
  expect([first, last]).toEqual([
    [other.filename, 'wheel'],
    [sdist.filename, 'sdist'],
  ])
  return middle ?? []
}

const from = (source: ByteSource, name = wheel.filename) => auditBeside({ name, source })

const honest = bytesSource(wheel.bytes)
const outOfRange = Object.assign(new RangeError('The value is out of range'), { code: 'ERR_OUT_OF_RANGE' })
const rejecting = (cause: unknown) => () => Promise.reject(cause)

describe('a source that fails', () => {
  it.each([
    ['an error', new Error('offline'), 'offline'],
    ["an error of Node's", outOfRange, 'The value is out of range'],
    ['a text', 'offline', 'offline'],
    ['nothing', undefined, 'the source does not give a reason'],
  ])('with %s is a finding of that file alone', async (_, cause, reason) => {
    const expected = [wheel.filename, 'unknown', `file-unreadable: The file cannot be read: ${reason}.`]
    expect(await from({ ...honest, read: rejecting(cause) })).toEqual(expected)
    const throwing = () => {
      throw cause
    }
    expect(await from({ ...honest, read: throwing })).toEqual(expected)
  })

  it('after it gave a part is one too', async () => {
    let left = 1
    const read = (offset: number, length: number) =>
      left-- > 0 ? honest.read(offset, length) : Promise.reject(new Error('offline'))
    expect(await from({ ...honest, read })).toEqual([
      wheel.filename,
      'unknown',
      'file-unreadable: The file cannot be read: offline.',
    ])
  })

  it('when it is closed has given all the same', async () => {
    expect(await from({ ...honest, close: rejecting(new Error('offline')) })).toEqual([wheel.filename, 'wheel'])
  })

  it('as a Blob does', async () => {
    class Changed extends Blob {
      override slice(): Blob {
        throw new DOMException('The file changed.', 'NotReadableError')
      }
    }
    expect(await auditBeside({ name: wheel.filename, blob: new Changed([new Uint8Array(wheel.bytes)]) })).toEqual([
      wheel.filename,
      'unknown',
      'file-unreadable: The file cannot be read: The file changed..',
    ])
  })

  it('among the files to compare with is told', async () => {
    const input: AuditInput = { name: wheel.filename, source: honest }
    const report = await audit([input], { baseline: [{ ...input, source: { ...honest, read: rejecting('offline') } }] })
    expect(report.internalErrors).toBeUndefined()
  })
})

describe('a source that lies', () => {
  const names = [wheel.filename, sdist.filename, 'demo-1.0.zip', 'demo-1.0-variants.json', 'demo.egg']
  const sizes = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0.5, 1e15, 1e300]

  it.each(names.flatMap(name => sizes.map(size => [name, size] as const)))(
    'as %s of %s bytes is a finding of that file alone',
    async (name, size) => {
      const [path, kind, ...errors] = await from({ ...honest, size }, name)
      expect([path, kind]).toEqual([name, 'unknown'])
      expect(errors.filter(text => text.startsWith('file-unreadable: The file cannot be read: '))).toHaveLength(1)
    },
  )

  it('about a few bytes does as well', async () => {
    const [, , error] = await from({ ...honest, size: wheel.bytes.length + 1 })
    expect(error).toMatch(/^file-unreadable: The file cannot be read: .* bytes from offset 0, although its size is /)
  })

  it.each(names)('gives no end of bytes as %s only until the time is over', async name => {
    let time = 0
    const endless: ByteSource = { size: 1e15, read: async (_, length) => new Uint8Array(length) }
    const open = async () => ({ path: name, filename: name, source: endless })
    // A second for each look at the clock.
    const now = () => (time += 1000)
    const part = await auditPart([open], { selection: chooseRules(rules, {}), render: renderOnNode, now })
    expect(part.errors).toEqual([])
    expect(part.distributions).toHaveLength(1)
  })
})

describe('an error of Node that a fault of distaudit caused', () => {
  const open = async () => ({ path: wheel.filename, filename: wheel.filename, source: honest })
  const throwing = () => {
    throw outOfRange
  }

  it('in a rule is told as one, beside the findings', async () => {
    const [some] = rules.filter(one => one.applies.join() === 'wheel')
    const selection = chooseRules([{ ...some!, id: 'throws', check: throwing }], {})
    const { errors, distributions } = await auditPart([open], { selection, render: renderOnNode })
    expect(errors).toMatchObject([{ rule: 'throws', path: wheel.filename, message: outOfRange.message }])
    expect(distributions).toMatchObject([{ kind: 'wheel' }])
  })

  it('in a reader is no finding of the file', async () => {
    await expect(
      auditPart([open], { selection: chooseRules(rules, {}), render: renderOnNode, now: throwing }),
    ).rejects.toBe(outOfRange)
  })
})
