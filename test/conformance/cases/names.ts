// File names and tags.
import { type Case, meta, refuses, renamed, sdist, section, takes, unknown, wheel } from './case.js'

const named = (filename: string, more: Parameters<typeof wheel>[0] = {}) => wheel({ filename, ...more })
const tagged = (platform: string) => named(`demo-1.0-py3-none-${platform}.whl`)
const sdistNamed = (filename: string, more: Parameters<typeof sdist>[0] = {}) => sdist({ filename, ...more })

const TAKEN = [
  'win32',
  'win_amd64',
  'win_arm64',
  'win_ia64',
  'manylinux1_x86_64',
  'manylinux2010_i686',
  'manylinux2014_ppc64',
  'manylinux2014_s390x',
  'linux_armv6l',
  'linux_armv7l',
  'macosx_10_0_ppc',
  'macosx_10_99_universal2',
  'macosx_11_0_arm64',
  'macosx_26_0_x86_64',
  'manylinux_9_99_x86_64',
  'manylinux_2_17_ppc64',
  'musllinux_1_2_riscv64',
  'musllinux_9_9_armv7l',
  'ios_13_0_arm64_iphoneos',
  'ios_13_0_arm64_iphoneosX',
  'ios_12_4_x86_64_iphonesimulator',
  'android_21_arm64_v8a',
  'android_35_x86',
  'pyemscripten_2025_0_wasm32',
  'pyemscripten_2025_0_wasm32x',
  'manylinux_2_17_x86_64.manylinux2014_x86_64',
  'WIN_AMD64',
]

const REFUSED: readonly (readonly [string, string])[] = [
  ['linux_x86_64', 'tag-pypi-platform'],
  ['linux_aarch64', 'tag-pypi-platform'],
  ['freebsd_14_0_release_amd64', 'tag-pypi-platform'],
  ['openbsd_7_5_amd64', 'tag-pypi-platform'],
  ['win_arm32', 'tag-pypi-platform'],
  ['cygwin_3_4_x86_64', 'tag-pypi-platform'],
  ['mingw_x86_64', 'tag-pypi-platform'],
  ['pyodide_2024_0_wasm32', 'emscripten-tag-form'],
  ['emscripten_3_1_58_wasm32', 'emscripten-tag-form'],
  ['wasi_0_2_wasm32', 'tag-pypi-platform'],
  ['manylinux1_aarch64', 'tag-pypi-platform'],
  ['manylinux2010_aarch64', 'tag-pypi-platform'],
  ['manylinux_2_17_loongarch64', 'tag-pypi-platform'],
  ['manylinux_2_17_armv6l', 'tag-pypi-platform'],
  ['musllinux_1_2_ppc64', 'tag-pypi-platform'],
  ['musllinux_1_2_x86_64x', 'tag-pypi-platform'],
  ['macosx_11_3_arm64', 'tag-macos-version'],
  ['macosx_14_2_x86_64', 'tag-macos-version'],
  ['macosx_16_0_arm64', 'tag-macos-version'],
  ['macosx_25_0_arm64', 'tag-macos-version'],
  ['macosx_27_0_arm64', 'tag-macos-version'],
  ['macosx_9_0_ppc', 'tag-macos-version'],
  ['macosx_11_00_arm64', 'tag-macos-version'],
  ['macosx_11_0_riscv64', 'tag-macos-version'],
  ['macosx_10_9_x86_64h', 'tag-macos-version'],
  ['ios_13_0_armv7_iphoneos', 'tag-mobile-form'],
  ['ios_13_arm64_iphoneos', 'tag-mobile-form'],
  ['android_21_mips', 'tag-mobile-form'],
  ['android_arm64_v8a', 'tag-mobile-form'],
  ['any.zip', 'tag-pypi-platform'],
]

const files = section('2 File names: all', [
  refuses('a control character', renamed(wheel(), 'demo-1.0-1\u0007-py3-none-any.whl'), 'filename-control-character'),
  refuses('DEL', renamed(wheel(), 'demo-1.0-1\u007f-py3-none-any.whl'), 'filename-control-character'),
  refuses('a backslash', renamed(wheel(), 'demo-1.0-1\\-py3-none-any.whl'), 'filename-control-character'),
  ...['.egg', '.exe', '.msi', '.rpm', '.WHL', '.whl.asc', ''].map(suffix =>
    refuses(`the suffix ${suffix}`, unknown(`demo-1.0-py3-none-any${suffix}`), 'filename-extension'),
  ),
  ...['.tgz', '.tar'].map(suffix =>
    refuses(`the suffix ${suffix}`, renamed(sdist(), `demo-1.0${suffix}`), 'sdist-legacy-format'),
  ),
  refuses('.TAR.GZ', renamed(sdist(), 'demo-1.0.TAR.GZ'), 'filename-extension'),
])

