import { expect, it } from 'vitest'
import { auditFiles } from '../../fixtures/audit.js'
import { bytes, concat, extraField, pack, writeZip, type ZipEntry, type ZipFrame } from '../../fixtures/make/zip.js'
import { RULES } from '../../rules/registry/index.js'
import { crc32 } from '../../src/runtime.js'
import { auditZip } from '../differential/zip-compare.js'

// Who refuses an archive where that hangs on two things in it, as their readers said (`npm run differential -- zip`).

const NAME = 'demo/data.bin'
const A: ZipEntry = { name: 'demo/__init__.py', data: '"""A demo."""\n' }
const B: ZipEntry = { name: NAME, data: 'x = 1\n' }

async function enforcedBy(file: Uint8Array): Promise<Readonly<Record<string, readonly string[]>>> {
  const { errors } = await auditZip(file)
  return Object.fromEntries(errors.filter(({ archive }) => archive).map(one => [one.rule, one.enforcedBy]))
}

const zip = (entries: readonly ZipEntry[], frame?: ZipFrame) => enforcedBy(writeZip(entries, frame))

it('of an end record out of reach, uv alone reads what a comment or few zeros are in front of', async () => {
  const long = writeZip([A], { comment: 'c'.repeat(65_535) })
  const unreadable = { 'zip-unreadable': ['pypi', 'twine', 'pip'] }
  const trailing = (...more: string[]) => ({ 'zip-trailing-data': ['pypi', ...more] })
  expect(await enforcedBy(concat(long, new Uint8Array(512)))).toEqual({ ...unreadable, ...trailing() })
  expect(await enforcedBy(concat(long, bytes('more')))).toEqual({ ...unreadable, ...trailing('uv') })
  expect(await enforcedBy(concat(writeZip([A]), new Uint8Array(70_000)))).toEqual({ ...unreadable, ...trailing('uv') })
  // Python up to 3.13 looks one byte further.
  expect(await enforcedBy(concat(long, new Uint8Array(1)))).toEqual({ 'zip-unreadable': ['pypi'], ...trailing() })
})

it('a later end record with an empty directory leaves pip and twine nothing', async () => {
  const found = await zip([A], { comment: concat(bytes('PK\x05\x06'), new Uint8Array(18)) })
  expect(found['zip-end-record-mismatch']).toEqual(['pypi', 'pip', 'twine', 'uv'])
})

it('uv passes over an unlisted member outside of the tree, unless its header says what uv does not read', async () => {
  const hidden = (flags: number): ZipEntry => ({ name: '../a', data: 'x', omit: 'central', local: { flags } })
  expect(await zip([A, hidden(0)])).toEqual({ 'zip-hidden-member': ['pypi'] })
  expect(await zip([A, hidden(1)])).toEqual({ 'zip-hidden-member': ['pypi', 'uv'] })
})

it('of two central records for one member, pip reads the last', async () => {
  const at = 30 + A.name.length + A.data.length
  const again = (first: number, second: number) =>
    zip([A, { ...B, central: { crc: first } }, { ...B, omit: 'local', central: { crc: second, offset: at } }])
  const right = crc32(bytes(B.data))
  expect((await again(7, right))['zip-crc']).toEqual(['uv'])
  expect((await again(right, 7))['zip-crc']).toEqual(['pip', 'uv'])
})

it('of several Unicode path fields, Python takes the last that fits', async () => {
  const field = (crc: number, text: Uint8Array) => extraField(0x7075, concat(pack('14', 1, crc), text))
  const crc = crc32(bytes(NAME))
  const other = field(crc, bytes('demo/other.bin'))
  const own = field(crc, bytes(NAME))
  const withFields = (...fields: Uint8Array[]) => zip([A, { ...B, central: { extra: concat(...fields) } }])
  expect(await withFields(own, other)).toHaveProperty('zip-unicode-path-mismatch')
  expect(await withFields(other, own)).not.toHaveProperty('zip-unicode-path-mismatch')
  const broken = await withFields(own, field(crc, new Uint8Array([0x61, 0xff])))
  expect(broken['zip-unicode-path-invalid']).toEqual(['pypi', 'uv'])
})

