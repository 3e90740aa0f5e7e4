// The framing of zip and tar files.
import { crc32, gunzipSync as gunzip, gzipSync } from 'node:zlib'

import type { Built } from '../../../fixtures/build.js'
import { type TarEntry, writeTarGz } from '../../../fixtures/make/tar.js'
import { bytes, concat, extraField, pack, writeZip, type ZipEntry } from '../../../fixtures/make/zip.js'
import { type Case, refuses, rezip, rezipWith, sdist, section, takes, wheel } from './case.js'

const MODULE = '__init__.py'
const MIB = 1024 * 1024
/** A made case of fixtures/make/, in the usual wheel or sdist. */
const zip = (make: string) => wheel({ make })
const tar = (make: string) => sdist({ make })
/** A wheel with more members, which RECORD does not list: that is mailed, and not refused. */
const more = (...entries: readonly ZipEntry[]) => wheel({}, rezipWith(entries))
const changed = (change: (entry: ZipEntry) => Partial<ZipEntry>, ending = MODULE) => wheel({}, rezip(ending, change))
const unicodePath = (name: Uint8Array, of: string) => extraField(0x7075, concat(pack('14', 1, crc32(bytes(of))), name))

const before = section('4 Zip: before the framing', [
  refuses('zip and tar at once', zip('zip-tar'), 'zip-also-tar', 'zip-prepended-data'),
  refuses(
    'no zip at all',
    wheel({}, () => bytes('This is a text.\n')),
    'zip-unreadable',
  ),
  refuses(
    'an empty file',
    wheel({}, () => new Uint8Array(0)),
    'zip-unreadable',
  ),
  refuses('the end cut off', zip('zip-cut-end'), 'zip-unreadable'),
  refuses('65 MiB of zeros', more({ name: 'demo/zeros.bin', data: new Uint8Array(65 * MIB) }), 'zip-bomb'),
  takes('63 MiB of zeros', more({ name: 'demo/zeros.bin', data: new Uint8Array(63 * MIB) })),
  refuses(
    'bzip2',
    changed(entry => ({ method: 12, body: bytes(entry.data) })),
    'zip-compression-method',
  ),
  refuses('zstd', zip('zip-method'), 'zip-compression-method'),
  takes('all stored', zip('zip-stored')),
  refuses(
    'WHEEL elsewhere',
    wheel(
      {},
      rezip('/WHEEL', ({ name }) => ({ name: `${name}.txt` })),
    ),
    'dist-info-file-missing',
  ),
  refuses(
    'another CRC of WHEEL',
    changed(() => ({ local: { crc: 1 }, central: { crc: 1 } }), '/WHEEL'),
    'zip-crc',
  ),
  refuses('PyArmor', wheel({ files: { 'demo/a.py': 'x = "__pyarmor_enter__"\n' } }), 'encrypted-code'),
  refuses('PyArmor in a file called .PY', wheel({ files: { 'demo/a.PY': '__pyarmor_bcc__\n' } }), 'encrypted-code'),
  refuses(
    'SourceDefender',
    wheel({ files: { 'demo/a.pye': '---BEGIN PYE FILE---\nx\n---END PYE FILE---\n' } }),
    'encrypted-code',
  ),
  takes('half of the marks of SourceDefender', wheel({ files: { 'demo/a.pye': '---BEGIN PYE FILE---\nx\n' } })),
  takes('PyArmor in a file called .py alone', wheel({ files: { 'demo/.py': '__pyarmor_enter__\n' } })),
  takes('PyArmor in a text', wheel({ files: { 'demo/a.txt': '__pyarmor_enter__\n' } })),
  takes(
    'PyArmor in a file of over 5 MiB',
    wheel({ files: { 'demo/a.py': `__pyarmor_enter__\n${'#\n'.repeat(2.6 * MIB)}` } }),
  ),
  refuses('PyArmor in an sdist', sdist({ files: { '{top}/a.py': '__pyarmor_exit__\n' } }), 'encrypted-code'),
])