const wheels = section('2 File names: wheels', [
  takes('as the specification has it', wheel()),
  refuses('four parts', renamed(wheel(), 'demo-1.0-py3-none.whl'), 'wheel-filename-invalid'),
  refuses('seven parts', renamed(wheel(), 'demo-1.0-1-x-py3-none-any.whl'), 'wheel-filename-invalid'),
  refuses(
    'two underscores in the name',
    named('de__mo-1.0-py3-none-any.whl', { name: 'de-mo' }),
    'wheel-filename-invalid',
  ),
  refuses(
    'another character in the name',
    named('de+mo-1.0-py3-none-any.whl'),
    'wheel-filename-invalid',
    'wheel-filename-metadata-mismatch',
  ),
  refuses('no version', named('demo-one-py3-none-any.whl'), 'wheel-filename-version-invalid'),
  refuses('a build tag that begins with a letter', named('demo-1.0-b1-py3-none-any.whl'), 'wheel-filename-invalid'),
  takes('a build tag', named('demo-1.0-1b-py3-none-any.whl')),
  takes('unknown Python and ABI tags', named('demo-1.0-xx99-zz-win_amd64.whl')),
  takes('tags out of order', named('demo-1.0-py3.py2-none-any.whl')),
  takes('a tag twice', named('demo-1.0-py3.py3-none-any.whl')),
  refuses('the name in capitals', named('Demo-1.0-py3-none-any.whl'), 'wheel-filename-name-not-normalized'),
  refuses(
    'a dot in the name',
    named('de.mo-1.0-py3-none-any.whl', { name: 'de.mo' }),
    'wheel-filename-name-not-normalized',
  ),
  takes('a name with runs of separators', named('de_mo-1.0-py3-none-any.whl', { name: 'De-._mo' })),
  refuses('another name than the metadata', named('other-1.0-py3-none-any.whl'), 'wheel-filename-metadata-mismatch'),
  refuses('another version than the metadata', meta({ Version: '1.1' }), 'wheel-filename-metadata-mismatch'),
  takes('1.0.0 against 1.0', named('demo-1.0.0-py3-none-any.whl')),
  takes('1.0RC1 against 1.0rc1', named('demo-1.0RC1-py3-none-any.whl', { version: '1.0rc1' })),
  takes('an epoch', named('demo-1!2.0-py3-none-any.whl', { version: '1!2.0' })),
  takes('not normalized on both sides', named('demo-01.0-py3-none-any.whl', { version: '01.0' })),
  takes('a name of 246 bytes', named(`${'d'.repeat(225)}-1.0-py3-none-any.whl`, { name: 'd'.repeat(225) })),
  refuses(
    'a name of 247 bytes',
    named(`${'d'.repeat(226)}-1.0-py3-none-any.whl`, { name: 'd'.repeat(226) }),
    'filename-too-long',
  ),
])

const sdists = section('2 File names: sdists', [
  takes('as PEP 625 has it', sdist()),
  refuses('a .zip', sdistNamed('demo-1.0.zip'), 'sdist-legacy-format'),
  refuses('no version', renamed(sdist(), 'demo.tar.gz'), 'sdist-filename-invalid'),
  refuses(
    'a hyphen in the version',
    renamed(sdist({ version: '1.0a1' }), 'demo-1.0-alpha1.tar.gz'),
    'sdist-filename-invalid',
  ),
  refuses('a name in capitals', sdistNamed('Demo-1.0.tar.gz'), 'sdist-filename-not-normalized'),
  refuses('a hyphen in the name', sdistNamed('de-mo-1.0.tar.gz', { name: 'de-mo' }), 'sdist-filename-not-normalized'),
  refuses('a dot in the name', sdistNamed('de.mo-1.0.tar.gz', { name: 'de.mo' }), 'sdist-filename-not-normalized'),
  takes('a normalized name', sdistNamed('de_mo-1.0.tar.gz', { name: 'De.Mo' })),
  refuses('1.0.0 against 1.0', sdistNamed('demo-1.0.0.tar.gz'), 'sdist-filename-not-normalized'),
  takes('1.0.0 against 1.0.0', sdist({ version: '1.0.0' })),
  ...['1.0RC1', 'v1.0', '01.0', '1.0.post01', '1.0.RC.1'].map(version =>
    refuses(
      `the version ${version}`,
      sdist({ version, filename: `demo-${version}.tar.gz` }),
      'sdist-filename-not-normalized',
    ),
  ),
  refuses('no PEP 440 version', sdist({ version: '1.0_1' }), 'version-invalid', 'sdist-filename-invalid'),
  takes('the normal form of 1.0RC1', sdistNamed('demo-1.0rc1.tar.gz', { version: '1.0RC1' })),
  refuses(
    'a post-release with a hyphen',
    sdistNamed('demo-1.0-1.tar.gz', { version: '1.0.post1' }),
    'sdist-metadata-mismatch',
  ),
  takes('an epoch', sdist({ version: '1!2.0' })),
  refuses('another name', sdistNamed('other-1.0.tar.gz'), 'sdist-metadata-mismatch'),
  refuses('another version', sdistNamed('demo-1.1.tar.gz'), 'sdist-metadata-mismatch'),
])

const tags = section('2 Platform tags', [
  ...TAKEN.map(platform => takes(platform, tagged(platform))),
  ...REFUSED.map(([platform, rule]) => refuses(platform, tagged(platform), rule)),
  refuses('one of two', tagged('manylinux2014_x86_64.linux_x86_64'), 'tag-pypi-platform'),
])

export const cases: readonly Case[] = [...files, ...wheels, ...sdists, ...tags]
