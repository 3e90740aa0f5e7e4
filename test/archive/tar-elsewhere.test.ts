import { expect, it } from 'vitest'
import { GNU_MAGIC, paxHeader, type TarEntry, writeTar } from '../../fixtures/make/tar.js'
import { bytes, concat } from '../../fixtures/make/zip.js'
import { ours, type Told } from '../differential/tar-compare.js'

// What tarfile, pip and uv make of such tars, as they said (`npm run differential -- tar`).

const TOP = 'demo-1.0'
const INFO: TarEntry = { name: `${TOP}/PKG-INFO`, data: 'Metadata-Version: 2.4\nName: demo\nVersion: 1.0\n' }
const LINK: TarEntry = { name: `${TOP}/x`, type: '1', link: `${TOP}/PKG-INFO` }
const file = (name: string, more: Partial<TarEntry> = {}): TarEntry => ({
  name: `${TOP}/${name}`,
  data: 'x\n',
  ...more,
})

const audit = (...entries: TarEntry[]) => ours({ bytes: writeTar([INFO, ...entries]), gzip: false, told: [] })
const refusers = (told: readonly Told[], rule: string) => told.find(one => one.rule === rule)?.enforcedBy

it('behind a hard link with content uv goes on where that ends', async () => {
  const sized = (size: number, ...after: TarEntry[]) => audit({ ...LINK, header: { size } }, ...after)
  const rule = 'tar-size-without-data'
  // In the content of the next member; at the member after it; at the end; past the second zero block; past the end.
  expect(refusers((await sized(512, file('a.txt'))).told, rule)).toEqual(['uv'])
  expect(refusers((await sized(1024, file('a.txt'), file('b.txt'))).told, rule)).toEqual([])
  expect(refusers((await sized(1024, file('a.txt'))).told, rule)).toEqual([])
  expect(refusers((await sized(1_000_000, file('a.txt'))).told, rule)).toEqual(['uv'])
  expect(refusers((await sized(0, file('a.txt'))).told, rule)).toBeUndefined()
})

it('a global pax header behind the pax header of a member does not hold for that header', async () => {
  const named = (key: string, value: string, type: 'x' | 'g') => paxHeader([[key, value]], type)
  const between = concat(
    named('path', `${TOP}/before.txt`, 'g'),
    named('comment', 'x', 'x'),
    named('path', `${TOP}/behind.txt`, 'g'),
  )
  const { members } = await audit(file('a.txt', { before: between }), file('b.txt'))
  expect(members.map(([path]) => path)).toEqual([`${TOP}/PKG-INFO`, `${TOP}/before.txt`, `${TOP}/behind.txt`])
})

it('a size from global records alone stops pip where the tar is shorter', async () => {
  const sized = (size: string, name = 'a.txt') => audit(file(name, { before: paxHeader([['size', size]], 'g') }))
  const by = async (size: string, name?: string) =>
    (await sized(size, name)).told.filter(({ rule }) => rule === 'tar-global-field').flatMap(one => one.enforcedBy)
  expect(await by('600')).toEqual(['uv'])
  expect(await by('1000000')).toEqual(['uv', 'pip'])
  expect(await by('1000000', 'a.py')).toEqual(['uv', 'pip', 'pypi'])
})

it('a size from global records behind the pax header of a member does not move the header after it', async () => {
  const before = concat(paxHeader([['comment', 'x']], 'x'), paxHeader([['size', '3']], 'g'))
  const { members } = await audit(file('a.txt', { data: 'x'.repeat(1024), before }), file('b.txt'))
  expect(members.map(([path]) => path)).toEqual([`${TOP}/PKG-INFO`, `${TOP}/a.txt`, `${TOP}/b.txt`])
})

it('a hard link takes the place of a file, also where a copy of a directory has to stand for it', async () => {
  const { told } = await audit(file('b/c'), { name: `${TOP}/d/` }, { ...LINK, name: `${TOP}/b/c`, link: `${TOP}/d` })
  expect(refusers(told, 'path-file-and-directory')).toBeUndefined()
  expect(refusers(told, 'link-hard-missing')).toEqual(['uv'])
})

it('uv does not read a prefix in the GNU format', async () => {
  const prefixed = (prefix: string) => audit(file('a.txt', { header: { magic: GNU_MAGIC, prefix } }))
  const { told } = await prefixed('/')
  expect(refusers(told, 'path-absolute')).toEqual([])
  expect(told.some(({ rule }) => rule === 'tar-name-ambiguous')).toBe(true)
  expect(refusers((await audit(file('a.txt', { header: { magic: GNU_MAGIC } }))).told, 'tar-name-ambiguous')).toBe(
    undefined,
  )
})

it('through a hard link to a link a later member can lead out of the tree', async () => {
  const link = (name: string, target: string): TarEntry => ({ name: `${TOP}/${name}`, type: '2', link: target })
  const hard: TarEntry = { ...LINK, link: `${TOP}/a/c` }
  const outside = await audit(link('a/c', '..'), hard, link('x', 'PKG-INFO'))
  expect(refusers(outside.told, 'link-followed')).toEqual(['pip'])
  const inside = await audit(link('a/c', '../PKG-INFO'), { ...hard, name: `${TOP}/a/x` }, link('a/x', '../PKG-INFO'))
  expect(refusers(inside.told, 'link-followed')).toBeUndefined()
})

it('a pax header that the end of the file cuts ends the archive for a newer tarfile where its records are broken', async () => {
  const cut = async (records: string) => {
    const tar = writeTar([INFO, file('a.txt', { before: paxHeader(bytes(records.padEnd(600, 'x'))) })], { end: 0 })
    const { told } = await ours({ bytes: tar.slice(0, 1024 + 512 + 512), gzip: false, told: [] })
    return refusers(told, 'tar-truncated')
  }
  expect(await cut('99 path=x\n')).toEqual(['uv'])
  expect(await cut(`600 comment=${'x'.repeat(500)}`)).toEqual(['uv'])
  expect(await cut('13 comment=x\n\0')).toEqual(['pypi', 'twine', 'pip', 'uv'])
})