it('a hidden member that is the top itself stops uv, and a second local record outside of the tree does not', async () => {
  expect(await zip([A, { name: '.', data: 'x', omit: 'central' }])).toEqual({ 'zip-hidden-member': ['pypi', 'uv'] })
  const twice: ZipEntry[] = [A, { name: '../a', data: '' }, { name: '../a', data: '', omit: 'central' }]
  expect((await zip(twice))['zip-duplicate-name']).toEqual(['pypi'])
})

it('a directory of which there is only an entry stands in the way of uv alone', async () => {
  const found = async (name: string) =>
    (
      await zip([
        { name: 'demo', data: '' },
        { name, data: '' },
      ])
    )['path-file-and-directory']
  expect(await found('demo/inside/')).toEqual(['uv'])
  expect(await found('demo/inside')).toEqual(['pip', 'uv'])
})

it('a name ends at a NUL, and the rules see what pip installs', async () => {
  const file = writeZip([A, { name: 'evil.pth\0.txt', data: 'import os; os.system("id")\n' }])
  const report = await auditFiles([{ filename: 'demo-1.0-py3-none-any.whl', bytes: file }], RULES)
  const rules = report.distributions.flatMap(({ findings }) => findings.map(({ rule }) => rule))
  expect(rules).toEqual(expect.arrayContaining(['path-control-character', 'pth-suspicious-code']))
  expect(rules).not.toContain('zip-local-name-mismatch')
  // Readers compare the whole names.
  const other = { name: 'a\0b', data: '', local: { name: 'a\0c' } }
  expect(await zip([A, other])).toHaveProperty('zip-local-name-mismatch')
})

it('of a member that leads out of the tree, uv reads the records, inflates the content and compares nothing', async () => {
  const out = (more: Partial<ZipEntry>): ZipEntry => ({ name: '../a', data: 'x = 1\n', method: 8, ...more })
  const only = { 'path-traversal': ['pip'] }
  expect(await zip([A, out({})])).toEqual(only)
  expect(await zip([A, out({ central: { crc: 7 }, local: { crc: 7 } })])).toEqual({ ...only, 'zip-crc': ['pip'] })
  expect((await zip([A, out({ body: new Uint8Array([0x07]) })]))['zip-deflate-broken']).toEqual(['pip', 'uv'])
  expect((await zip([A, out({ central: { flags: 0x20 } })]))['zip-reserved-flag']).toEqual(['pip', 'uv'])
  // Its central record may point anywhere; the local one has to be where the one before it ends.
  const overlap = await zip([A, B, out({ central: { offset: 0 } })])
  expect(overlap['zip-member-overlap'] ?? []).not.toContain('uv')
  expect(await zip([A, B, out({ local: { compressedSize: 1 } }), A])).toHaveProperty('zip-local-header-mismatch', [
    'pypi',
    'uv',
  ])
})

it('a gap is no gap for uv where a member outside of the tree lies in it, which the directory puts elsewhere', async () => {
  const gaps = async (name: string) => (await zip([A, { name, data: 'x', central: { offset: 61 } }, B]))['zip-gap']
  expect(await gaps('/etc/a')).toBeUndefined()
  expect(await gaps('etc/a')).toContain('uv')
})

it('without the offset of a member that leads out of the tree, uv reads on; without a size it does not', async () => {
  const ones = 0xffffffff
  const by = async (name: string, fields: NonNullable<ZipEntry['central']>) =>
    (await zip([A, { name, data: 'x', central: { ...fields, extra: extraField(1, new Uint8Array(0)) } }]))[
      'zip64-extra-contradiction'
    ]
  expect(await by('../a', { offset: ones })).toEqual(['pypi', 'twine', 'pip'])
  expect(await by('a', { offset: ones })).toEqual(['pypi', 'twine', 'pip', 'uv'])
  expect(await by('../a', { size: ones })).toEqual(['pypi', 'twine', 'pip', 'uv'])
})

it('one value of a zip64 field in the local record is the compressed size for PyPI', async () => {
  const by = async (body: string) => {
    const local = { size: 0xffffffff, extra: extraField(1, pack('8', B.data.length)) }
    return (await zip([A, { ...B, body: bytes(body), local }]))['zip-extra-malformed']
  }
  expect(await by('x = 1\n')).toBeUndefined()
  expect(await by('x = ')).toEqual(['pypi'])
})
