// What PyPI reads inside a wheel.
import { bytes } from '../../../fixtures/make/zip.js'
import { type Case, refuses, rezip, rezipWith, section, takes, wheel } from './case.js'

const points = (entryPoints: string) => wheel({ entryPoints })
const script = (name: string) => points(`[console_scripts]\n${name} = demo:main\n`)
const made = (make: string) => wheel({ make })

const licences = section('6.1 License-File', [
  takes('at licenses/', wheel()),
  refuses('missing', wheel({ files: { '{dist-info}/licenses/LICENSE': null } }), 'license-file-missing'),
  refuses(
    'at the old place',
    wheel({ files: { '{dist-info}/licenses/LICENSE': null, '{dist-info}/LICENSE': 'MIT' } }),
    'license-file-missing',
  ),
  refuses('of another case', wheel({ metadata: { 'License-File': 'License' } }), 'license-file-missing'),
  takes(
    'in a folder',
    wheel({ metadata: { 'License-File': 'a/COPYING' }, files: { '{dist-info}/licenses/a/COPYING': 'x' } }),
  ),
  takes('none named', wheel({ metadata: { 'License-File': null } })),
])

const record = section('6.2 RECORD', [
  refuses('missing', wheel({ record: null }), 'dist-info-file-missing'),
  refuses('not UTF-8', made('recordLatin1'), 'record-not-utf8'),
  refuses(
    'a row of a field over 131,072 characters',
    wheel(
      {},
      rezip('/RECORD', ({ data }) => ({
        data: `${data}${'x'.repeat(131_073)},,\n`,
      })),
    ),
    'record-malformed-row',
  ),
  takes('a file more', made('recordWithGhost')),
  takes('a file less', made('recordWithoutModule')),
  takes('without itself', made('recordWithoutSelf')),
  takes('a wrong hash', made('recordWrongHash')),
  takes('a wrong size', made('recordWrongSize')),
  takes('no hash', made('recordWithoutHash')),
  takes('md5', made('recordMd5')),
  takes('a directory row', made('recordDirectory')),
  takes('backslashes', made('recordBackslashes')),
  takes('a row twice', made('recordRowTwice')),
  takes('empty', wheel({ record: '' })),
  takes('four columns', made('recordFourColumns')),
  takes('a byte order mark', made('recordByteOrderMark')),
  takes('an unclosed quote', made('recordUnclosedQuote')),
  takes(
    'a blank line in quotes',
    wheel(
      {},
      rezip('/RECORD', ({ data }) => ({ data: `"a\n\nb",,\n${data}` })),
    ),
  ),
  refuses(
    'a form feed at the end',
    wheel(
      {},
      rezip('/RECORD', ({ data }) => ({ data: `${data}\f` })),
    ),
    'record-malformed-row',
  ),
  refuses(
    'an empty row',
    wheel(
      {},
      rezip('/RECORD', ({ data }) => ({ data: `${data}\n\n` })),
    ),
    'record-malformed-row',
  ),
  takes('RECORD.jws, not listed', wheel({}, rezipWith([{ name: 'demo-1.0.dist-info/RECORD.jws', data: '{}' }]))),
])

const entryPoints = section('6.3 entry_points.txt', [
  takes('a command', script('demo')),
  takes('dots, hyphens, digits and letters of any alphabet', script('dé-mo.3_x')),
  refuses('a space in a command', script('demo tool'), 'entry-point-name-unusual'),
  refuses('a slash in a command', script('../demo'), 'entry-point-name-unusual'),
  refuses('a colon in a command', script('demo:x'), 'entry-point-name-unusual'),
  refuses('a plus in a GUI command', points('[gui_scripts]\ndemo++ = demo:main\n'), 'entry-point-name-unusual'),
  takes('a space in another group', points('[demo.plugins]\na b = demo:a\n')),
  takes('a target that is none', points('[console_scripts]\ndemo = not a target\n')),
  takes('empty', points('')),
  refuses('a line before the first section', points('demo = demo:main\n'), 'entry-points-syntax'),
  refuses(
    'a group twice',
    points('[console_scripts]\na = demo:a\n[console_scripts]\nb = demo:b\n'),
    'entry-points-syntax',
  ),
  refuses('a name twice', points('[console_scripts]\na = demo:a\na = demo:b\n'), 'entry-points-syntax'),
  takes('names of two cases', points('[console_scripts]\na = demo:a\nA = demo:b\n')),
  refuses('a colon as the delimiter', points('[console_scripts]\ndemo: demo.main\n'), 'entry-points-syntax'),
  refuses('no delimiter', points('[console_scripts]\ndemo\n'), 'entry-points-syntax'),
  takes('a percent sign', points('[console_scripts]\ndemo = demo:%main\n')),
  takes('a comment', points('# a comment\n[console_scripts]\n; another\ndemo = demo:main\n')),
  takes('a value over two lines', points('[console_scripts]\ndemo = demo:main\n  [extra]\n')),
  refuses(
    'a name in the default section',
    points('[DEFAULT]\na b = demo:a\n[console_scripts]\n'),
    'entry-point-name-unusual',
  ),
  takes('a name in the default section alone', points('[DEFAULT]\na b = demo:a\n')),
  refuses(
    'a name that begins like a section',
    points('[console_scripts]\n[demo = demo:main\n'),
    'entry-point-name-unusual',
  ),
  refuses('not UTF-8', made('entryPointsInLatin1'), 'entry-points-not-utf8'),
  refuses('a byte order mark', points('\ufeff[console_scripts]\ndemo = demo:main\n'), 'entry-points-syntax'),
])

const files = section('6.4 METADATA and what is not checked', [
  refuses('no METADATA', wheel({ rawMetadata: null }), 'dist-info-file-missing'),
  refuses('a dist-info of another version', made('distInfoOfOtherVersion'), 'dist-info-name-mismatch'),
  takes('an empty WHEEL', wheel({ rawWheel: '' })),
  takes(
    'a WHEEL that is no text',
    wheel(
      {},
      rezip('/WHEEL', () => ({ data: Uint8Array.of(0xff, 0xfe, 0) })),
    ),
  ),
  takes('other tags in WHEEL', wheel({ wheel: { Tag: 'cp39-cp39-win_amd64' } })),
  takes('no Root-Is-Purelib', wheel({ wheel: { 'Root-Is-Purelib': null } })),
  takes('a second dist-info', wheel({ files: { 'other-1.0.dist-info/RECORD': '' } })),
  takes(
    '.pyc',
    wheel(
      {},
      rezip('/LICENSE', () => ({ data: bytes('x') })),
    ),
  ),
  takes('a binary of another platform', wheel({ files: { 'demo/a.pyd': 'MZ' } })),
])

export const cases: readonly Case[] = [...licences, ...record, ...entryPoints, ...files]
