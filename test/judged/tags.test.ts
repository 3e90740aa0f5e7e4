import { describe, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { type ElfSpec, elf, MACHINE } from '../../fixtures/make/elf.js'
import { fat, type MachoSpec, macho } from '../../fixtures/make/macho.js'
import { withBinaries } from '../../fixtures/make/native.js'
import { PE_MACHINE, type PeSpec, pe } from '../../fixtures/make/pe.js'
import { RULES } from '../../rules/registry/index.js'
import type { ExampleFile } from '../../src/example.js'
import { auditBuilt } from '../support/audit-built.js'

type Binaries = Readonly<Record<string, Uint8Array>>

async function wheelOf(tag: string, binaries: Binaries = {}, more: ExampleFile = {}) {
  const filename = `demo-1.0-${tag}.whl`
  return { filename, bytes: withBinaries(await buildWheel({ filename, ...more }), binaries) }
}

/** What one rule says of a wheel: severities, and the messages joined. */
async function says(rule: string, tag: string, binaries: Binaries = {}, more: ExampleFile = {}) {
  return told(rule, [await wheelOf(tag, binaries, more)])
}

async function told(rule: string, files: Parameters<typeof auditBuilt>[0]) {
  const { findings, errors } = await auditBuilt(
    files,
    RULES.filter(one => one.id === rule),
  )
  expect(errors).toEqual([])
  return {
    severities: findings.map(one => one.severity),
    text: findings.map(one => one.message).join('\n'),
  }
}

const PYTHON = { imports: ['PyModuleDef_Init'], exports: ['PyInit__x'] }
const apple = (spec: MachoSpec = {}) => macho({ ...PYTHON, ...spec })
const DYLIB: MachoSpec = { type: 6 }
const PROGRAM: MachoSpec = { type: 2 }
const MAC = 'demo/_x.cpython-312-darwin.so'
const WIN = 'demo/_x.cp312-win_amd64.pyd'
const WIN_ARM = 'demo/_x.cp312-win_arm64.pyd'
const windows = (spec: PeSpec = {}) =>
  pe({ dlls: { 'python312.dll': PYTHON.imports }, exports: PYTHON.exports, ...spec })
const dll = (machine: number, dlls: PeSpec['dlls'] = { 'KERNEL32.dll': [] }) => pe({ machine, dlls })

describe('the file name decides', () => {
  it('on the architectures of a wheel, whatever WHEEL says', async () => {
    const thin = { 'demo/_x.cpython-313-darwin.so': apple({ arch: 'x86_64' }) }
    const wheel = { wheel: { Tag: 'cp313-cp313-macosx_10_15_universal2' } }
    expect((await says('macos-arch-missing', 'cp313-cp313-macosx_10_15_x86_64', thin, wheel)).severities).toEqual([])
    expect((await says('macos-arch-missing', 'cp313-cp313-macosx_10_15_universal2', thin)).severities).toEqual([
      'error',
    ])
  })

  it('on whether a wheel is for any platform', async () => {
    const node = { 'demo/_x.so': elf({ needed: ['libc.so.6'] }) }
    const any = { wheel: { Tag: 'py3-none-any' } }
    expect((await says('binary-in-any-wheel', 'py3-none-manylinux1_x86_64', node, any)).severities).toEqual([])
    expect((await says('binary-in-any-wheel', 'py3-none-any', node)).severities).toEqual(['warning'])
  })
})

it.each([
  // pip check finds a tag that fits.
  ['cp313-cp313-macosx_10_15_x86_64', ['cp313-cp313-macosx_10_15_universal2'], 'warning'],
  ['py3-none-manylinux1_x86_64', ['py3-none-any'], 'warning'],
  ['py3-none-macosx_11_0_universal2', ['py3-none-any'], 'warning'],
  ['cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64', ['cp312-cp312-manylinux_2_17_x86_64'], 'warning'],
  ['cp312-cp312-manylinux_2_28_x86_64', ['cp312-cp312-linux_x86_64'], 'warning'],
  ['cp312-cp312-manylinux_2_28_x86_64', ['cp312-cp312-manylinux_2_17_x86_64'], 'warning'],
  ['cp39-abi3-win_amd64', ['cp38-abi3-win_amd64'], 'warning'],
  ['cp312-cp312-win_amd64', ['py39-none-win_amd64'], 'warning'],
  ['py2.py3-none-any', ['py3-none-any'], 'warning'],
  ['cp312-cp312-manylinux_2_17_x86_64.manylinux_2_28_x86_64', ['cp312-cp312-manylinux_2_28_x86_64'], 'warning'],
  ['py3-none-any', ['py3-none-any', 'py2-none-any'], 'warning'],
  [
    'cp312-cp312-macosx_11_0_universal2',
    ['cp312-cp312-macosx_10_9_x86_64', 'cp312-cp312-macosx_11_0_arm64'],
    'warning',
  ],
  // It finds none, on some machine or Python that the file name is for.
  ['py3-none-any', ['py2-none-any'], 'error'],
  ['cp312-cp312-manylinux_2_17_x86_64', ['cp312-cp312-manylinux_2_28_x86_64'], 'error'],
  ['cp312-cp312-macosx_11_0_arm64', ['cp312-cp312-macosx_15_0_arm64'], 'error'],
  ['cp312-cp312-macosx_11_0_universal2', ['cp312-cp312-macosx_10_9_x86_64'], 'error'],
  ['cp38-abi3-win_amd64', ['cp39-abi3-win_amd64'], 'error'],
  ['cp38-abi3-win_amd64', ['cp38-cp38-win_amd64'], 'error'],
  ['cp310.cp311-none-any', ['cp310-none-any'], 'error'],
  ['cp313-cp313t-win_amd64', ['cp313-cp313-win_amd64'], 'error'],
  ['cp312-cp312-win_amd64', ['cp312-cp312-win_arm64'], 'error'],
  ['cp312-cp312-musllinux_1_2_x86_64', ['cp312-cp312-manylinux_2_17_x86_64'], 'error'],
] as const)('%s with %j in WHEEL: %s', async (tag, lines, severity) => {
  expect((await says('wheel-tag-mismatch', tag, {}, { wheel: { Tag: lines } })).severities).toEqual([severity])
})

describe('Mach-O', () => {
  it('needs no signature in debug symbols and object files, which nothing loads', async () => {
    const tag = 'cp312-cp312-macosx_11_0_arm64'
    const symbols = macho({ type: 10, signature: 'none', arch: 'x86_64', minimum: [15, 0] })
    const wheel = { [MAC]: apple(), [`${MAC}.dSYM/Contents/Resources/DWARF/_x.so`]: symbols }
    for (const rule of ['macho-unsigned-arm64', 'wrong-architecture', 'macos-version-above-tag'])
      expect((await says(rule, tag, wheel)).severities, rule).toEqual([])
    const unsigned = macho({ type: 10, signature: 'none' })
    expect((await says('macho-unsigned-arm64', tag, { [MAC]: apple(), 'demo/x.dSYM/x': unsigned })).severities).toEqual(
      [],
    )
    expect((await says('macho-unsigned-arm64', tag, { [MAC]: apple({ signature: 'none' }) })).severities).toEqual([
      'error',
    ])
  })

  it('has no binary where there are debug symbols alone', async () => {
    const tag = 'cp312-cp312-macosx_11_0_arm64'
    const found = await says('platform-tag-no-binary', tag, { 'demo/x.dSYM/x': macho({ type: 10 }) })
    expect(found.severities).toEqual(['warning'])
  })

  it('runs programs for x86_64 under Rosetta, and what they load', async () => {
    const tag = 'py3-none-macosx_11_0_universal2'
    const program = macho({ ...PROGRAM, arch: 'x86_64', dylibs: ['@loader_path/libtool.dylib'] })
    const loaded = macho({ ...DYLIB, arch: 'x86_64' })
    const under = await says('macos-arch-missing', tag, { 'demo/tool': program, 'demo/libtool.dylib': loaded })
    expect(under.severities).toEqual(['warning', 'warning'])
    expect(under.text).toContain('Rosetta')
    const arm = await says('macos-arch-missing', tag, { 'demo/tool': macho(PROGRAM) })
    expect(arm.severities).toEqual(['error'])
    const library = await says('macos-arch-missing', tag, { 'demo/libtool.dylib': loaded })
    expect(library.severities).toEqual(['error'])
  })

  it.each([
    ['py3-none-macosx_10_6_x86_64', '>=3.7', []],
    ['cp313-cp313-macosx_10_9_x86_64', '>=3.9', ['error']],
    ['cp314-cp314-macosx_10_9_x86_64', '>=3.9', []],
    ['py3-none-macosx_10_6_x86_64', '>=3.6', ['error']],
    ['py2.py3-none-macosx_10_6_x86_64', '>=2.7', ['error']],
    ['pp311-pypy311_pp73-macosx_10_9_x86_64', '>=3.9', ['error']],
  ])('%s with %s promises no system older than its Pythons', async (tag, python, severities) => {
    const minimum = tag.startsWith('py') ? ([10, 9] as const) : ([10, 15] as const)
    const binaries = { 'demo/libdemo.dylib': macho({ ...DYLIB, arch: 'x86_64', minimum }) }
    const found = await says('macos-version-above-tag', tag, binaries, { metadata: { 'Requires-Python': python } })
    expect(found.severities).toEqual(severities)
  })

  it('tells the minor release once for all files', async () => {
    const binaries = { [MAC]: apple({ minimum: [11, 3] }), 'demo/libdemo.dylib': macho({ ...DYLIB, minimum: [11, 3] }) }
    const found = await says('macos-minor-version-above-tag', 'cp312-cp312-macosx_11_0_arm64', binaries)
    expect(found.severities).toEqual(['info'])
    expect(found.text).toContain('are built for macOS 11.3')
  })

  it('takes both architectures from a fat file', async () => {
    const both = { [MAC]: fat(apple(), apple({ arch: 'x86_64' })) }
    expect((await says('macos-arch-missing', 'cp312-cp312-macosx_11_0_universal2', both)).severities).toEqual([])
  })
})

describe('the stable ABI', () => {
  const tag = 'cp310-abi3-win_amd64'
  it('concerns the names that come from the DLL of Python', async () => {
    const dlls = { 'python3.dll': ['PyModule_Create2'], 'shiboken6.abi3.dll': ['PyRun_String', '_PyFoo_Bar'] }
    expect((await says('abi3-violation', tag, { 'demo/_x.pyd': windows({ dlls }) })).severities).toEqual([])
    for (const name of ['python3.dll', 'python312.dll', 'libpython3.12.dll']) {
      const own = windows({ dlls: { [name]: ['PyRun_String'] } })
      expect((await says('abi3-violation', tag, { 'demo/_x.pyd': own })).severities, name).toEqual(['error'])
    }
    const delayed = windows({ dlls: {}, delayed: { 'python3.dll': ['PyRun_String'] } })
    expect((await says('abi3-violation', tag, { 'demo/_x.pyd': delayed })).severities).toEqual(['error'])
  })

  const linux = 'cp310-abi3-manylinux_2_17_x86_64'
  const module = (needed: readonly string[], imports: readonly string[], spec: ElfSpec = {}) =>
    elf({ needed: [...needed, 'libc.so.6'], imports, exports: ['PyInit__x'], runpath: '$ORIGIN', ...spec })
  const library = elf({ soname: 'libhelper.so', exports: ['PyHelper_New', 'PyType_GetName'] })

  it('does not concern what a library of the wheel gives to a file that loads it', async () => {
    const names = ['PyHelper_New', 'PyType_GetName']
    const loading = { 'demo/_x.abi3.so': module(['libhelper.so'], names), 'demo/libhelper.so': library }
    const alone = { 'demo/_x.abi3.so': module([], names), 'demo/libhelper.so': library }
    for (const rule of ['abi3-violation', 'abi3-symbol-too-new']) {
      expect((await says(rule, linux, loading)).severities, rule).toEqual([])
      expect((await says(rule, linux, alone)).severities, rule).toEqual(['error'])
    }
  })

  it('may not concern what a required distribution gives; private names are the interpreter’s', async () => {
    const more = { metadata: { 'Requires-Dist': 'shiboken6==1.0' } }
    const needed = ['libshiboken6.abi3.so.6.12']
    const named = { 'demo/_x.abi3.so': module(needed, ['PyRun_String']) }
    expect((await says('abi3-violation', linux, named, more)).severities).toEqual(['info'])
    expect((await says('abi3-violation', linux, named)).severities).toEqual(['error'])
    const priv = { 'demo/_x.abi3.so': module(needed, ['_PyDict_GetItem_KnownHash']) }
    expect((await says('abi3-violation', linux, priv, more)).severities).toEqual(['error'])
  })

  it.each([
    ['cp315-abi3-manylinux_2_17_x86_64', []],
    ['cp314-abi3-manylinux_2_17_x86_64', ['error']],
    ['cp315-abi3.abi3t-manylinux_2_17_x86_64', []],
  ])('%s and .abi3t.so', async (tag, severities) => {
    expect((await says('extension-suffix-mismatch', tag, { 'demo/_x.abi3t.so': module([], []) })).severities).toEqual(
      severities,
    )
  })
})

describe('architectures', () => {
  it('are helpers and variants where nothing that fits loads them', async () => {
    const helpers = {
      [WIN]: windows(),
      'demo/attach_amd64.dll': dll(PE_MACHINE.amd64),
      'demo/attach_x86.dll': dll(PE_MACHINE.x86),
      'demo/inject_x86.exe': pe({ machine: PE_MACHINE.x86, program: true, dlls: {} }),
    }
    for (const rule of ['wrong-architecture', 'mixed-architectures'])
      expect((await says(rule, 'cp312-cp312-win_amd64', helpers)).severities, rule).toEqual([])
    const variants = {
      'demo/libaudio32bit.dll': dll(PE_MACHINE.x86),
      'demo/libaudio64bit.dll': dll(PE_MACHINE.amd64),
      'demo/libaudioarm64.dll': dll(PE_MACHINE.arm64),
    }
    for (const tag of ['py3-none-win32', 'py3-none-win_amd64', 'py3-none-win_arm64']) {
      expect((await says('wrong-architecture', tag, variants)).severities, tag).toEqual([])
      expect((await says('mixed-architectures', tag, variants)).severities, tag).toEqual(['info'])
    }
  })

  it('are wrong where a binary that fits loads the file', async () => {
    const loading = {
      [WIN]: windows({ dlls: { 'python312.dll': PYTHON.imports, 'zlib1.dll': [] } }),
      'demo/zlib1.dll': dll(PE_MACHINE.x86),
    }
    expect((await says('wrong-architecture', 'cp312-cp312-win_amd64', loading)).severities).toEqual(['error'])
  })

  it('are a warning for a runtime library that nothing loads', async () => {
    const module = windows({ machine: PE_MACHINE.arm64 })
    const runtime = dll(PE_MACHINE.arm32)
    const wheel = { [WIN_ARM]: module, 'demo/vccorlib140.dll': runtime }
    expect((await says('wrong-architecture', 'cp312-cp312-win_arm64', wheel)).severities).toEqual(['warning'])
  })

  it('are wrong where the only library of its name is for another', async () => {
    const foreign = { 'demo/demo.dll': dll(PE_MACHINE.amd64) }
    expect((await says('wrong-architecture', 'py3-none-win_arm64', foreign)).severities).toEqual(['error'])
    const beside = { ...foreign, [WIN_ARM]: windows({ machine: PE_MACHINE.arm64 }) }
    expect((await says('wrong-architecture', 'cp312-cp312-win_arm64', beside)).severities).toEqual(['error'])
    const mac = { 'demo/libdemo.dylib': macho({ ...DYLIB, arch: 'x86_64' }) }
    expect((await says('wrong-architecture', 'py3-none-macosx_11_0_arm64', mac)).severities).toEqual(['error'])
  })

  const TAGS: readonly (readonly [string, ElfSpec, readonly string[]])[] = [
    ['linux_armv5tel', { machine: MACHINE.arm, bits: 32, flags: 0x05000200 }, []],
    ['linux_armv7l', { machine: MACHINE.arm, bits: 32, flags: 0x05000200 }, ['error']],
    ['linux_armv7l', { machine: MACHINE.arm, bits: 32, flags: 0x05000000, armCpu: 10 }, []],
    ['linux_armv5l', { machine: MACHINE.arm, bits: 32, flags: 0x05000400 }, ['error']],
    ['linux_mips64', { machine: 8 }, []],
    ['linux_mips64', { machine: 8, little: false }, []],
    ['linux_mips64', { machine: 8, bits: 32 }, ['error']],
    ['linux_mips', { machine: 8, bits: 32 }, []],
  ]
  it.each(TAGS)('%s takes ELF files by processor, float and byte order: %j', async (tag, spec, severities) => {
    const binaries = { 'demo/libdemo.so': elf({ needed: [], ...spec }) }
    expect((await says('wrong-architecture', `py3-none-${tag}`, binaries)).severities).toEqual(severities)
  })

  it('of a module for soft float are in its name', async () => {
    const binaries = { 'demo/_x.cpython-312-arm-linux-gnueabi.so': elf({ machine: MACHINE.arm, bits: 32 }) }
    const found = (tag: string) => says('extension-suffix-mismatch', `cp312-cp312-${tag}`, binaries)
    expect((await found('linux_armv5tel')).severities).toEqual([])
    expect((await found('linux_aarch64')).severities).toEqual(['error'])
  })

  it('of Android need pages of 16 KiB on arm64', async () => {
    const page = (machine: number) => elf({ machine, needed: ['libc.so'], align: 4096, androidApi: 24 })
    const found = (arch: string, machine: number) =>
      says('page-alignment-too-small', `cp313-cp313-android_24_${arch}`, { 'demo/_x.so': page(machine) })
    expect((await found('x86_64', MACHINE.x86_64)).severities).toEqual(['warning'])
    expect((await found('arm64_v8a', MACHINE.aarch64)).severities).toEqual(['error'])
  })
})

describe('a wheel for any platform', () => {
  it('may have programs and test data', async () => {
    const program = elf({ type: 2, interpreter: '/lib64/ld-linux-x86-64.so.2' })
    const library = elf({ needed: ['libc.so.6'] })
    expect(
      (await says('binary-in-any-wheel', 'py3-none-any', { 'demo/tests/data/liba.so': library })).severities,
    ).toEqual(['info'])
    expect((await says('binary-in-any-wheel', 'py3-none-any', { 'demo/tool': program })).severities).toEqual(['info'])
    expect(
      (await says('binary-in-any-wheel', 'py3-none-any', { 'demo/tool': program, 'demo/liba.so': library })).severities,
    ).toEqual(['warning'])
  })
})

it('asks for an entry point only in a module that an import can name', async () => {
  const tag = 'cp311-cp311-macosx_11_0_arm64'
  const data = apple({ exports: ['PyInit__sfc64'] })
  expect((await says('pyinit-missing', tag, { 'demo/np-1.24.cpython-311-darwin.so': data })).severities).toEqual([])
  expect((await says('pyinit-missing', tag, { 'demo/np.cpython-311-darwin.so': data })).severities).toEqual(['warning'])
})

it.each([
  ['demo-essentials==1.0', 'info'],
  ['demo-essentials==1.0; extra == "all"', 'warning'],
  ['demo-essentials>=1.0', 'warning'],
  ['demo-essentials==0.9', 'warning'],
  ['other==1.0', 'warning'],
])('a wheel without a binary that requires %s: %s', async (requirement, severity) => {
  const more = { metadata: { 'Requires-Dist': requirement, 'Provides-Extra': 'all' } }
  expect((await says('platform-tag-no-binary', 'cp310-abi3-win_amd64', {}, more)).severities).toEqual([severity])
})

describe('the platforms of a release', () => {
  const gaps = async (...tags: readonly string[]) =>
    told('set-platform-gap', await Promise.all(tags.map(tag => wheelOf(tag))))

  it.each([
    ['win_arm64', 'cp310', 'cp311'],
    ['macosx_11_0_arm64', 'cp37', 'cp38'],
    ['ios_13_0_arm64_iphoneos', 'cp312', 'cp313'],
    ['android_24_arm64_v8a', 'cp312', 'cp313'],
    ['musllinux_1_2_x86_64', 'pypy311_pp73', 'cp311'],
  ])('%s: there is no %s', async (platform, without, from) => {
    const tag = (abi: string, on: string) => `${abi.replace(/^pypy(\d+)_.*/, 'pp$1')}-${abi}-${on}`
    const found = await gaps(tag(without, 'win_amd64'), tag(from, 'win_amd64'), tag(from, platform))
    expect(found.text).toBe('')
    const later = 'cp314'
    const real = await gaps(tag(later, 'win_amd64'), tag(from, 'win_amd64'), tag(from, platform))
    expect(real.severities).toEqual(['info'])
  })

  it('warns of one interpreter alone between two that have a wheel', async () => {
    const on = (platform: string, ...minors: readonly (string | number)[]) =>
      minors.map(minor => `cp3${String(minor).replace('t', '')}-cp3${minor}-${platform}`)
    const middle = await gaps(...on('win_amd64', 12, 13, 14), ...on('macosx_11_0_arm64', 12, 14))
    expect(middle.severities).toEqual(['warning'])
    expect(middle.text).toContain('skip cp313')
    const end = await gaps(...on('win_amd64', 12, 13, 14), ...on('macosx_11_0_arm64', 12, 13))
    expect(end.severities).toEqual(['info'])
    const threaded = await gaps(...on('win_amd64', 12, '13t', 14), ...on('macosx_11_0_arm64', 12, 14))
    expect(threaded.severities).toEqual(['info'])
  })
})

it.each([
  ['cp312-foo-any', ['error']],
  ['cp39-abi4-win_amd64', ['error']],
  ['cp39-abi3.abi4-win_amd64', ['warning']],
  ['cp39-abi3-win_amd64', []],
  ['cp313-cp313t-win_amd64', []],
  ['pp311-pypy311_pp73-win_amd64', []],
])('the ABI of %s', async (tag, severities) => {
  expect((await says('tag-unknown-abi', tag)).severities).toEqual(severities)
})

it('promises no 32-bit architecture of a macOS that has none', async () => {
  const of = async (tag: string) =>
    (await says('macos-arch-missing', `cp312-cp312-${tag}`, { [MAC]: apple({ arch: 'x86_64' }) })).severities
  expect(await of('macosx_11_0_intel')).toEqual([])
  expect(await of('macosx_10_9_intel')).toEqual(['error'])
})

it('lets a pure wheel name a platform on purpose', async () => {
  const of = async (tag: string, pure: string) =>
    (await says('platform-tag-no-binary', tag, {}, { wheel: { 'Root-Is-Purelib': pure } })).severities
  expect(await of('py3-none-win_arm64', 'true')).toEqual(['info'])
  expect(await of('py3-none-win_arm64', 'false')).toEqual(['warning'])
  expect(await of('cp312-cp312-win_arm64', 'true')).toEqual(['warning'])
})