const framing = section('4 Zip: framing', [
  refuses('bytes before', zip('zip-prefix'), 'zip-prepended-data'),
  refuses('bytes between two members', zip('zip-gap'), 'zip-gap'),
  refuses(
    'bytes before the directory',
    wheel(
      {},
      rezip('', () => ({}), { beforeCentral: bytes('gap!') }),
    ),
    'zip-gap',
  ),
  refuses('a data descriptor', zip('zip-described'), 'zip-data-descriptor'),
  refuses('another compressed size', zip('zip-local-compressed-size'), 'zip-local-header-mismatch'),
  refuses('another size', zip('zip-local-size'), 'zip-local-header-mismatch'),
  refuses('a name that is no UTF-8', zip('zip-name-bad-utf8'), 'zip-name-not-utf8'),
  refuses('a non-ASCII name without bit 11', zip('zip-name-unflagged'), 'zip-name-unflagged'),
  takes('a non-ASCII name with bit 11', more({ name: 'demo/naïve.txt', data: 'x' })),
  refuses('a deleted member', zip('zip-hidden'), 'zip-hidden-member'),
  refuses('another local name', zip('zip-local-name'), 'zip-local-name-mismatch'),
  refuses('a control character in a name', more({ name: 'demo/a\u0001b.txt', data: 'x' }), 'path-control-character'),
  refuses('DEL in a name', more({ name: 'demo/a\u007fb.txt', data: 'x' }), 'path-control-character'),
  takes('a space in a name', more({ name: 'demo/a b.txt', data: 'x' })),
  refuses('an invalid Unicode path', zip('zip-unicode-path-invalid'), 'zip-unicode-path-invalid'),
  refuses(
    'a control character in a Unicode path',
    changed(({ name }) => ({ local: { extra: unicodePath(bytes('demo/a\u0002.py'), `${name}`) } })),
    'zip-unicode-path-invalid',
  ),
  takes('a Unicode path', zip('zip-unicode-path-same')),
  takes('a Unicode path of another name', zip('zip-unicode-path-other')),
  takes(
    'a Unicode path of version 2',
    changed(({ name }) => ({ local: { extra: extraField(0x7075, concat(pack('14', 2, 0), bytes(`${name}`))) } })),
  ),
  takes(
    'a Unicode path of 3 bytes',
    changed(() => ({ local: { extra: extraField(0x7075, new Uint8Array(3)) } })),
  ),
  refuses(
    'a Unicode path twice',
    changed(({ name }) => {
      const extra = unicodePath(bytes(`${name}`), `${name}`)
      return { local: { extra: concat(extra, extra) } }
    }),
    'zip-extra-duplicated',
  ),
  refuses('a zip64 field twice', zip('zip64-extra-twice'), 'zip-extra-duplicated'),
  refuses('an extra field cut', zip('zip-extra-cut'), 'zip-extra-malformed'),
  refuses(
    'an extra of three bytes',
    changed(() => ({ local: { extra: new Uint8Array(3) } })),
    'zip-extra-malformed',
  ),
  refuses('a zip64 field of 12 bytes', zip('zip64-extra-length'), 'zip-extra-malformed', 'zip64-extra-contradiction'),
  takes('a zip64 field', zip('zip64-extra')),
  takes('another extra field', zip('zip-extra-times')),
  takes(
    'another extra field twice',
    changed(() => ({ local: { extra: concat(pack('22', 0x5455, 0), pack('22', 0x5455, 0)) } })),
  ),
  refuses('the same name twice', zip('zip-duplicate'), 'zip-duplicate-name'),
  refuses(
    'the same name twice, of other sizes',
    more({ name: 'demo/__init__.py', data: 'a longer text than the first\n' }),
    'zip-duplicate-name',
  ),
  refuses('no local header', zip('zip-local-missing'), 'zip-member-missing', 'zip-member-overlap'),
  refuses('a comment of a member', zip('zip-member-comment'), 'zip-member-comment'),
  takes('a comment of the archive', zip('zip-comment')),
  refuses('a comment cut', zip('zip-comment-cut'), 'zip-comment-cut'),
  takes('zip64 with a plain end record', zip('zip64-end')),
  refuses('zip64 with more data', zip('zip64-end-extensible'), 'zip64-extensible-data'),
  refuses('zip64 with another count', zip('zip64-end-count'), 'zip64-end-contradiction', 'zip-end-record-mismatch'),
  refuses('another count of records', zip('zip-count'), 'zip-end-record-mismatch'),
  refuses('two disk numbers', zip('zip-disks'), 'zip-disk-number'),
  takes('one disk number', zip('zip-disk')),
  refuses('a zip64 locator that points elsewhere', zip('zip64-locator'), 'zip64-locator-invalid'),
  refuses('bytes after', zip('zip-suffix'), 'zip-trailing-data'),
  refuses('two archives', zip('zip-twice'), 'zip-several-archives', 'zip-end-record-mismatch', 'zip-duplicate-name'),
])

