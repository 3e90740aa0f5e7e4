import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildWheel } from '../../fixtures/build.js'
import { type ElfSpec, elf, MACHINE } from '../../fixtures/make/elf.js'
import { macho } from '../../fixtures/make/macho.js'
import { withBinaries } from '../../fixtures/make/native.js'
import { pe } from '../../fixtures/make/pe.js'
import type { Wheel } from '../../src/distribution/distribution.js'
import { useOf } from '../../src/platform/abi3.js'
import { macosTag, platformOf } from '../../src/platform/platform.js'
import { parsePlatformTag } from '../../src/platform/platform-tag.js'
import { LINUX, linuxFit, policyOfTag, tagsOfPolicy } from '../../src/platform/policy.js'
import { extensionSuffix } from '../../src/platform/suffix.js'
import { isInterpreterRuntime } from '../../src/platform/windows.js'
import { nativeWheel } from '../support/native-wheel.js'

async function wheelOf(tag: string, binaries: Readonly<Record<string, Uint8Array>>): Promise<Wheel> {
  const filename = `demo-1.0-${tag}.whl`
  return nativeWheel(filename, withBinaries(await buildWheel({ filename }), binaries))
}

const X86 = 'cp312-cp312-manylinux_2_17_x86_64'
const MODULE = 'demo/_x.cpython-312-x86_64-linux-gnu.so'
const module = (spec: ElfSpec = {}) => elf({ needed: ['libc.so.6'], exports: ['PyInit__x'], ...spec })
const versions = (...list: readonly string[]) => ({ versions: { 'libc.so.6': list } })
const linuxTag = (tag: string) => {
  const parsed = parsePlatformTag(tag)
  if (parsed?.os !== 'linux') throw new Error(tag)
  return parsed
}

describe('the policy that a wheel fits', () => {
  async function fits(tag: string, spec: ElfSpec, more: Readonly<Record<string, Uint8Array>> = {}) {
    const wheel = await wheelOf(tag, { [MODULE]: module(spec), ...more })
    const arch = linuxTag(tag.split('-')[2] ?? '').arch
    const fit = linuxFit(wheel, 'glibc', arch)
    return fit && { tags: tagsOfPolicy(fit, fit.overall), external: [...fit.external(15).keys()], fit }
  }

  it('is the oldest that has every version, with its aliases', async () => {
    expect((await fits(X86, versions('GLIBC_2.2.5')))?.tags).toEqual(['manylinux_2_5_x86_64', 'manylinux1_x86_64'])
    expect((await fits(X86, versions('GLIBC_2.17', 'GLIBC_2.34')))?.tags).toEqual(['manylinux_2_34_x86_64'])
  })

  it('takes versions as names and not as numbers', async () => {
    // aarch64 begins with 2.17, but has GLIBC_2.0 as well.
    const spec = { machine: MACHINE.aarch64, ...versions('GLIBC_2.0') }
    expect((await fits('cp312-cp312-manylinux_2_17_aarch64', spec))?.tags).toContain('manylinux_2_17_aarch64')
    // i686 has no GLIBC_2.2.5.
    const old = { machine: MACHINE.i386, bits: 32, ...versions('GLIBC_2.2.5') } as const
    expect((await fits('cp312-cp312-manylinux_2_17_i686', old))?.fit.symbols).toBe(LINUX)
  })

  it('reads the prefix before the first underscore', async () => {
    expect((await fits(X86, versions('GLIBC_ABI_DT_RELR')))?.tags).toEqual(['manylinux_2_36_x86_64'])
    expect((await fits(X86, versions('OPENSSL_3.0.0')))?.tags).toContain('manylinux1_x86_64')
    expect((await fits(X86, versions('GLIBC_PRIVATE')))?.tags).toEqual(['linux_x86_64'])
  })

  it('follows libraries of the wheel, and calls the rest external', async () => {
    const inner = elf({ soname: 'liba.so', needed: ['libssl.so.3', 'libc.so.6'] })
    const found = await fits(
      X86,
      { needed: ['liba.so', 'libc.so.6'], runpath: '$ORIGIN/../demo.libs' },
      { 'demo.libs/liba.so': inner },
    )
    expect(found?.external).toEqual(['libssl.so.3'])
    expect(found?.tags).toEqual(['linux_x86_64'])
  })

  it('resolves $ORIGIN where the file will be installed', async () => {
    const wheel = await wheelOf(X86, {
      [`demo-1.0.data/platlib/${MODULE}`]: module({ needed: ['liba.so'], rpath: '$ORIGIN/../demo.libs' }),
      'demo.libs/liba.so': elf({ soname: 'liba.so' }),
    })
    expect(linuxFit(wheel, 'glibc', 'x86_64')?.external(15).size).toBe(0)
  })

  it('does not loop where two libraries need each other', async () => {
    const a = elf({ soname: 'liba.so', needed: ['libb.so'], runpath: '$ORIGIN' })
    const b = elf({ soname: 'libb.so', needed: ['liba.so'], runpath: '$ORIGIN' })
    const found = await fits(X86, { needed: ['liba.so'], runpath: '$ORIGIN' }, { 'demo/liba.so': a, 'demo/libb.so': b })
    expect(found?.external).toEqual([])
  })

  it('takes what musl answers itself for part of the system', async () => {
    const tag = 'cp312-cp312-musllinux_1_2_x86_64'
    const wheel = await wheelOf(tag, {
      'demo/_x.cpython-312-x86_64-linux-musl.so': module({ needed: ['libc.so', 'libpthread.so.0'] }),
    })
    expect(linuxFit(wheel, 'musl', 'x86_64')?.external(1).size).toBe(0)
  })

  it('knows the nearest older policy for a tag that has none', () => {
    expect(policyOfTag(linuxTag('manylinux_2_29_x86_64'))).toBe(policyOfTag(linuxTag('manylinux_2_28_x86_64')))
    expect(policyOfTag(linuxTag('manylinux_2_99_x86_64'))).toBe(policyOfTag(linuxTag('manylinux_2_41_x86_64')))
    expect(policyOfTag(linuxTag('manylinux_2_5_aarch64'))).toBeUndefined()
  })
})