const allowed = section('4 Zip: allowed', [
  takes('directory entries', zip('zip-directory')),
  takes('a symbolic link', zip('zip-symlink')),
  takes('an absolute name', more({ name: '/etc/x.txt', data: 'x' })),
  takes('a name with ..', more({ name: '../x.txt', data: 'x' })),
  takes('names that differ by case', more({ name: 'demo/A.txt', data: 'x' }, { name: 'demo/a.txt', data: 'x' })),
  takes('66,000 members', wheel({}, manyMembers)),
  takes(
    'a member that was made on DOS',
    changed(() => ({ central: { madeBy: 20 } })),
  ),
  takes('mode 0', zip('zip-mode-zero')),
  takes('setuid', zip('zip-setuid')),
  takes('another CRC in the local header', zip('zip-local-crc')),
  takes('another time in the local header', zip('zip-local-time')),
  takes('other flags in the local header', zip('zip-local-flags')),
  takes('another CRC of a .so', more({ name: 'demo/a.so', data: 'x', local: { crc: 1 }, central: { crc: 1 } })),
  takes('a broken .so', more({ name: 'demo/a.so', data: 'x'.repeat(99), method: 8, body: Uint8Array.of(7, 0, 0) })),
  refuses('more content in a .py than its size', zip('zip-size'), 'zip-content-size'),
  refuses('another CRC of a .py', zip('zip-crc'), 'zip-crc'),
  refuses('a broken .py', zip('zip-deflate-broken'), 'zip-deflate-broken'),
  refuses('an encrypted .py', zip('zip-encrypted'), 'zip-encrypted'),
  takes('an encrypted text', more({ name: 'demo/a.txt', data: 'x', flags: 1 })),
  refuses(
    'an encrypted METADATA',
    changed(() => ({ flags: 1 }), '/METADATA'),
    'zip-encrypted',
  ),
  refuses(
    'another CRC of RECORD',
    changed(() => ({ local: { crc: 1 }, central: { crc: 1 } }), '/RECORD'),
    'zip-crc',
  ),
  refuses(
    'another CRC of a licence',
    changed(() => ({ local: { crc: 1 }, central: { crc: 1 } }), '/LICENSE'),
    'zip-crc',
  ),
])

/** More members than the plain end record can count. */
function manyMembers(built: Built): Uint8Array {
  const entries: ZipEntry[] = built.entries.map(({ path, text }) => ({ name: path, data: text }))
  for (let i = 0; i < 66_000; i++) entries.push({ name: `demo/${i}`, data: '' })
  const count = entries.length
  return writeZip(entries, {
    beforeEnd: at =>
      concat(
        pack('4822448888', 0x06064b50, 44, 45, 45, 0, 0, count, count, at.size, at.offset),
        pack('4484', 0x07064b50, 0, at.end, 1),
      ),
    end: { entries: 0xffff, diskEntries: 0xffff, size: 0xffffffff, offset: 0xffffffff },
  })
}

const retar = (change: (entry: TarEntry, index: number) => TarEntry, extra: readonly TarEntry[] = []) =>
  sdist({}, built =>
    writeTarGz([...built.entries.map(({ path, text }, i) => change({ name: path, data: text }, i)), ...extra]),
  )
const added = (...extra: readonly TarEntry[]) => retar(entry => entry, extra)

const tars = section('5 Tar', [
  refuses('a text', tar('tar-is-text'), 'tar-unreadable'),
  refuses('no gzip', tar('gzip-none'), 'sdist-not-gzip'),
  refuses('no members', tar('tar-empty'), 'tar-unreadable'),
  refuses(
    'a gzip stream cut inside the tar',
    sdist({}, built => built.bytes.slice(0, 300)),
    'gzip-truncated',
  ),
  takes('a gzip stream cut behind the end of the tar', tar('gzip-cut')),
  takes('no gzip trailer', tar('gzip-no-trailer')),
  refuses(
    'a broken header before PKG-INFO',
    retar((entry, i) => (i === 2 ? { ...entry, header: { checksum: '000001\0 ' } } : entry)),
    'sdist-no-pkg-info',
  ),
  refuses(
    'cut before PKG-INFO',
    sdist({}, built => gzipSync(gunzip(built.bytes).subarray(0, 3100))),
    'sdist-no-pkg-info',
  ),
  takes('half a block instead of the end', tar('tar-half-block')),
  takes('a wrong checksum of a later header', tar('tar-checksum-later')),
  refuses('a wrong checksum of the first header', tar('tar-checksum-first'), 'tar-unreadable'),
  refuses('broken deflate data', tar('gzip-broken'), 'gzip-deflate-broken'),
  refuses('cut inside a member', tar('tar-truncated'), 'tar-truncated'),
  refuses('a sparse member of GNU tar', tar('tar-sparse-gnu'), 'tar-sparse'),
  refuses('a sparse member in a pax header', tar('tar-sparse-pax'), 'tar-sparse'),
  refuses('two top directories', added({ name: 'other/a.txt', data: 'x' }), 'sdist-multiple-toplevel'),
  refuses('a stray ._ file', added({ name: '._demo-1.0', data: 'x' }), 'sdist-multiple-toplevel'),
  takes('a pax_global_header', tar('tar-global-comment')),
  takes('another top directory', tar('sdist-other-top')),
  refuses('no PKG-INFO', sdist({ files: { '{top}/PKG-INFO': null } }), 'sdist-no-pkg-info'),
  refuses('names with ./', tar('sdist-dot-names'), 'sdist-no-pkg-info', 'license-file-missing'),
  refuses('only PKG-INFO', tar('sdist-only-pkg-info'), 'sdist-no-pkg-info', 'license-file-missing'),
  refuses('absolute and relative names', tar('sdist-one-absolute'), 'sdist-mixed-paths'),
  refuses(
    'PKG-INFO as a link',
    retar(entry =>
      `${entry.name}`.endsWith('/PKG-INFO') ? { name: `${entry.name}`, type: '2', link: 'README.md' } : entry,
    ),
    'sdist-no-pkg-info',
  ),
  takes('a name twice', tar('tar-duplicate')),
  takes('a link outside', tar('tar-symlink-absolute')),
  takes('a device', tar('tar-device')),
  takes('a FIFO', tar('tar-fifo')),
  takes('a name with ..', added({ name: 'demo-1.0/../demo-1.0/x.txt', data: 'x' })),
  takes('another gzip CRC', tar('gzip-crc')),
  takes('another gzip length', tar('gzip-length')),
  takes('bytes after gzip', tar('gzip-trailing')),
  takes('zeros after gzip', tar('gzip-trailing-zeros')),
  takes('two gzip members', tar('gzip-two-members')),
  takes('80 MiB of zeros', tar('gzip-bomb')),
  takes('no end blocks', tar('tar-no-end')),
  takes('data after the end', tar('tar-data-after-end')),
  takes('setuid', tar('tar-setuid')),
])

const sizes = section('1 Limits', [refuses('over 100 MiB', tar('gzip-over-100-mib'), 'file-too-large')])

const sdistContents = section('3 Sdist contents', [
  takes('a licence file', sdist()),
  refuses('no licence file', sdist({ files: { '{top}/LICENSE': null } }), 'license-file-missing'),
  takes(
    'two licence files',
    sdist({ metadata: { 'License-File': ['LICENSE', 'a/NOTICE'] }, files: { '{top}/a/NOTICE': 'x' } }),
  ),
  refuses('one of two', sdist({ metadata: { 'License-File': ['LICENSE', 'NOTICE'] } }), 'license-file-missing'),
  takes(
    'a licence file as a directory',
    sdist({ metadata: { 'License-File': 'src/demo' } }, built =>
      writeTarGz([
        ...built.entries.map(({ path, text }) => ({ name: path, data: text })),
        { name: 'demo-1.0/src/demo/' },
      ]),
    ),
  ),
  takes('no pyproject.toml', sdist({ pyproject: null })),
  takes('an empty pyproject.toml', sdist({ pyproject: '' })),
  takes('a broken pyproject.toml', sdist({ pyproject: '[project\n' })),
])

export const cases: readonly Case[] = [...before, ...framing, ...allowed, ...tars, ...sizes, ...sdistContents]