describe('what a wheel can run on', () => {
  it('is absent for a pure wheel', async () => {
    expect(platformOf(await wheelOf('py3-none-any', {}))).toBeUndefined()
  })

  it('gives tags, versions, external libraries and the Python ABI', async () => {
    const wheel = await wheelOf('cp38-abi3-manylinux_2_17_x86_64', {
      'demo/_x.abi3.so': module({
        needed: ['libssl.so.3', 'libc.so.6'],
        versions: { 'libc.so.6': ['GLIBC_2.14', 'GLIBC_2.2.5'] },
        imports: ['PyModule_Create2', 'PyType_GetName', '_PyDict_GetItem_KnownHash'],
      }),
    })
    expect(platformOf(wheel)).toEqual({
      fits: ['linux_x86_64'],
      symbolVersions: { GLIBC: ['2.2.5', '2.14'] },
      external: { 'libssl.so.3': ['demo/_x.abi3.so'] },
      missing: {},
      minimumOs: {},
      pythonAbi: {
        tag: 'cp38-abi3',
        abi3Lowest: '3.11',
        nonStable: ['_PyDict_GetItem_KnownHash'],
        tooNew: { PyType_GetName: '3.11' },
      },
    })
  })

  it('gives missing DLLs on Windows and the minimum system on macOS', async () => {
    const windows = await wheelOf('cp312-cp312-win_amd64', {
      'demo/_x.pyd': pe({ dlls: { 'zlib1.dll': [], 'KERNEL32.dll': [] } }),
    })
    expect(platformOf(windows)).toMatchObject({ fits: ['win_amd64'], missing: { 'zlib1.dll': ['demo/_x.pyd'] } })
    const macos = await wheelOf('cp312-cp312-macosx_11_0_arm64', { 'demo/_x.so': macho({ minimum: [12, 3] }) })
    expect(platformOf(macos)).toMatchObject({ fits: ['macosx_12_0_arm64'], minimumOs: { arm64: '12.3' } })
  })

  it.each([
    [{ x86_64: [10, 9], arm64: [11, 0] }, 'macosx_10_9_universal2'],
    [{ x86_64: [10, 9], arm64: [12, 0] }, 'macosx_12_0_universal2'],
    [{ arm64: [10, 9] }, 'macosx_11_0_arm64'],
    [{ x86_64: [13, 2] }, 'macosx_13_0_x86_64'],
  ] as const)('names %j %s', (minimums, tag) => {
    expect(macosTag(new Map(Object.entries(minimums) as [string, readonly [number, number]][]))).toBe(tag)
  })
})

it('finds symbols outside of the stable ABI in what gcc compiled', async () => {
  const bytes = new Uint8Array(readFileSync(new URL('../../fixtures/native/elf-abi3-violation.so', import.meta.url)))
  const wheel = await wheelOf('cp38-abi3-manylinux_2_17_x86_64', { 'demo/module.abi3.so': bytes })
  const use = useOf([...wheel.natives.values()])
  expect([...use.nonStable.keys()]).toEqual(['_PyDict_GetItem_KnownHash'])
  expect(use.lowest).toBe(11)
})

it.each([
  ['_x.cpython-312-x86_64-linux-gnu.so', '_x', 'cpython', 'linux'],
  ['_x.cpython-314t-darwin.so', '_x', 'cpython', 'macos'],
  ['a.b.abi3.so', 'a.b', 'stable', undefined],
  ['_rust.abi3t-x86_64-linux-musl.so', '_rust', 'stable', 'linux'],
  ['_x_d.cp312-win_amd64.pyd', '_x', 'cpython', 'windows'],
  ['_x.pypy311-pp73-x86-linux-gnu.so', '_x', 'pypy', 'linux'],
  ['_x.graalpy251-312-native-x86_64-linux.so', '_x', 'graalpy', undefined],
  ['libfoo.so', 'libfoo', 'plain', undefined],
])('reads the suffix of %s', (base, module, kind, os) => {
  const suffix = extensionSuffix(base)
  expect([suffix?.module, suffix?.abi.kind, suffix?.platform?.os]).toEqual([module, kind, os])
})

it('knows which C runtime comes with which Python', () => {
  expect(isInterpreterRuntime('vcruntime140_1.dll', 'amd64', ['cp38'])).toBe(false)
  expect(isInterpreterRuntime('vcruntime140_1.dll', 'amd64', ['cp39'])).toBe(true)
  expect(isInterpreterRuntime('vcruntime140_1.dll', 'x86', ['cp312'])).toBe(false)
  expect(isInterpreterRuntime('vcruntime140.dll', 'amd64', ['py3'])).toBe(true)
  expect(isInterpreterRuntime('msvcp140.dll', 'amd64', ['cp312'])).toBe(false)
})
